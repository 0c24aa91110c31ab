"""The JUnit report: well-formed XML whose numbers are those of its cases."""

import xml.etree.ElementTree as ET

import pytest
from hostile_scan import hostile
from rendering import rendered
from shop_scan import CLEAN, CLEAN_ESTATE, ESTATE, SCAN, URL
from synthetic_scan import made as synthetic

ALLOWED = {
    "testsuites": ({"name", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped"}, {"testcase"}),
    "testcase": ({"name", "classname", "file", "line"}, {"failure", "error", "skipped"}),
    "failure": ({"message", "type"}, set()),
    "error": ({"message", "type"}, set()),
    "skipped": ({"message"}, set()),
}
OUTCOMES = {"failures": "failure", "errors": "error", "skipped": "skipped"}
CASES = {"all": (SCAN, ESTATE), "clean": (CLEAN, CLEAN_ESTATE), "many": synthetic(), "hostile": hostile()}


def parsed(scan, estate):
    return ET.fromstring(rendered("junit", scan, estate))


@pytest.mark.parametrize(("scan", "estate"), CASES.values(), ids=CASES)
def test_numbers_are_those_of_the_cases(scan, estate):
    root = parsed(scan, estate)
    for suite in (root, *root):
        assert int(suite.get("tests")) == len(list(suite.iter("testcase")))
        for number, tag in OUTCOMES.items():
            if number in suite.attrib:
                assert int(suite.get(number)) == len(list(suite.iter(tag)))
    assert int(root.get("failures")) == len(scan.findings)


@pytest.mark.parametrize(("scan", "estate"), CASES.values(), ids=CASES)
def test_elements_and_attributes_are_those_that_build_servers_know(scan, estate):
    for element in parsed(scan, estate).iter():
        attributes, children = ALLOWED[element.tag]
        assert set(element.keys()) <= attributes
        assert {child.tag for child in element} <= children
        assert element.tag != "testcase" or len(element) <= 1


def test_a_finding_is_a_failure_of_its_rule_with_all_that_is_said_of_it():
    suite = next(each for each in parsed(SCAN, ESTATE) if each.get("name") == "LWX902 public-url")
    (case,) = suite
    (failure,) = case
    assert (case.get("classname"), case.get("file"), case.get("line")) == ("public-url", "shop/template.yaml", "7")
    assert (failure.get("message"), failure.get("type")) == (URL.message, "critical")
    for part in (
        "shop/template.yaml:7:9",
        "why critical: nothing limits how often",
        "note: this statement",
        "help: Do",
    ):
        assert part in failure.text


def test_a_rule_that_found_nothing_passes():
    for suite in parsed(CLEAN, CLEAN_ESTATE):
        assert [len(case) for case in suite] == [0]


def test_what_is_unsettled_or_suppressed_is_skipped_and_says_why():
    reasons = [each.get("message") for each in parsed(SCAN, ESTATE).iter("skipped")]
    assert "unsettled: parameter PolicyArn has no default; no data" in reasons
    assert "suppressed: moves with the next release" in reasons


def test_an_input_that_cannot_be_read_is_an_error():
    (error,) = parsed(SCAN, ESTATE).iter("error")
    assert (error.get("message"), error.text) == ("not valid YAML: a quote is not closed", "close it")
