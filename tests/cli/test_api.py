"""The flow in Python, as the README shows it."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from cli_samples import OPEN, WEAK

import lambdaward as lw
from lambdaward import analysis, api, findings, model

README = (Path(__file__).parents[2] / "README.md").read_text()


def test_the_example_of_the_readme_works(write, capsys):
    write(**{"template.yaml": WEAK})
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})
    assert "public-function-url anybody on the internet can call Orders by its URL\n" in capsys.readouterr().out


def test_every_public_name_is_there_and_is_that_of_its_room():
    for name in lw.__all__:
        homes = [room for room in (model, findings, analysis, api) if hasattr(room, name)]
        assert getattr(lw, name) is getattr(homes[0], name)
    assert set(lw.__all__) <= set(dir(lw))
    with pytest.raises(AttributeError, match="has no attribute `nothing`"):
        _ = lw.nothing


def test_the_command_line_and_python_find_the_same(write, run):
    write(**{"template.yaml": WEAK})
    today = dt.date(2026, 11, 23)
    found = lw.scan(lw.analyse(lw.load("."), today=today), advice=True)
    listed = json.loads(run("scan", "--advice", "--today", today.isoformat(), "--format", "json").out)
    assert [finding["fingerprint"] for finding in listed["findings"]] == [f.fingerprint for f in found.findings]
    assert [question["fingerprint"] for question in listed["unsettled"]] == [q.fingerprint for q in found.unsettled]


def test_what_the_command_line_may_say_python_may_say(write):
    write(**{"template.yaml": OPEN})

    def ids(analysis, **said):
        return {finding.rule.id for finding in lw.scan(analysis, **said).findings}

    opened = lw.analyse(lw.load("template.yaml", parameters={"Auth": "NONE"}), today=dt.date(2026, 11, 23))
    assert "LWX002" in ids(opened)
    assert ids(opened, select=["LWX002"]) == {"LWX002"}
    assert "LWX002" not in ids(opened, ignore=["public-function-url"])
    (finding,) = lw.scan(opened, select=["LWX002"]).findings
    assert ids(opened, select=["LWX002"], baseline={finding.fingerprint: None}) == set()
    accepted = lw.Suppression(rules=("LWX002",), reason="a webhook", source="config")
    assert ids(opened, select=["LWX002"], accepted=[accepted]) == set()
    assert lw.scan(lw.analyse(lw.load(Path("template.yaml"))), select=["LWX002"]).unsettled


def test_settings_and_trusted_accounts_reach_the_analysis(write):
    write(**{"template.yaml": WEAK})
    given = lw.analyse(lw.load("."), trusted_accounts=["444455556666"], settings={"LWR002": {"days": 1}}).given
    assert given.trusted_accounts == frozenset({"444455556666"})
    assert given.settings == {"LWR002": {"days": 1}}


def test_mistakes_are_errors_of_our_own(write):
    write(**{"template.yaml": WEAK})
    with pytest.raises(lw.UsageError, match="nowhere is not there"):
        lw.load("nowhere")
    with pytest.raises(lw.UsageError, match="no rule is called"):
        lw.scan(lw.analyse(lw.load(".")), select=["nothing-like-it"])


def test_what_cannot_be_read_is_in_the_coverage(write):
    write(**{"broken.yaml": "Resources: {"})
    (problem,) = lw.load("broken.yaml").coverage.problems
    assert problem.fatal
    assert problem.file == "broken.yaml"
