"""The configuration file: where it is found, what it says, and what is said of a wrong one."""

import subprocess

import pytest
from cli_samples import CLEAN, WEAK
from msgspec import structs

from lambdaward.config import Config, schema

RULES = ["LWX002"]


def accept(**changes):
    keys = {"rules": RULES, "reason": "a webhook", **changes}
    lines = [f"{name} = {value!r}" for name, value in keys.items() if value is not None]
    return "[[accept]]\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lambdaward.toml", 'fail-on = "medium"\n'),
        ("pyproject.toml", '[tool.lambdaward]\nfail-on = "medium"\n'),
        ("pyproject.toml", 'tool.lambdaward.fail-on = "medium"\n'),
    ],
)
def test_it_is_a_file_of_its_own_or_a_table_of_pyproject(write, run, name, text):
    write(**{"template.yaml": WEAK, name: text})
    assert run("scan", "--select", "LWX002").code == 1


def test_a_pyproject_that_says_nothing_is_passed_by(write, run):
    write(**{"lambdaward.toml": 'fail-on = "medium"\n', "app/pyproject.toml": "[tool.other]\n", "app/t.yaml": WEAK})
    assert run("scan", "app").code == 1


def test_a_broken_pyproject_without_a_table_of_ours_is_none_of_our_business(write, run):
    write(**{"template.yaml": CLEAN, "pyproject.toml": "this is no toml"})
    assert run("scan").code == 0


def test_a_broken_pyproject_with_a_table_of_ours_is_an_error(write, run):
    write(**{"template.yaml": CLEAN, "pyproject.toml": "[tool.lambdaward]\nadvice = maybe\n"})
    assert run("scan").err == "error: pyproject.toml:2:10: it is no valid TOML: Invalid value; correct it there\n"


def test_the_nearest_file_counts_and_no_other(write, run):
    write(
        **{
            "lambdaward.toml": 'fail-on = "medium"\n',
            "app/lambdaward.toml": 'fail-on = "critical"\n',
            "app/template.yaml": WEAK,
        }
    )
    assert run("scan", "app").code == 0


def test_what_stands_above_the_repository_does_not_count(write, run):
    write(**{"lambdaward.toml": 'fail-on = "medium"\n', "app/template.yaml": WEAK})
    assert run("scan", "app").code == 1
    subprocess.run(["git", "init", "-q", "app"], check=True)
    assert run("scan", "app").code == 0


def test_what_stands_above_a_folder_that_is_elsewhere_does_not_count(write, run, folder, monkeypatch):
    write(**{"lambdaward.toml": 'fail-on = "medium"\n', "app/template.yaml": WEAK, "here/x": ""})
    monkeypatch.chdir(folder / "here")
    assert run("scan", "../app").code == 0


def test_isolated_reads_none(write, run):
    write(**{"template.yaml": WEAK, "lambdaward.toml": "ignore = ['LWX']\n"})
    assert "LWX002" not in run("scan").out
    assert "LWX002" in run("scan", "--isolated").out


def test_another_file_can_be_named(write, run):
    write(**{"template.yaml": WEAK, "ci/strict.toml": 'fail-on = "low"\n'})
    assert run("scan", "--config", "ci/strict.toml").code == 1
    assert run("scan", "--config", "ci/strict.toml", "--isolated").code == 2
    assert run("scan", "--config", "ci/gone.toml").code == 2
    write(**{"ci/pyproject.toml": "[tool.other]\n"})
    assert "ci/pyproject.toml: it has no [tool.lambdaward]" in run("scan", "--config", "ci/pyproject.toml").err


def test_the_command_line_wins(write, run):
    write(**{"template.yaml": WEAK, "lambdaward.toml": 'fail-on = "info"\nadvice = true\nselect = ["LWX002"]\n'})
    assert run("scan", "--fail-on", "critical").code == 0
    assert "LWR001" not in run("scan", "--select", "LWR").out
    assert "LWX002" not in run("scan", "--select", "LWR").out


def test_every_switch_can_be_turned_back(write, run):
    write(**{"template.yaml": WEAK, "lambdaward.toml": "advice = true\nallow-empty = true\n", "empty/x": ""})
    assert "advice" not in run("scan", "--no-advice", "-v").out
    assert run("scan", "empty").code == 0
    assert run("scan", "empty", "--no-allow-empty").code == 3


