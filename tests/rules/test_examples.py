"""Every rule's documentation is its test: the fenced examples fire, stay silent or stay open on the marked lines."""

import pytest
from examples import Example, examples

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import Finding
from lambdaward.model import FileOrigin
from lambdaward.rules import Selection, load, run
from lambdaward.rules.pages import HEADINGS, sections
from lambdaward.sources import LoadOptions
from lambdaward.sources import load as load_estate

RULES = {identity: rule for identity, (rule, _) in load().items()}
EXAMPLES = [e for identity, rule in RULES.items() for e in examples(identity, sections(rule).get("Examples", ""))]


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_documentation_has_every_heading_and_examples_that_fire_and_stay_silent(rule):
    kinds = {example.kind for example in EXAMPLES if example.rule == rule.id}
    assert set(HEADINGS) <= set(sections(rule))
    assert {"fires", "silent"} <= kinds


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.rule}-{e.kind}-{e.title}".replace(" ", "-") for e in EXAMPLES])
def test_example_finds_exactly_what_is_marked(example: Example, tmp_path):
    for name, text in example.files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    estate = load_estate([tmp_path], LoadOptions())
    assert not [problem for problem in estate.coverage.problems if problem.fatal]
    answers = list(run(Analysis(estate, Given(today=example.today)), Selection(select=(example.rule,))))

    assert _lines(answers, Finding, found=True) == example.marks("<-")
    assert _lines(answers, Finding, found=False) == example.marks("?-")
    assert bool(example.marks("<-")) == (example.kind == "fires")
    assert bool(example.marks("?-")) == (example.kind == "unknown")


def _lines(answers, kind, *, found):
    return {
        (answer.origin.file.rsplit("/", 1)[-1], answer.origin.line, answer.rule.id)
        for answer in answers
        if isinstance(answer, kind) == found and isinstance(answer.origin, FileOrigin)
    }
