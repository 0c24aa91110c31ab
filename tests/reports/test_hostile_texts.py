"""Texts that scanned files chose reach every report as visible text: they draw nothing, end nothing, and hide nothing."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from hostile_scan import HOSTILE, hostile
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from rendering import rendered
from shop_scan import CLEAN, CLEAN_ESTATE, ESTATE, OLD, at, made

from lambdaward.model import SourceFile
from lambdaward.reports import FORMATS
from lambdaward.reports.text import cells, clipped, clipped_left, columns, visible, well_formed

LOOKS = {"plain": {}, "narrow": {"width": 40}, "verbose": {"verbose": True}}
OURS = re.compile(r"\x1b\[[0-9;]+m|\x1b\]8;;file:[^\x1b]*\x1b\\|\x1b\]8;;\x1b\\")
anything = st.text(st.characters(codec=None), max_size=20)


def scan_of(message, name="A", file="shop/template.yaml"):
    finding = made(OLD, name, structs.replace(at(5), file=file), message)
    return structs.replace(CLEAN, findings=(finding,)), CLEAN_ESTATE


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_prints_them_and_any_utf8_file_takes_it(name):
    text = rendered(name, *hostile())
    assert text.encode("utf-8")
    assert text.endswith("\n")


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"html"}))
def test_no_control_character_comes_out_but_line_ends(name):
    assert rendered(name, *hostile()).replace("\n", "").isprintable()


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_terminal_is_sent_no_escape_but_our_own(look):
    painted = rendered("terminal", *hostile(), colour=True, links=True, **look)
    assert OURS.sub("", painted).replace("\n", "").isprintable()
    assert OURS.sub("", painted) == rendered("terminal", *hostile(), **look)


@given(anything)
def test_each_text_stays_in_its_line(text):
    for name in ("terminal", "github"):
        one, two = (rendered(name, *scan_of(message)) for message in (text, "plain"))
        assert len(one.split("\n")) == len(two.split("\n"))


@given(anything, anything, anything)
def test_json_keeps_what_json_can_say(message, name, file):
    for form in ("json", "sarif"):
        text = rendered(form, *scan_of(message, name, file or "x"))
        assert text.isascii()
        json.loads(text)
    (found,) = json.loads(rendered("json", *scan_of(message, name)))["findings"]
    assert (found["message"], found["resource_name"]) == (well_formed(message), well_formed(name))


@given(anything, anything)
def test_xml_is_well_formed_and_says_the_same(message, name):
    root = ET.fromstring(rendered("junit", *scan_of(message, name)))
    (failure,) = root.iter("failure")
    assert failure.get("message") == visible(message)


@pytest.mark.parametrize("unit", ["x", "\x1b[2J", "\n", "\ud800", "<b>", "é ", "`", "% "])
@pytest.mark.parametrize("name", FORMATS)
def test_a_message_of_a_megabyte_is_printed_or_clipped(name, unit):
    scan, estate = scan_of(unit * (1_000_000 // len(unit)))
    text = rendered(name, scan, estate)
    text.encode("utf-8")
    if name in ("terminal", "github", "markdown"):
        assert len(text) < 65_536
        assert "…" in text


def test_a_line_of_a_megabyte_is_framed_where_it_matters():
    estate = structs.replace(
        ESTATE, files={"shop/template.yaml": SourceFile("shop/template.yaml", ("x" * 1_000_000,) * 9)}
    )
    text = rendered("terminal", structs.replace(CLEAN, findings=(made(OLD, "A", at(5), "wrong"),)), estate)
    assert len(text) < 6_000


def test_html_has_them_as_data_and_escaped_text_only():
    page = rendered("html", *hostile())
    assert HOSTILE not in page
    assert "<img" not in page


@given(anything)
def test_visible_text_prints_and_what_prints_is_left_alone(text):
    assert visible(text).isprintable()
    assert visible(visible(text)) == visible(text)
    assert visible(text) == text or not text.isprintable()


@given(anything)
def test_a_line_of_cells_is_as_wide_as_its_parts(text):
    shown, starts = cells(text)
    assert len(starts) == len(text) + 1
    assert starts[-1] == columns("".join(shown))
    assert "".join(shown).isprintable()


@given(anything, st.integers(1, 30))
def test_a_clipped_text_is_short_and_keeps_its_end_or_beginning(text, most):
    for short, part in (
        (clipped(text, most), text[: most - 1]),
        (clipped_left(text, most), text[len(text) - most + 1 :]),
    ):
        assert len(short) <= most
        assert short == text or short.strip("…") == part.strip("…")


@given(anything)
def test_well_formed_text_can_be_encoded_and_differs_only_where_it_could_not(text):
    text_ = well_formed(text)
    text_.encode("utf-8")
    assert len(text_) <= len(text)
    assert text_ == text or any("\ud800" <= char <= "\udfff" for char in text)
