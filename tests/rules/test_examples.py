"""Every rule's documentation is its test: the fenced examples fire, stay silent or stay open on the marked lines."""

import pytest
from checking import check
from examples import Example, examples

from lambdaward.rules import load
from lambdaward.rules.pages import HEADINGS, sections

RULES = {identity: rule for identity, (rule, _) in load().items()}
EXAMPLES = [e for identity, rule in RULES.items() for e in examples(identity, sections(rule).get("Examples", ""))]


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_documentation_has_every_heading_and_an_example_of_each_kind(rule):
    assert list(HEADINGS) == list(sections(rule))
    assert {example.kind for example in EXAMPLES if example.rule == rule.id} == {"fires", "silent", "unknown"}


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.rule}-{e.kind}-{e.title}".replace(" ", "-") for e in EXAMPLES])
def test_example_finds_exactly_what_is_marked(example: Example, tmp_path):
    check(example, tmp_path)
