"""`lambdaward scan`: what it prints where, and what it exits with."""

import json

import pytest
from cli_samples import CLEAN, WEAK

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


@pytest.mark.parametrize(("limit", "code"), [("critical", 0), ("high", 0), ("medium", 1), ("low", 1), ("info", 1)])
def test_findings_at_or_above_the_limit_exit_with_1(write, run, limit, code):
    write(**{"template.yaml": WEAK})
    ran = run("scan", "--select", OPEN_URL, "--fail-on", limit)
    assert f"medium[{OPEN_URL}]" in ran.out
    assert ran.code == code


def test_exit_zero_forgives_findings_but_not_lost_input(write, run):
    write(**{"template.yaml": WEAK})
    assert run("scan", "--fail-on", "medium", "--exit-zero").code == 0
    write(**{"broken.yaml": "AWSTemplateFormatVersion: x\nResources: {"})
    assert run("scan", "--fail-on", "medium", "--exit-zero").code == 4


def test_input_that_cannot_be_read_exits_with_4_and_findings_come_first(write, run):
    write(**{"template.yaml": WEAK, "broken.yaml": "AWSTemplateFormatVersion: x\nResources: {"})
    lost = run("scan")
    assert lost.code == 4
    assert "broken.yaml" in lost.out
    assert run("scan", "--fail-on", "medium").code == 1


def test_a_folder_without_templates_exits_with_3_unless_that_is_allowed(write, run):
    write(**{"main.py": "print()\n"})
    ran = run("scan")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "error: nothing to scan in .: no template and no CDK output\n"
    assert run("scan", "--allow-empty").code == 0


def test_a_folder_of_terraform_says_what_was_recognised(write, run):
    write(**{"infra/main.tf": "", "infra/more.tf": ""})
    ran = run("scan")
    assert ran.code == 3
    assert ran.err.splitlines()[1:] == ["note: infra/*.tf: Terraform is not read yet"]


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
