"""`lambdaward baseline`, and scans that start from one."""

import json

import pytest
from cli_samples import CLEAN, WEAK

FILE = "lambdaward-baseline.json"


@pytest.fixture
def weak(write):
    return write(**{"template.yaml": WEAK})


def found(ran):
    return [finding["id"] for finding in json.loads(ran.out)["findings"]]


def test_what_is_in_the_baseline_does_not_count(weak, run):
    written = run("baseline")
    assert (written.code, written.out) == (0, "")
    assert written.err.startswith(f"note: {FILE} holds ")
    ran = run("scan", "--baseline", FILE, "--fail-on", "info", "--format", "json")
    assert (ran.code, found(ran)) == (0, [])


def test_what_is_new_counts_though_lines_moved(weak, run, write):
    run("baseline")
    moved = (
        "# moved\n\n"
        + WEAK.replace("\n    ", "\n")
        + "  Old: {Type: AWS::Lambda::Function, Properties: {Runtime: python2.7}}\n"
    )
    write(**{"template.yaml": moved})
    ran = run("scan", "--baseline", FILE, "--fail-on", "info", "--format", "json")
    assert (ran.code, set(found(ran))) == (1, {"LWR001"})


def test_it_goes_to_stdout_when_asked_and_is_the_same_again(weak, run):
    first, second = run("baseline", "-o", "-"), run("baseline", "--output", "-")
    assert first == second
    assert json.loads(first.out)["version"] == 1
    assert not (weak / FILE).exists()


def test_the_configuration_names_it_and_it_need_not_be_there_yet(weak, run, write):
    write(**{"lambdaward.toml": 'baseline = "ci/known.json"\nfail-on = "info"\n', "ci/x": ""})
    assert run("scan").code == 2
    assert run("baseline").code == 0
    assert (weak / "ci" / "known.json").exists()
    assert run("scan").code == 0


def test_thresholds_of_the_configuration_leave_nothing_out(weak, run, write):
    everything = run("baseline", "-o", "-").out
    write(**{"lambdaward.toml": 'severity = "critical"\nmin-confidence = "high"\n'})
    assert run("baseline", "-o", "-").out == everything


def test_an_accepted_finding_stays_when_the_baseline_is_written_anew(weak, run):
    run("baseline")
    before = (weak / FILE).read_text()
    run("baseline")
    assert (weak / FILE).read_text() == before


def test_nothing_to_scan_writes_nothing(run, folder):
    ran = run("baseline")
    assert ran.code == 3
    assert not (folder / FILE).exists()


def test_lost_input_is_said_and_the_rest_is_written(weak, run, write):
    write(**{"broken.yaml": "AWSTemplateFormatVersion: x\nResources: {"})
    ran = run("baseline")
    assert ran.code == 4
    assert "error: broken.yaml:" in ran.err
    assert (weak / FILE).exists()


def test_entries_that_match_nothing_any_more_are_counted(weak, run, write):
    run("baseline", "--select", "LWX002")
    write(**{"template.yaml": CLEAN})
    told = "note: 1 of 1 entries of the baseline match nothing any more; `lambdaward baseline` writes it anew\n"
    assert run("scan", "--baseline", FILE).err == told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is no baseline or JSON report"),
        ("[]", "it is no baseline or JSON report"),
        ('{"version": 2, "findings": []}', "it has version 2, not 1"),
        ('{"version": 1, "findings": [{"fingerprint": "../x"}]}', "it is no baseline or JSON report"),
    ],
)
def test_a_wrong_baseline_is_wrong_usage(run, write, text, said):
    write(**{"template.yaml": CLEAN, FILE: text})
    ran = run("scan", "--baseline", FILE)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {FILE}: {said}")
