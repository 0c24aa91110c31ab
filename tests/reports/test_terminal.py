"""The terminal report as a person reads it."""

import re
from pathlib import Path

import pytest
from msgspec import structs
from rendering import rendered
from shop_scan import CLEAN, CLEAN_ESTATE, ESTATE, OLD, SCAN, URL, WHOLE, at, made, runtime
from synthetic_scan import made as synthetic

from lambdaward.findings import Evidence, Severity
from lambdaward.model import FileOrigin, SourceFile
from lambdaward.reports.terminal.frame import LONGEST, SHORTENED

SGR = re.compile(r"\x1b\[[0-9;]+m")
LINK = re.compile(r"\x1b\]8;;([^\x1b]*)\x1b\\")


def scan_of(*findings, **changes):
    return structs.replace(CLEAN, findings=findings, **changes)


def shown(*findings, estate=ESTATE, **look):
    return rendered("terminal", scan_of(*findings), structs.replace(estate, coverage=CLEAN_ESTATE.coverage), **look)


@pytest.mark.parametrize("look", [{}, {"width": 60}, {"verbose": True}])
def test_colour_and_links_add_nothing_but_themselves(look):
    plain = rendered("terminal", SCAN, ESTATE, **look)
    painted = rendered("terminal", SCAN, ESTATE, colour=True, links=True, **look)
    assert painted != plain
    assert LINK.sub("", SGR.sub("", painted)) == plain


def test_without_colour_and_links_there_is_no_escape():
    assert "\x1b" not in rendered("terminal", SCAN, ESTATE)


def test_a_place_is_a_link_to_its_file():
    links = set(LINK.findall(shown(URL, links=True))) - {""}
    assert links == {Path("shop/template.yaml").absolute().as_uri(), Path("shared/roles.yaml").absolute().as_uri()}


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_text_keeps_within_the_width_but_never_breaks_a_word(width):
    for line in rendered("terminal", structs.replace(SCAN, functions=()), ESTATE, width=width).splitlines()[:-1]:
        longest = max(map(len, re.sub(r"^[\s=]*(?:[\w ]+: )?", "", line).split()), default=0)
        assert len(line) <= width or longest > width - 40 or "-->" in line, line


def frame_of(text, origin, **look):
    """The frame of a finding, without the gutter."""
    estate = structs.replace(ESTATE, files={"t.yaml": SourceFile("t.yaml", tuple(text.split("\n")))})
    lines = shown(made(OLD, "A", origin, "A is wrong"), estate=estate, **look).splitlines()
    found = [re.fullmatch(r" *\d* +\|(?: (.*))?", line) for line in lines[2:]]
    return [match[1] or "" for match in found if match]


def test_carets_stand_below_what_is_meant():
    assert frame_of("Runtime: nodejs18.x", FileOrigin("t.yaml", 1, 10, 1, 20))[1:3] == [
        "Runtime: nodejs18.x",
        " " * 9 + "^" * 10,
    ]


@pytest.mark.parametrize(
    ("text", "column", "end", "line", "carets"),
    [
        ("\tkey: x", 2, 8, "    key: x", "    ^^^^^^"),
        ("名前: x", 1, 3, "名前: x", "^^^^"),
        ("名前: x", 5, 6, "名前: x", "      ^"),
        ("e\u0301: x", 5, 6, "e\u0301: x", "   ^"),
        ("a\x1bb: x", 3, 4, "a\\x1bb: x", "     ^"),
        ("a: x", 1, 1, "a: x", "^"),
        ("a: x", 9, 12, "a: x", "    ^"),
    ],
    ids=["tab", "wide", "after wide", "combining", "escape", "empty span", "past the end"],
)
def test_carets_fit_whatever_the_characters_take(text, column, end, line, carets):
    assert frame_of(text, FileOrigin("t.yaml", 1, column, 1, end))[1:3] == [line, carets]


def test_a_long_line_is_cut_to_where_the_carets_are():
    text = "x" * 500 + "SECRET" + "y" * 500
    line, carets = frame_of(text, FileOrigin("t.yaml", 1, 501, 1, 507), width=60)[1:3]
    assert len(line) <= 56
    assert line[carets.index("^") : carets.rindex("^") + 1] == "SECRET"


def test_a_line_without_end_costs_no_more_than_what_is_seen():
    line, carets = frame_of("\u540d" * 1_000_000, FileOrigin("t.yaml", 1, 900_000, 1, 900_005), width=80)[1:3]
    assert len(line) < 80
    assert carets.strip() == "^" * 10


def test_hostile_names_of_functions_print_in_the_table():
    odd = [structs.replace(URL, functions=(f"f{number}\x1b[2J",)) for number in range(2)]
    assert "f1\\x1b[2J" in shown(*odd)


def test_a_short_span_is_shown_whole_and_of_a_long_one_the_beginning():
    text = "\n".join(f"line {number}" for number in range(1, 50))
    assert len(frame_of(text, FileOrigin("t.yaml", 1, 1, LONGEST, 4))) == LONGEST + 3
    assert len(frame_of(text, FileOrigin("t.yaml", 1, 1, LONGEST + 1, 4))) == SHORTENED + 3


@pytest.mark.parametrize("origin", [FileOrigin("t.yaml", 99, 1, 99, 2), FileOrigin("gone.yaml", 1, 1, 1, 2), None])
def test_a_place_that_no_file_shows_has_no_frame(origin):
    assert frame_of("text", origin) == [""]


