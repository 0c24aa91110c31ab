"""The JSON report: valid against the schema that is published, with the names that the documentation promises."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from msgspec import structs
from rendering import rendered
from shop_scan import CLEAN, CLEAN_ESTATE, ESTATE, LIVE, SCAN, TEMPLATE, URL
from synthetic_scan import made

from lambdaward.findings import compare, read_baseline, read_known
from lambdaward.model import Coverage

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "report-1.schema.json").read_text("utf-8"))
REPORT = json.loads(rendered("json", SCAN, ESTATE))


def closed(schema):
    """The schema, admitting no keys but those that it names."""
    for part in schema["$defs"].values():
        part["additionalProperties"] = False
    return schema


def test_the_published_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("scan", "estate"), [(SCAN, ESTATE), (CLEAN, CLEAN_ESTATE), made()], ids=["all", "clean", "many"]
)
def test_a_report_has_what_the_published_schema_says_and_nothing_else(scan, estate):
    Draft202012Validator(closed(SCHEMA)).validate(json.loads(rendered("json", scan, estate)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda report: report.pop("coverage"),
        lambda report: report.update(version=2),
        lambda report: report["findings"][0].update(severity="grave"),
        lambda report: report["findings"][0].update(evidence="none"),
        lambda report: report["unsettled"][0].pop("unknowns"),
    ],
)
def test_the_schema_refuses_what_is_no_report(spoil):
    report = json.loads(rendered("json", SCAN, ESTATE))
    spoil(report)
    assert not Draft202012Validator(SCHEMA).is_valid(report)


def test_the_top_level_has_version_coverage_findings_and_unsettled():
    assert {"version", "coverage", "findings", "unsettled"} <= set(REPORT)
    assert REPORT["version"] == 1


def test_a_finding_has_every_documented_field():
    found = REPORT["findings"][0]
    told = {name: found[name] for name in ("id", "name", "kind", "severity", "confidence", "message", "resource")}
    assert told == {
        "id": "LWX902",
        "name": "public-url",
        "kind": "problem",
        "severity": "critical",
        "confidence": "high",
        "message": URL.message,
        "resource": f"{TEMPLATE}/Checkout",
    }
    assert found["fingerprint"] == URL.fingerprint
    assert found["remediation"] == URL.remediation
    assert found["evidence"][0] == {"text": "the URL asks nobody who they are", "location": found["location"]}
    assert found["location"] == {"file": TEMPLATE, "line": 7, "column": 9, "end_line": 7, "end_column": 23}


def test_a_live_finding_is_located_by_account_region_and_arn():
    (live,) = [each for each in REPORT["findings"] if each["fingerprint"] == LIVE.fingerprint]
    assert {name: live["location"][name] for name in ("account", "region", "arn")} == {
        "account": "111122223333",
        "region": "eu-west-1",
        "arn": "arn:aws:iam::111122223333:role/LiveRole",
    }


def test_coverage_says_what_was_read_and_what_was_not():
    coverage = REPORT["coverage"]
    assert coverage["files"] == [TEMPLATE, "shared/roles.yaml"]
    assert coverage["skipped"]["cdk.json"] == "run `cdk synth`"
    assert [problem["fatal"] for problem in coverage["problems"]] == [True, False]
    assert coverage["unmodelled"]["AWS::IoT::Thing"] == 3
    assert len(coverage["rules"]) == 6


def test_suppressed_waived_and_stale_are_there_with_their_reasons():
    assert [each["suppression"]["source"] for each in REPORT["suppressed"]] == ["inline", "baseline"]
    assert REPORT["waived"][0]["suppression"]["reason"] == "moves with the next release"
    assert REPORT["stale"][0]["rules"] == ["LWX902", "LWR903"]
    assert REPORT["problems"][0]["message"] == "a suppression names `LWR000`, which is no rule"


def test_the_summary_counts_each_severity():
    assert REPORT["summary"] == {"critical": 1, "high": 2, "medium": 2, "low": 2, "info": 1}


def test_an_estate_that_says_nothing_of_its_coverage_is_reported_too():
    assert json.loads(rendered("json", CLEAN, structs.replace(CLEAN_ESTATE, coverage=Coverage())))["findings"] == []


def test_a_report_serves_as_a_baseline_and_for_comparison(tmp_path):
    file = tmp_path / "report.json"
    file.write_text(rendered("json", SCAN, ESTATE))
    assert read_baseline(file) == {finding.fingerprint: finding.severity for finding in SCAN.findings}
    found = compare(read_known(file), SCAN)
    assert (len(found.unchanged), found.added, found.removed, found.worsened) == (len(SCAN.findings), (), (), ())


def test_the_same_scan_gives_the_same_report():
    assert rendered("json", *made()) == rendered("json", *made())
