"""GitHub annotations: read back as a runner reads them, they say what was found, and nothing else is a command."""

import re

import pytest
from hostile_scan import HOSTILE, hostile
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from rendering import rendered
from shop_scan import CLEAN, CLEAN_ESTATE, ESTATE, OLD, SCAN, at, made
from synthetic_scan import made as synthetic

from lambdaward.findings import Severity
from lambdaward.reports.text import visible

MESSAGE = """anybody on the internet can call `Checkout`
why critical: its role may do dynamodb:* on every table
why critical: nothing limits how often
help: Do the right thing, as `lambdaward` says."""


def undone(text, *, in_property=False):
    """What a runner makes of escaped data."""
    for code, char in (
        ("%0D", "\r"),
        ("%0A", "\n"),
        *((("%3A", ":"), ("%2C", ",")) if in_property else ()),
        ("%25", "%"),
    ):
        text = text.replace(code, char)
    return text


def commands(text):
    """The commands in an output as (name, properties, message), and the other lines. Lines end as a runner sees them end."""
    found, others = [], []
    for line in re.split(r"\r\n|\r|\n", text):
        match = re.match(r"\s*::(\w[\w-]*)(?: ([^:]*(?::(?!:)[^:]*)*?))?::(.*)$", line, re.DOTALL)
        if match:
            pairs = [pair.partition("=") for pair in (match[2] or "").split(",")]
            properties = {name.strip(): undone(value, in_property=True) for name, _, value in pairs}
            found.append((match[1], properties, undone(match[3])))
        elif line:
            others.append(line)
    return found, others


def of(*findings):
    return commands(rendered("github", structs.replace(CLEAN, findings=findings), CLEAN_ESTATE))


def test_a_finding_is_an_annotation_of_its_place():
    found, others = commands(rendered("github", SCAN, ESTATE))
    assert found[1] == (
        "error",
        {
            "file": "shop/template.yaml",
            "line": "7",
            "endLine": "7",
            "col": "9",
            "endColumn": "23",
            "title": "critical[LWX902] public-url",
        },
        MESSAGE,
    )
    assert others == ["lambdaward: 8 findings (1 critical, 2 high, 2 medium, 2 low, 1 info), 2 unsettled, 3 suppressed"]


def test_a_lost_input_comes_first():
    found, _ = commands(rendered("github", SCAN, ESTATE))
    assert found[0][:2] == (
        "error",
        {"file": "broken/template.yaml", "line": "12", "title": "input that cannot be read"},
    )


@pytest.mark.parametrize(
    ("severity", "level"), list(zip(Severity, ("notice", "notice", "warning", "error", "error"), strict=True))
)
def test_severity_is_a_level(severity, level):
    ((name, *_),), _ = of(made(OLD, "A", at(5), "wrong", severity=severity))
    assert name == level


def test_a_span_of_several_lines_has_no_columns():
    ((_, properties, _),), _ = of(made(OLD, "A", at(2, 3, to=10), "wrong"))
    assert (properties["line"], properties["endLine"], "col" in properties) == ("2", "10", False)


@given(st.text(max_size=30) | st.text("%0AD:,=\r\n\t a", max_size=30), st.text("a:,%\n", max_size=8))
def test_whatever_a_message_and_a_path_say_is_said_and_not_done(message, path):
    place = structs.replace(at(5), file=f"x{path}")
    found, others = of(made(OLD, "A", place, message, remediation=""))
    ((name, properties, told),) = found
    assert (name, properties["file"], told) == ("warning", visible(f"x{path}"), visible(message))
    assert len(others) == 1


def test_hostile_texts_make_no_command():
    text = rendered("github", *hostile())
    found, others = commands(text)
    assert {name for name, *_ in found} <= {"error", "warning", "notice"}
    assert len(others) == 1
    assert len(text.splitlines()) == len(found) + 1
    assert visible(HOSTILE) in found[0][2]


def test_each_level_has_as_many_as_are_shown_and_the_rest_is_counted():
    text = rendered("github", *synthetic(100, 200))
    found, others = commands(text)
    names = [name for name, *_ in found]
    assert {name: names.count(name) for name in names} == {"error": 10, "warning": 10, "notice": 10}
    assert re.search(r" \(1\d\d more annotations left out\)$", others[0])
