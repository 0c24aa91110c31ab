"""The page as a file: one, small, closed to everything that it did not bring along."""

import base64
import hashlib
import json
import re
import zlib
from importlib.resources import files

import msgspec
import pytest
from hostile_scan import HOSTILE, hostile
from synthetic_scan import made, template

from lambdaward.model import FileOrigin, LiveOrigin, SourceFile
from lambdaward.reports.html import render
from lambdaward.reports.html.page import SCRIPTS, STYLES
from lambdaward.reports.html.spots import LONGEST_SPAN, WIDEST_LINE, spot
from lambdaward.reports.html.wire import Spot


def unpacked(page):
    data = re.search(r'id="data">([^<]*)</script>', page)[1]
    return json.loads(zlib.decompress(base64.b64decode(data), -15))


def policy(page):
    return re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]


def test_ten_thousand_functions_with_two_thousand_findings_are_under_500_kb():
    assert len(render(*made(10_000, 2_000)).encode()) < 500_000


def test_the_same_scan_gives_the_same_page():
    assert render(*made()) == render(*made())


@pytest.mark.parametrize(("tag", "directive"), [("style", "style-src"), ('script type="module"', "script-src")])
def test_the_policy_admits_exactly_the_pages_own_style_and_script(tag, directive):
    page = render(*made())
    (source,) = re.findall(rf"<{tag}>(.*?)</{tag.split()[0]}>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    assert f"{directive} 'sha256-{digest}';" in policy(page)


def test_the_policy_admits_nothing_else():
    assert policy(render(*made())).startswith("default-src 'none'; ")
    assert "unsafe" not in policy(render(*made()))


def test_the_page_names_no_address_that_it_would_load():
    page = render(*made())
    assert not re.search(r"""(?:src|srcset|action|poster)=["']?|url\(|@import|<link""", page)


@pytest.mark.parametrize("name", STYLES + SCRIPTS)
def test_a_source_can_stand_inside_its_tag_and_parses_no_markup(name):
    source = (files("lambdaward.reports.html") / "assets" / name).read_text("utf-8")
    assert not re.search(r"</|<!--|innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function", source)


def test_hostile_text_reaches_the_page_as_text_only():
    page = render(*hostile())
    assert "<img" not in page
    assert HOSTILE not in page
    assert page.count("</script>") == 2
    page.encode("utf-8")


def test_a_row_repeats_neither_its_name_nor_its_stack():
    found = unpacked(render(*made(1, 1)))["functions"]
    assert (found["shown"], found["role"], found["id"]) == (["FulfilStock0"], ["\x01Role"], ["\x02/\x01"])


def test_marks_that_stand_in_a_text_are_spelled_out():
    shown = unpacked(render(*hostile()))["functions"]["shown"][0]
    assert "␁␂" in shown
    assert not {"\x01", "\x02"} & set(shown)


def test_what_is_accepted_and_what_counts_for_nothing_are_in_the_page():
    scan, estate = made()
    data = unpacked(render(scan, estate))
    assert data["suppressed"]["by"][0] == ["accepted by the platform team", "2027-01-01", "inline", f"{template(0)}:3"]
    assert data["coverage"]["stale"] == [["LWX999", "long gone", f"{template(0)}:9"]]


def test_a_reader_without_scripts_sees_the_numbers_and_the_gravest_findings():
    scan, estate = made(4, 3)
    page = render(scan, estate)
    assert (
        "3 findings, 1 open question, 0 suppressed. 6 rules asked about 4 functions in 1 file; 1 problem while reading."
        in page
    )
    assert page.index("<noscript>") < page.index(scan.findings[0].shown) < page.index("</noscript>")


def spot_of(line, *, end_line=0, column=1, text="x", total=40):
    _, estate = made(1, 0)
    estate = msgspec.structs.replace(estate, files={"t.yaml": SourceFile("t.yaml", (text,) * total)})
    return spot(estate, FileOrigin("t.yaml", line, column, end_line or line, 9), context=2)


@pytest.mark.parametrize(
    ("line", "end_line", "first", "count"),
    [(1, 0, 1, 3), (20, 0, 18, 5), (40, 0, 38, 3), (10, 39, 8, LONGEST_SPAN + 4)],
    ids=["first line", "middle", "last line", "long span"],
)
def test_a_frame_shows_the_lines_around_a_place_and_no_more(line, end_line, first, count):
    shown = spot_of(line, end_line=end_line)
    assert (shown.first, len(shown.lines)) == (first, count)


def test_a_long_line_is_cut():
    assert spot_of(1, text="y" * 10_000).lines[0] == "y" * WIDEST_LINE + "…"


@pytest.mark.parametrize(
    "place", [{"line": 1, "column": WIDEST_LINE + 1}, {"line": 41}], ids=["far right", "past the end"]
)
def test_a_place_that_no_line_shows_has_no_frame(place):
    assert spot_of(**place).lines == ()


def test_a_live_fact_says_which_call_showed_it():
    _, estate = made(1, 0)
    origin = LiveOrigin(
        "111122223333",
        "eu-west-1",
        "arn:aws:lambda:eu-west-1:111122223333:function:a",
        "GetPolicy",
        "2026-11-23T10:00:00Z",
    )
    assert spot(estate, origin, 2) == Spot(label=f"{origin.arn} (GetPolicy, 2026-11-23T10:00:00Z)")
