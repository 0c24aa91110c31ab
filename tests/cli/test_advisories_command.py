"""`lambdaward advisories`, and scans by them."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "packages"))
from archives import Member, put, zip_of
from osv import fixed, osv
from programs import go_program, npm

TEMPLATE = """
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Code: orders.zip, Handler: a.b, Runtime: nodejs22.x}
"""
WEAK = osv(
    "GHSA-1", "a", *fixed("2.0.0"), ecosystem="npm", database_specific={"severity": "CRITICAL"}, aliases=["CVE-1"]
)


@pytest.fixture
def project(write, folder):
    write(**{"template.yaml": TEMPLATE, "records/a.json": json.dumps(WEAK)})
    put(folder, zip_of(*(Member(name, data) for name, data in npm("a", "1.0.0").items())), "orders.zip")
    return folder


def test_what_was_imported_is_told(run, project):
    ran = run("advisories", "import", "records")
    assert (ran.code, ran.out) == (0, "npm: 1 advisories about 1 packages, the newest of 2026-08-01\n")
    assert "npm: 1 advisories" in run("advisories", "status").out
    assert json.loads(run("advisories", "status", "--format", "json").out)["held"]["npm"]["newest"] == "2026-08-01"


def test_without_advisories_nothing_is_called_free_of_vulnerabilities(run, project):
    ran = run("advisories", "check", "orders.zip")
    assert ran.code == 4
    assert "there are no advisories" in ran.out
    assert "looked up in no advisories" in ran.out
    assert "0 known" not in ran.out


def test_an_ecosystem_without_advisories_is_said_and_not_passed(run, project, write):
    write(**{"records/a.json": json.dumps(osv("CVE-2", "x", *fixed("1")))})
    run("advisories", "import", "records")
    ran = run("advisories", "check", "orders.zip")
    assert ran.code == 4
    assert "there are no advisories of npm packages here" in ran.out


@pytest.mark.parametrize("subject", ["orders.zip", "Orders", "template.yaml"])
def test_a_known_vulnerability_is_found_in_packages_and_functions(run, project, subject):
    run("advisories", "import", "records")
    ran = run("advisories", "check", subject)
    assert ran.code == 1
    assert "pkg:npm/a@1.0.0 (CVSS 10.0)" in ran.out
    assert "also known as GHSA-1" in ran.out
    assert "mended in 2.0.0" in ran.out
    assert "npm (newest 2026-08-01)" in ran.out


def test_json_has_each_vulnerability(run, project):
    run("advisories", "import", "records")
    (found,) = json.loads(run("advisories", "check", "orders.zip", "--format", "json").out)["vulnerabilities"]
    assert found["ids"] == ["CVE-1", "GHSA-1"]
    assert found["affected"] == "yes"
    assert found["places"] == ["node_modules/a/package.json"]


def test_a_mended_package_has_none(run, project):
    put(project, zip_of(*(Member(name, data) for name, data in npm("a", "2.0.0").items())), "orders.zip")
    run("advisories", "import", "records")
    assert run("advisories", "check", "orders.zip").code == 0


def test_go_code_that_is_not_in_the_program_does_not_count(run, project, write):
    where = {"ecosystem_specific": {"imports": [{"path": "e.com/x", "symbols": ["F"]}]}}
    record = osv("GO-1", "e.com/x", *fixed("2.0.0"), ecosystem="Go", kind="SEMVER", affected=where)
    stdlib = osv("GO-2", "stdlib", *fixed("1.0.0"), ecosystem="Go", kind="SEMVER")
    write(**{"records/a.json": json.dumps(record), "records/b.json": json.dumps(stdlib)})
    run("advisories", "import", "records")
    for function, code in (("e.com/x.F", 1), ("e.com/x.G", 0)):
        program = go_program("dep\te.com/x\tv1.0.0\th1:x\n", functions=(function,))
        put(project, zip_of(Member("bootstrap", program)), "orders.zip")
        assert run("advisories", "check", "orders.zip").code == code
    assert "none of the 1 vulnerable functions is in the program" in run("advisories", "check", "orders.zip").out


def test_a_scan_finds_vulnerable_components_by_the_advisories_that_it_is_given(run, project):
    ran = run("scan", "--select", "LWP012")
    assert (ran.code, ran.out.count("known vulnerabilities not looked for"), ran.err) == (0, 1, "")
    assert "known vulnerabilities not looked for" in run("scan", "--select", "LWP012", "--format", "json").err
    run("advisories", "import", "records", "--advisories", "store")
    ran = run("scan", "--select", "LWP012", "--advisories", "store", "--fail-on", "medium")
    assert ran.code == 1
    assert "pkg:npm/a@1.0.0, which has a known vulnerability: CVE-1" in ran.out
    assert "not looked for" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("source", "reached", "severity"),
    [
        ("require('a')", "imported by way of /var/task/a.js -> /var/task/node_modules/a/index.js", "high"),
        ("require('./b')", "no import leads to it from the handler", "medium"),
        ("require(name)", "computed names", "high"),
    ],
)
def test_what_no_import_leads_to_counts_less(run, project, source, reached, severity):
    files = {"a.js": source.encode(), **npm("a", "1.0.0"), "node_modules/a/index.js": b""}
    put(project, zip_of(*(Member(name, data) for name, data in files.items())), "orders.zip")
    run("advisories", "import", "records")
    ran = run("advisories", "check", "Orders")
    assert (ran.code, reached in ran.out) == (1, True)
    (finding,) = json.loads(run("scan", "--select", "LWP012", "--format", "json").out)["findings"]
    assert finding["severity"] == severity


def test_a_vulnerability_counts_more_where_anybody_reaches_it_and_the_role_is_powerful(run, project, write):
    run("advisories", "import", "records")
    role = """
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Action: s3:GetObject, Resource: RESOURCE}]
"""
    severities = []
    for resource in ('"arn:aws:s3:::orders/*"', '"*"'):
        template = TEMPLATE.replace("Runtime:", "Role: !GetAtt Role.Arn, Runtime:") + role.replace("RESOURCE", resource)
        write(**{"template.yaml": template})
        (finding,) = json.loads(run("scan", "--select", "LWP012", "--format", "json").out)["findings"]
        severities.append(finding["severity"])
    assert severities == ["high", "critical"]


@pytest.mark.parametrize("words", [["import"], ["import", "nowhere"], ["status", "x"], ["check", "Nobody"]])
def test_words_that_do_not_fit_are_an_error(run, project, words):
    assert run("advisories", *words).code == 2


def test_code_that_is_a_single_file_is_scanned_and_no_package(run, write):
    write(**{"template.yaml": TEMPLATE.replace("orders.zip", "src/orders.js"), "src/orders.js": "exports.handler = 1"})
    ran = run("scan", "--select", "LWP014,LWP015", "--format", "json")
    assert (ran.code, json.loads(ran.out)["findings"]) == (0, [])


@pytest.fixture
def osv_dev(monkeypatch):
    """What osv.dev answers, played by this process: the records by their id, and the packages that were asked about."""
    from lambdaward.cli import online

    told, asked = {}, []

    def records(questions, address):
        asked.extend((each.ecosystem, each.name, each.version) for each in questions)
        return (json.dumps(told[name]).encode() for name in sorted(told))

    monkeypatch.setattr(online, "records", records)
    return told, asked


def test_online_names_and_versions_are_asked_about_and_what_is_sent_is_said(run, project, osv_dev):
    osv_dev[0]["GHSA-1"] = WEAK
    ran = run("advisories", "check", "orders.zip", "--online")
    assert ran.code == 1
    assert osv_dev[1] == [("npm", "a", "1.0.0")]
    assert "pkg:npm/a@1.0.0 (CVSS 10.0)" in ran.out
    assert "looked up at https://api.osv.dev" in ran.out
    assert "the names and versions of 1 packages are sent to https://api.osv.dev" in ran.err


def test_online_a_record_that_cannot_be_read_is_an_error_and_not_none(run, project, osv_dev):
    osv_dev[0]["GHSA-1"] = {"id": "GHSA-1", "affected": "all"}
    ran = run("advisories", "check", "orders.zip", "--online")
    assert (ran.code, "an advisory that cannot be read" in ran.err) == (2, True)


def test_online_no_record_is_an_answer(run, project, osv_dev):
    ran = run("advisories", "check", "orders.zip", "--online")
    assert (ran.code, "0 known vulnerabilities" in ran.out) == (0, True)


def test_online_keeps_nothing_and_asks_nobody_for_other_questions(run, project, osv_dev):
    run("advisories", "check", "orders.zip", "--online")
    assert run("advisories", "status").code != 0
    assert run("advisories", "status", "--online").code == 2
    assert "asks nobody" in run("advisories", "import", "records", "--online").err
