"""The rule that CONTRIBUTING.md shows is a rule: it imports, and its own examples hold."""

import importlib
import re
from pathlib import Path

import pytest
from checking import check
from examples import examples

from lambdaward.rules.pages import HEADINGS, sections
from lambdaward.rules.rule import REGISTRY

TEXT = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text("utf-8")


@pytest.fixture
def shown(tmp_path, monkeypatch):
    (tmp_path / "shown_rule.py").write_text(re.search(r"(?s)~~~python\n(.*?)~~~", TEXT)[1])
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("shown_rule")
    yield REGISTRY["LWR999"][0]
    del REGISTRY["LWR999"]


def test_the_rule_shown_holds_its_own_examples(shown, tmp_path):
    page = sections(shown)
    cases = examples("LWR999", page["Examples"])
    assert list(page) == list(HEADINGS)
    assert {case.kind for case in cases} == {"fires", "silent", "unknown"}
    for number, case in enumerate(cases):
        check(case, tmp_path / str(number))
