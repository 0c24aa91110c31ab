"""The Markdown report: a comment that GitHub takes, in which nothing of a scanned file is markup."""

import html
import re
from itertools import pairwise

import pytest
from hostile_scan import HOSTILE, hostile
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec import structs
from rendering import rendered
from shop_scan import CLEAN, CLEAN_ESTATE, ESTATE, OLD, SCAN, at, made
from synthetic_scan import made as synthetic

from lambdaward.reports.markup import MOST_CELL, cell, fenced, inline_html, prose
from lambdaward.reports.text import visible

GITHUB = MarkdownIt("gfm-like", {"html": True, "linkify": False})
LIMIT = 65_536
TAGS = {"details", "summary", "code", "sub"}
texts = st.text(max_size=30) | st.text("`|\\<>&@#*_[]()!~$: ab\n", max_size=30)


def flat(tokens):
    for token in tokens:
        yield token
        yield from flat(token.children or ())


def shown(source):
    """What a reader sees of inline Markdown: its text and code, without breaks that nobody sees."""
    tokens = flat(GITHUB.parseInline(source))
    return "".join(t.content for t in tokens if t.type in ("text", "code_inline", "text_special")).replace("\u200b", "")


@given(texts)
def test_prose_reads_as_the_text_itself(text):
    plain = visible(text)
    seen = shown("x " + prose(text))
    assert seen.replace("`", "").replace(" ", "") == ("x" + plain).replace("`", "").replace(" ", "")


@given(texts, st.sampled_from([prose, cell]))
def test_prose_makes_no_markup_but_code(text, write):
    kinds = {token.type for token in flat(GITHUB.parseInline("x " + write(text)))}
    assert kinds <= {"inline", "text", "text_special", "code_inline", "html_inline"}
    tags = re.findall(
        r"<[^>]*>", "".join(t.content for t in flat(GITHUB.parseInline(write(text))) if t.type == "html_inline")
    )
    assert set(tags) <= {"<code>", "</code>"}


@given(texts, texts)
def test_a_cell_stays_in_its_column(left, right):
    tokens = GITHUB.parse(f"| a | b |\n|---|---|\n| {cell(left)} | {cell(right)} |\n")
    cells = [inline for opened, inline in pairwise(tokens) if opened.type == "td_open"]
    assert len(cells) == 2
    for text, token in zip((left, right), cells, strict=True):
        seen = "".join(t.content for t in flat([token]) if t.type in ("text", "code_inline", "text_special"))
        assert bare(seen) == bare(visible(text))


def bare(text):
    return re.sub(r"[\s`\u200b]", "", text)


@given(texts)
def test_a_text_inside_html_is_text(text):
    written = inline_html(text)
    assert set(re.findall(r"<[^>]*>", written)) <= {"<code>", "</code>"}
    assert bare(html.unescape(re.sub(r"</?code>", "", written))) == bare(visible(text))


@given(st.text("`~ab\n", max_size=40))
def test_a_code_block_is_not_ended_by_what_is_in_it(text):
    (block,) = GITHUB.parse(fenced(text))
    assert (block.type, block.content) == ("fence", f"{text}\n")


@pytest.mark.parametrize(
    "word", ["@everyone", "#12", "https://evil.example", "www.evil.example", "a@b.example", "owner/repo#1"]
)
@pytest.mark.parametrize("write", [prose, cell, inline_html])
def test_nothing_becomes_a_mention_a_reference_or_a_link(word, write):
    assert word not in html.unescape(re.sub(r"\\(?=[^\w\s])", "", write(f"see {word} now"))).replace("\\", "")


def checked(scan, estate):
    """The comment of a scan, within the limit, with no HTML but ours, and as many cells in each row as the table has."""
    text = rendered("markdown", scan, estate)
    assert len(text) <= LIMIT
    tokens = list(flat(GITHUB.parse(text)))
    raw = "".join(token.content for token in tokens if token.type in ("html_block", "html_inline"))
    assert set(re.findall(r"</?\s*([a-zA-Z]+)", raw)) <= TAGS
    assert len(re.findall("<details>", raw)) == len(re.findall("</details>", raw))
    assert not {token.type for token in tokens} & {"link_open", "image"}
    assert text.replace("\n", "").isprintable()
    text.encode("utf-8")
    return text


@pytest.mark.parametrize(
    ("scan", "estate"),
    [(SCAN, ESTATE), (CLEAN, CLEAN_ESTATE), synthetic(100, 2000), hostile()],
    ids=["all", "clean", "many", "hostile"],
)
def test_a_comment_is_within_the_limit_and_has_no_markup_but_ours(scan, estate):
    checked(scan, estate)


@pytest.mark.parametrize("unit", ["x", "@", "#", "`", "|", "<", "\x00", "名", HOSTILE])
def test_texts_without_end_are_clipped(unit):
    scan, estate = hostile(unit * (100_000 // len(unit)))
    text = checked(scan, estate)
    assert text.startswith("### lambdaward: 20 findings")
    assert "<sub>" in text.splitlines()[-1]


def test_two_thousand_findings_are_counted_where_they_do_not_fit():
    text = checked(*synthetic(100, 2000))
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + 20
    shown_, left = (
        text.count("<details><summary>"),
        re.search(r"([\d,]+) more findings would not fit into a comment", text),
    )
    assert left
    assert shown_ > 20


def test_the_worst_findings_come_first():
    rows = re.findall(
        r"^\| (critical|high|medium|low|info) \|", rendered("markdown", *synthetic(100, 60)), re.MULTILINE
    )
    order = ["critical", "high", "medium", "low", "info"]
    assert rows == sorted(rows, key=order.index)


def test_a_place_with_every_hostile_character_stays_one_cell():
    odd = structs.replace(at(5), file="a`|\\|b.yaml")
    text = checked(structs.replace(CLEAN, findings=(made(OLD, "A", odd, "wrong"),)), CLEAN_ESTATE)
    assert "<code>a" not in text
    assert len(cell("x" * 1000)) == MOST_CELL
