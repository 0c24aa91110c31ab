"""Two scans beside each other: what a change adds, removes, worsens and improves, whatever moved in between."""

import json

from answering import FIRST, SECOND, finding, settled
from hypothesis import given
from hypothesis import strategies as st

from lambdaward.findings import Severity, baseline_text, compare, known, read_known

PARTS = ("added", "removed", "worsened", "improved", "unchanged")


def names(entries):
    return [entry.resource.partition("/")[2] for entry in entries]


def compared(before, after):
    found = compare(settled(*before), settled(*after))
    return {part: names(getattr(found, part)) for part in PARTS if getattr(found, part)}


def test_what_is_new_is_added_and_what_is_gone_is_removed():
    a, b, c = (finding(resource=name) for name in "ABC")
    assert compared([a, b], [b, c]) == {"added": ["C"], "removed": ["A"], "unchanged": ["B"]}


def test_a_finding_that_moved_or_says_something_else_is_unchanged():
    moved = finding(line=400, message="put in other words")
    assert compared([finding(line=3)], [moved]) == {"unchanged": ["A"]}
    after = compare(settled(finding(line=3)), settled(moved)).unchanged
    assert [(entry.location.line, entry.message) for entry in after] == [(400, "put in other words")]


def test_a_finding_whose_severity_rose_is_worse_and_one_whose_severity_fell_is_better():
    low, high = finding(severity=Severity.LOW), finding(severity=Severity.HIGH)
    assert compared([low], [high]) == {"worsened": ["A"]}
    assert compared([high], [low]) == {"improved": ["A"]}
    assert compare(settled(low), settled(high)).worsened[0].severity == "high"


def test_what_is_suppressed_on_one_side_counts_as_not_there():
    accepted = settled(finding(), baseline={finding().fingerprint: None})
    assert names(compare(settled(finding()), accepted).removed) == ["A"]


def test_each_part_begins_with_the_worst():
    severities = {"A": Severity.LOW, "B": Severity.CRITICAL, "C": Severity.HIGH}
    found = [finding(resource=name, severity=severity) for name, severity in severities.items()]
    assert names(compare(settled(), settled(*found)).added) == ["B", "C", "A"]


def test_a_baseline_or_report_from_a_file_compares_like_the_scan_itself(tmp_path):
    scan = settled(finding(), finding(SECOND, "B"))
    file = tmp_path / "baseline.json"
    file.write_text(baseline_text(scan))
    assert compare(read_known(file), scan).unchanged == compare(scan, scan).unchanged
    file.write_text(json.dumps({"version": 1, "findings": [{"fingerprint": finding().fingerprint}]}))
    silent = compare(read_known(file), scan)
    assert (names(silent.unchanged), names(silent.added), silent.worsened) == (["A"], ["B"], ())


scans = st.lists(
    st.builds(
        lambda of, resource, severity, line: finding(of, resource, severity=severity, line=line),
        st.sampled_from((FIRST, SECOND)),
        st.sampled_from("ABCD"),
        st.sampled_from(Severity),
        st.integers(1, 9),
    ),
    max_size=8,
).map(lambda answers: settled(*answers))


def prints(entries):
    return {entry.fingerprint for entry in entries}


@given(scans, scans)
def test_a_comparison_read_backwards_is_the_comparison_of_the_way_back(before, after):
    there, back = compare(before, after), compare(after, before)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert prints(there.worsened) == prints(back.improved)
    assert prints(there.improved) == prints(back.worsened)
    assert prints(there.unchanged) == prints(back.unchanged)


@given(scans, scans)
def test_every_finding_is_in_exactly_one_part(before, after):
    found = compare(before, after)
    parts = [entry.fingerprint for part in PARTS for entry in getattr(found, part)]
    assert sorted(parts) == sorted(prints(known(before)) | prints(known(after)))


@given(scans)
def test_a_scan_compared_with_itself_is_unchanged(scan):
    found = compare(scan, scan)
    assert prints(found.unchanged) == prints(known(scan))
    assert (found.added, found.removed, found.worsened, found.improved) == ((), (), (), ())