@pytest.mark.parametrize(
    ("changes", "accepted"),
    [
        ({}, True),
        ({"rules": ["public-function-url"]}, True),
        ({"rules": ["LWR001"]}, False),
        ({"files": ["template.yaml"]}, True),
        ({"files": ["other/*"]}, False),
        ({"resources": ["Do*"]}, True),
        ({"resources": ["Window"]}, False),
        ({"until": "2099-01-01"}, True),
        ({"until": "2020-01-01"}, False),
    ],
)
def test_it_accepts_findings(write, run, changes, accepted):
    write(**{"template.yaml": WEAK, "lambdaward.toml": accept(**changes)})
    assert ("LWX002]: anybody" in run("scan").out) is not accepted


def test_an_acceptance_that_matches_nothing_is_reported_with_its_line(write, run):
    write(**{"template.yaml": CLEAN, "lambdaward.toml": "advice = false\n\n" + accept()})
    out = run("scan").out
    assert "the suppression of LWX002 matches nothing" in out
    assert "--> lambdaward.toml:3" in out


def test_settings_reach_their_rule(write, run):
    template = "Resources: {F: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.12}}}"
    write(**{"template.yaml": template, "lambdaward.toml": "[rules.runtime-ending]\ndays = 1000\n"})
    assert "LWR002" in run("scan", "--today", "2026-11-23").out
    assert "LWR002" not in run("scan", "--today", "2026-11-23", "--isolated").out


FAULTS = [
    ('selct = ["LWX"]', "1: `selct` is no key here; did you mean `select`?"),
    ("advice = true\nfail_on = 'low'", "2: `fail_on` is no key here; did you mean `fail-on`?"),
    ("zzz = 1", "1: `zzz` is no key here"),
    ("strict = 'yes'", "1: `strict`: it must be true or false, and is a text"),
    ("select = 'LWX'", "1: `select`: it must be a list, and is a text"),
    ("severity = 'urgent'", "1: `severity`: it must be one of critical, high, medium, low, info"),
    ("account = '1'", "1: `account`: it must be an account id of 12 digits"),
    ("region = 'Mars'", "1: `region`: it must be a Region, such as eu-west-1"),
    ("[parameters]\nStage = 1", "1: `parameters`: it must be a text, and is a whole number"),
    (accept(reason=None), "1: `accept[0]` has no `reason`"),
    (accept() + accept(reason=""), "6: `accept[1].reason`: it must not be empty"),
    (accept(rules=[]), "2: `accept[0].rules`: it must not be empty"),
    (accept(unitl="2027-01-01"), "4: `unitl` is no key here; did you mean `until`?"),
    (accept(until="soon"), "4: `accept[0].until`: it must be a date, such as 2027-03-01"),
    ("a = ?", "1:5: it is no valid TOML: Invalid value"),
    ("x = " + "9" * 5000, " it is no valid TOML: a number has too many digits"),
    ("x = " + "[" * 5000, " it is no valid TOML: it is nested too deeply"),
    ("baseline = '../gone.json'", " `../gone.json` lies outside of the project"),
    ("parameter-files = ['/etc/hostname']", " `/etc/hostname` lies outside of the project"),
    ("[rules.LWR002]\ndayz = 1", " `dayz` is no setting of runtime-ending; it has `days`"),
    ("[rules.LWR001]\ndays = 1", " `days` is no setting of deprecated-runtime; it has none"),
    ("[rules.LWR002]\ndays = -1", "1: `rules`: it must be 0 or more"),
    ("[rules.runtime-endin]\ndays = 1", " `rules.runtime-endin`: no rule is called `runtime-endin`; did you mean"),
]


@pytest.mark.parametrize(("text", "said"), FAULTS, ids=[said[:40] for _, said in FAULTS])
def test_a_wrong_file_is_one_error_that_names_line_key_and_remedy(write, run, text, said):
    write(**{"template.yaml": CLEAN, "lambdaward.toml": text})
    ran = run("scan")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: lambdaward.toml:{said}")
    assert ran.err.count("\n") == 1


def test_a_link_does_not_lead_a_path_out_of_the_project(write, run, folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "baseline.json"
    outside.write_text("{}")
    (folder / "linked.json").symlink_to(outside)
    write(**{"template.yaml": CLEAN, "lambdaward.toml": "baseline = 'linked.json'\n"})
    assert "lies outside of the project" in run("scan").err


def test_the_schema_has_every_key_and_says_what_it_means():
    properties = schema()["properties"]
    assert list(properties) == [field.encode_name for field in structs.fields(Config)]
    assert all(key["description"] for key in properties.values())
    assert schema()["additionalProperties"] is False
