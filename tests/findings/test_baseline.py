"""The baseline: what a scan found once counts no more; a file from anywhere is read safely or refused in one line."""

import json
import sys

import pytest
from answering import FIRST, SECOND, finding, rule, settled
from hypothesis import given
from hypothesis import strategies as st

from lambdaward.findings import Severity, Suppression, baseline_text, read_baseline, write_baseline
from lambdaward.model import InputError, UsageError

NAME = "0123456789abcdef0123"
ONE = f'{{"fingerprint": "{NAME}"}}'

findings = st.lists(
    st.builds(
        lambda of, resource, key, severity: finding(of, resource, key=key, severity=severity),
        st.sampled_from((FIRST, SECOND, rule("LWR903", "third-rule", "LWR901"))),
        st.text(st.characters(codec=None), max_size=3),
        st.text(max_size=2),
        st.sampled_from(Severity),
    ),
    max_size=8,
)


def saved(tmp_path, text):
    file = tmp_path / "baseline.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


@given(findings)
def test_the_baseline_of_a_scan_suppresses_exactly_the_scan(tmp_path_factory, given_):
    file = tmp_path_factory.getbasetemp() / "baseline.json"
    before = settled(*given_)
    write_baseline(file, before)
    after = settled(*given_, baseline=read_baseline(file))
    assert after.findings == ()
    assert [each.finding for each in after.suppressed] == list(before.findings)
    assert {each.by.source for each in after.suppressed} <= {"baseline"}


@given(findings, findings)
def test_what_a_baseline_does_not_have_is_found(old, new):
    accepted = dict.fromkeys(each.fingerprint for each in settled(*old).findings)
    scan = settled(*new, baseline=accepted)
    assert [each for each in settled(*new).findings if each.fingerprint not in accepted] == list(scan.findings)


def test_a_baseline_counts_its_entries_and_those_that_are_gone():
    scan = settled(finding(), baseline={finding().fingerprint: None, NAME: None})
    assert {name: scan.facts[name] for name in scan.facts if "baseline" in name} == {
        "baseline": "2",
        "baseline_gone": "1",
    }


def test_what_has_become_more_severe_than_it_was_accepted_counts_again(tmp_path):
    file = saved(tmp_path, baseline_text(settled(finding(severity=Severity.MEDIUM))))
    for now in Severity:
        found = settled(finding(severity=now), baseline=read_baseline(file)).findings
        assert bool(found) == (now > Severity.MEDIUM)


def test_a_finding_that_is_folded_now_is_not_gone():
    upper = rule("LWR910", "upper-rule", FIRST.id)
    scan = settled(finding(), finding(upper), baseline={finding().fingerprint: None})
    assert scan.facts["baseline_gone"] == "0"
    assert [each.rule.id for each in scan.findings] == ["LWR910"]


def test_writing_it_again_keeps_what_it_accepted_and_drops_what_is_gone(tmp_path):
    first, second = finding(resource="A"), finding(resource="B")
    file = saved(tmp_path, baseline_text(settled(first)))
    write_baseline(file, settled(first, second, baseline=read_baseline(file)))
    assert read_baseline(file).keys() == {first.fingerprint, second.fingerprint}
    write_baseline(file, settled(second, baseline=read_baseline(file)))
    assert read_baseline(file).keys() == {second.fingerprint}


def test_what_is_suppressed_otherwise_needs_no_baseline(tmp_path):
    by = Suppression(rules=(FIRST.id,), reason="fine", source="config")
    assert read_baseline(saved(tmp_path, baseline_text(settled(finding(), accepted=[by])))) == {}


def test_moved_lines_leave_the_file_as_it_is():
    assert baseline_text(settled(finding(line=3))) == baseline_text(settled(finding(line=300)))


def test_the_file_is_ascii_sorted_and_says_what_it_is_about():
    text = baseline_text(settled(finding(SECOND, "B"), finding(resource="Zoë\ud800")))
    assert text.isascii()
    assert json.loads(text)["version"] == 1
    assert [each["id"] for each in json.loads(text)["findings"]] == ["LWR902", "LWR901"]
    assert json.loads(text)["findings"][0] == {
        "fingerprint": finding(SECOND, "B").fingerprint,
        "id": "LWR902",
        "name": "second-rule",
        "resource": "t.yaml/B",
        "message": "B is wrong",
        "severity": "high",
    }


def test_it_is_a_set_of_names_and_nothing_else_in_it_matters(tmp_path):
    text = f'{{"version": 1, "findings": [{ONE}, {ONE}], "more": {{"findings": [1]}}}}'
    assert read_baseline(saved(tmp_path, text)).keys() == {NAME}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "it is no baseline or JSON report"),
        ("\0", "it is no baseline or JSON report"),
        ("null", "it is no baseline or JSON report"),
        ("[]", "it is no baseline or JSON report"),
        ('{"version": 1}', "it is no baseline or JSON report"),
        ('{"version": "1", "findings": []}', "it is no baseline or JSON report"),
        ('{"version": 1.5, "findings": []}', "it is no baseline or JSON report"),
        ('{"version": 1' + "0" * 5000 + ', "findings": []}', "it is no baseline or JSON report"),
        ('{"version": 2, "findings": []}', "it has version 2, not 1"),
        ('{"version": 1, "findings": [{}]}', "it is no baseline or JSON report"),
        ('{"version": 1, "findings": ["x"]}', "it is no baseline or JSON report"),
        ('{"version": 1, "findings": [{"fingerprint": "ABCDEF012345"}]}', "it is no baseline or JSON report"),
        (f'{{"version": 1, "findings": [{{"fingerprint": "{NAME}\\n"}}]}}', "it is no baseline or JSON report"),
        (f'{{"version": 1, "findings": [{{"fingerprint": "{"0" * 65}"}}]}}', "it is no baseline or JSON report"),
        (
            f'{{"version": 1, "findings": [{{"fingerprint": "{NAME}", "message": 3}}]}}',
            "it is no baseline or JSON report",
        ),
        (b'{"version": 1, "findings": [{"fingerprint": "\xff"}]}', "it is no baseline or JSON report"),
        ('{"version": 1, "findings": []}'.encode("utf-16"), "it is no baseline or JSON report"),
        (
            '{"version": 1, "findings": [], "x": ' + "[" * 100_000 + "]" * 100_000 + "}",
            "it is no baseline or JSON report",
        ),
        ('{"x": ' * 100_000 + "1" + "}" * 100_000, "it is no baseline or JSON report"),
    ],
    ids=range(19),
)
def test_a_file_that_is_none_is_refused_in_one_line(tmp_path, text, told):
    with pytest.raises(InputError) as error:
        read_baseline(saved(tmp_path, text))
    assert told in str(error.value)
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 500
    assert error.value.remedy


def test_a_file_that_is_too_large_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules["lambdaward.findings.known"], "LARGEST", 1 << 20)
    with pytest.raises(InputError, match="it is larger than 1 MiB"):
        read_baseline(saved(tmp_path, "[" * ((1 << 20) + 1)))


@pytest.mark.parametrize("path", ["no/such/file.json", ".", "a\0b", "\ud800", "x" * 5000])
def test_a_path_that_cannot_be_read_is_one_clear_error(tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="it cannot be read"):
        read_baseline(path)


def test_a_path_that_cannot_be_written_is_one_clear_error(tmp_path):
    with pytest.raises(UsageError, match="cannot be written"):
        write_baseline(tmp_path / "no" / "such" / "folder.json", settled())
