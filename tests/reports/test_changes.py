"""A comparison as a report: what is new or worse first, whatever is better folded away, hostile texts inert."""

import io
import json
import re

import pytest
from answering import SECOND, finding, settled
from hostile_scan import HOSTILE
from markdown_it import MarkdownIt

from lambdaward.findings import Known, Severity, compare
from lambdaward.model import UsageError
from lambdaward.reports import Look, write_changes

SIDES = (
    settled(
        finding(resource="Gone"),
        finding(resource="Same", line=3),
        finding(resource="Worse", severity=Severity.LOW),
        finding(resource="Better", severity=Severity.CRITICAL),
    ),
    settled(
        finding(resource="Same", line=30),
        finding(resource="Worse", severity=Severity.CRITICAL),
        finding(resource="Better", severity=Severity.LOW),
        finding(SECOND, "New", severity=Severity.MEDIUM),
    ),
)
COMPARISON = compare(*SIDES)
FORMATS = ("terminal", "json", "markdown")


def written(form, comparison=COMPARISON, **look):
    stream = io.StringIO()
    write_changes(form, comparison, stream, Look(**look))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "form", "look"),
    [
        ("terminal.txt", "terminal", {}),
        ("terminal.ansi", "terminal", {"colour": True}),
        ("comment.md", "markdown", {}),
        ("report.json", "json", {}),
    ],
)
def test_a_change_of_each_kind(snapshot, name, form, look):
    snapshot(f"changes-{name}", written(form, **look))


def test_what_changed_nothing_is_one_line():
    same = compare(SIDES[0], SIDES[0])
    assert written("terminal", same) == "Nothing changed, 4 unchanged.\n"
    assert written("markdown", same) == "### lambdaward: nothing changed, 4 unchanged\n\n"


def test_json_has_every_part_and_each_finding_once():
    data = json.loads(written("json"))
    assert {part: [entry["resource"] for entry in data[part]] for part in data if part != "version"} == {
        "added": ["t.yaml/New"],
        "removed": ["t.yaml/Gone"],
        "worsened": ["t.yaml/Worse"],
        "improved": ["t.yaml/Better"],
        "unchanged": ["t.yaml/Same"],
    }


def test_a_format_that_does_not_exist_is_a_usage_error():
    with pytest.raises(UsageError, match="no format of a comparison is called `sarif`"):
        written("sarif")


def hostile(text):
    """A comparison of reports that somebody else wrote: any text anywhere but in the fingerprint."""
    entries = [
        Known(fingerprint=f"{number:020x}", id=text, name=text, resource=text, message=text, severity=text)
        for number in range(300)
    ]
    return compare(entries[:100], entries[100:])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", [HOSTILE, "x" * 1_000, "@" * 1_000, "\x1b[2J", "\ud800"])
def test_what_a_strangers_report_says_is_inert(form, text):
    out = written(form, hostile(text))
    out.encode("utf-8")
    assert out.replace("\n", "").isprintable()
    assert form != "markdown" or len(out) <= 65_536


def test_a_hostile_message_is_legible_in_its_cell():
    comment = written("markdown", hostile(HOSTILE))
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(comment)
    cells = [token for token in tokens if token.type == "td_open"]
    assert len(cells) % 4 == 0
    assert "alert(1)" in comment
    assert not re.search(r"<(?!/?(?:details|summary|code)>)", comment)