def test_evidence_that_stands_elsewhere_has_a_frame_of_its_own():
    text = shown(URL)
    assert "note: this statement allows every action\n  --> shared/roles.yaml:8:17\n" in text
    assert 'Action: "dynamodb:*"' in text


def test_evidence_that_the_frame_shows_already_has_none():
    assert "   = note: the URL asks nobody who they are\n" in shown(URL)


def test_only_the_first_few_pieces_of_evidence_have_frames():
    facts = tuple(Evidence(f"fact {line}", None, at(line, 3)) for line in range(2, 13))
    text = shown(structs.replace(URL, evidence=facts))
    assert len(re.findall(r"^note: fact", text, re.MULTILINE)) == 5
    assert "note: fact 12 (shop/template.yaml:12:3)" in text


def test_findings_that_differ_only_in_their_resource_are_one():
    text = shown(*(runtime(f"Function{number}", 5) for number in range(40)))
    assert text.count("medium[LWR903]") == 1
    assert "the same on 39 more resources" in text
    assert "Function10" in text
    assert "... and 29 more (--verbose shows all)" in text


def test_of_one_rule_the_first_few_are_shown_and_the_others_listed():
    text = shown(*(made(OLD, "A", at(5), f"A is wrong in way {number}") for number in range(40)))
    assert text.count("medium[LWR903]: A is wrong in way") == 2
    assert "medium[LWR903]: 38 more findings like these\n  --> shop/template.yaml:5:1 A is wrong in way 2\n" in text
    assert "... and 28 more (--verbose shows all)" in text


def test_the_severities_of_one_rule_are_listed_apart():
    several = [
        made(OLD, "A", at(5), f"A is wrong in way {number}", severity=severity)
        for severity in (Severity.HIGH, Severity.LOW)
        for number in range(10)
    ]
    text = shown(*several)
    assert [text.count(f"{name}[LWR903]: 8 more findings like these") for name in ("high", "low")] == [1, 1]


def test_of_a_rule_that_finds_little_all_is_shown():
    text = shown(*(made(OLD, "A", at(5), f"A is wrong in way {number}") for number in range(4)))
    assert text.count("medium[LWR903]: A is wrong in way") == 4


def test_five_hundred_findings_of_six_rules_fit():
    scan, estate = synthetic(500, 500)
    assert len(rendered("terminal", scan, estate).splitlines()) < 400
    assert rendered("terminal", scan, estate, verbose=True).count("= see: ") == 500


def test_the_summary_fits_a_screen():
    scan, estate = synthetic(1000, 500)
    text = rendered("terminal", scan, estate)
    end = text[text.rindex("like these") :]
    summary = end[end.index("\n\n") :].strip().splitlines()
    assert len(summary) <= 40
    assert [line for line in summary if line.startswith("read: 1,000 functions")]


def test_verbose_shows_every_place_question_and_reason():
    text = rendered("terminal", SCAN, ESTATE, verbose=True)
    assert text.count("medium[LWR903]") == 2
    assert text.count("unsettled[LWI901]") == 2
    assert "to settle it: give --parameter PolicyArn=VALUE" in text
    assert "not read: 2 files (Terraform is not read yet)\n  infra/main.tf, infra/net.tf\n" in text
    assert "AWS::Glue::Job" in text


def test_a_finding_with_no_end_of_facts_shows_some_and_verbose_all():
    facts = tuple(f"fact {number}" for number in range(50))
    folded = tuple(structs.replace(WHOLE, message=f"guest {number}") for number in range(50))
    endless = structs.replace(URL, because=facts, evidence=tuple(map(Evidence, facts)), folded=folded)
    assert shown(endless).count("and 40 more (--verbose shows all)") == 3
    assert shown(endless, verbose=True).count(": fact 49") == 2
    assert "guest 49" in shown(endless, verbose=True)


def test_verbose_leaves_no_name_out():
    names = {f"services/{number}/main.tf": "Terraform is not read yet" for number in range(2000)}
    estate = structs.replace(ESTATE, coverage=structs.replace(ESTATE.coverage, skipped=names))
    text = rendered("terminal", CLEAN, estate, verbose=True)
    assert all(name in text for name in names)


def test_the_last_line_is_the_outcome():
    assert rendered("terminal", SCAN, ESTATE).endswith(
        "\n8 findings (1 critical, 2 high, 2 medium, 2 low, 1 info), 2 unsettled, 3 suppressed.\n"
    )
    assert rendered("terminal", CLEAN, CLEAN_ESTATE).endswith("\nNo findings.\n")


def test_a_clean_scan_is_two_lines():
    assert len(rendered("terminal", CLEAN, CLEAN_ESTATE).splitlines()) == 2


def test_what_was_not_read_is_said_even_without_findings():
    text = rendered("terminal", structs.replace(CLEAN, unsettled=SCAN.unsettled), ESTATE)
    for part in ("error: not valid YAML", "2 questions stayed open", "1 file could not be read", "not read: 2 files"):
        assert part in text


def test_problems_are_listed_up_to_a_number():
    problems = ESTATE.coverage.problems[1:] * 30
    text = rendered(
        "terminal", CLEAN, structs.replace(ESTATE, coverage=structs.replace(ESTATE.coverage, problems=problems))
    )
    assert text.count("warning: the key") == 10
    assert "... and 20 more problems (--verbose shows all)" in text
