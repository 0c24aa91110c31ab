"""From the answers of rules to a scan: each finding once, implied ones folded away, the worst first."""

import random

from answering import FIRST, SECOND, finding, question, rule, settled, written
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from lambdaward.findings import Confidence, Kind, Severity
from lambdaward.model import LiveOrigin

UPPER = rule("LWR910", "upper-rule", "LWR901")
TOP = rule("LWR911", "top-rule", "LWR910")
KNOT = rule("LWR912", "knot-rule", "LWR913")
BACK = rule("LWR913", "back-rule", "LWR912")
RULES = (FIRST, SECOND, UPPER, TOP, KNOT, BACK)


def told(scan):
    """The findings of a scan as rule ids, with those folded under each."""
    return [(each.rule.id, *(inner.rule.id for inner in each.folded)) for each in scan.findings]


def ids(answers):
    return [each.rule.id for each in answers]


def test_the_same_finding_twice_is_one_in_its_worst_form():
    scan = settled(
        finding(severity=Severity.LOW, functions=("b", "a")),
        finding(severity=Severity.CRITICAL, functions=("c",)),
        finding(severity=Severity.CRITICAL, confidence=Confidence.LOW),
    )
    (one,) = scan.findings
    assert (one.severity, one.confidence, one.functions) == (Severity.CRITICAL, Confidence.HIGH, ("a", "b", "c"))


def test_a_rule_that_forgot_its_key_still_yields_two_findings_at_two_places():
    scan = settled(finding(FIRST, "A", "Code"), finding(FIRST, "A", "Role"))
    assert len({each.fingerprint for each in scan.findings}) == 2


def test_findings_on_different_resources_stay_apart():
    scan = settled(finding(FIRST, "A"), finding(FIRST, "B"), finding(FIRST, "A", stack="other.yaml"))
    assert len({each.fingerprint for each in scan.findings}) == 3


def test_what_another_finding_on_the_same_resource_implies_is_folded_under_it():
    assert told(settled(finding(FIRST), finding(UPPER))) == [("LWR910", "LWR901")]


def test_nothing_is_folded_across_resources():
    assert told(settled(finding(FIRST, "A"), finding(UPPER, "B"))) == [("LWR901",), ("LWR910",)]


def test_nothing_is_folded_under_a_milder_or_less_sure_finding():
    milder = structs.replace(finding(UPPER), severity=Severity.LOW)
    unsure = structs.replace(finding(UPPER), confidence=Confidence.LOW)
    assert told(settled(finding(FIRST), milder)) == [("LWR901",), ("LWR910",)]
    assert told(settled(finding(FIRST), unsure)) == [("LWR901",), ("LWR910",)]


def test_a_chain_folds_flat_under_its_top():
    assert told(settled(finding(FIRST), finding(UPPER), finding(TOP))) == [("LWR911", "LWR901", "LWR910")]


def test_rules_that_fold_each_other_leave_one_finding_standing():
    ((top, *folded),) = told(settled(finding(KNOT), finding(BACK)))
    assert {top, *folded} == {"LWR912", "LWR913"}


def test_one_finding_takes_thousands_under_it():
    answers = [finding(FIRST, "A", key=str(number)) for number in range(3000)] + [finding(UPPER, "A")]
    (top,) = settled(*answers).findings
    assert len(top.folded) == 3000


def test_the_worst_and_surest_comes_first_then_place_decides():
    scan = settled(
        finding(FIRST, "A", line=9, severity=Severity.LOW),
        finding(FIRST, "B", line=8, severity=Severity.HIGH, confidence=Confidence.LOW),
        finding(FIRST, "C", line=7, severity=Severity.HIGH),
        finding(FIRST, "D", line=6, severity=Severity.HIGH),
        finding(FIRST, "E", stack="a.yaml", line=99, severity=Severity.HIGH),
    )
    assert [each.shown for each in scan.findings] == ["E", "D", "C", "B", "A"]


def test_live_findings_and_findings_without_a_place_sort_too():
    live = LiveOrigin(
        "111122223333", "eu-west-1", "arn:aws:lambda:eu-west-1:111122223333:function:b", "GetFunction", ""
    )
    scan = settled(finding(FIRST, "A"), finding(FIRST, "B", origin=live), finding(FIRST, "C", origin=None))
    assert [each.shown for each in scan.findings] == ["C", "B", "A"]


def test_an_open_question_is_asked_once():
    scan = settled(question(FIRST, "A"), question(FIRST, "A", line=5), question(FIRST, "B", line=2))
    assert [each.shown for each in scan.unsettled] == ["A", "B"]


def test_a_finding_answers_the_question_with_its_fingerprint():
    assert settled(question(FIRST), finding(FIRST)).unsettled == ()
    assert ids(settled(question(FIRST, key="x"), finding(FIRST)).unsettled) == ["LWR901"]


def test_a_finding_answers_the_questions_that_it_implies():
    assert settled(question(FIRST), finding(UPPER)).unsettled == ()
    assert ids(settled(question(FIRST, "B"), finding(UPPER)).unsettled) == ["LWR901"]


def test_a_scan_knows_its_rules_its_functions_and_its_day(tmp_path):
    estate = written(
        tmp_path, "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {Runtime: python3.13}\n"
    )
    scan = settled(estate=estate, ran=(SECOND, FIRST, SECOND))
    assert ids_of(scan.rules) == ["LWR901", "LWR902"]
    assert [(each.shown, each.runtime, each.line) for each in scan.functions] == [("F", "python3.13", 2)]
    assert scan.facts["today"] == "2026-11-23"


def ids_of(of):
    return [each.id for each in of]


answers = st.lists(
    st.builds(
        lambda ask, of, resource, key, severity, confidence, line: (
            question(of, resource, key=key, line=line)
            if ask
            else finding(of, resource, key=key, line=line, severity=severity, confidence=confidence)
        ),
        st.booleans(),
        st.sampled_from(RULES),
        st.sampled_from(("A", "B")),
        st.sampled_from(("", "k")),
        st.sampled_from(Severity),
        st.sampled_from(Confidence),
        st.integers(1, 3),
    ),
    max_size=12,
)


@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_answers_makes_no_difference(given_, chance):
    shuffled = random.Random(chance.random()).sample(given_, len(given_))
    assert settled(*given_, ran=RULES) == settled(*shuffled, ran=RULES)


@given(answers)
def test_no_finding_is_lost_and_none_is_there_twice(given_):
    scan = settled(*given_, ran=RULES)
    shown = [each.fingerprint for top in scan.findings for each in (top, *top.folded)]
    assert sorted(shown) == sorted({each.fingerprint for each in given_ if not hasattr(each, "unknowns")})


@given(answers)
def test_what_is_folded_is_neither_worse_nor_surer_than_what_it_stands_under(given_):
    for top in settled(*given_, ran=RULES).findings:
        assert all(inner.severity <= top.severity and inner.confidence <= top.confidence for inner in top.folded)
        assert all(not inner.folded for inner in top.folded)


@given(answers)
def test_settling_what_is_settled_changes_nothing(given_):
    once = settled(*given_, ran=RULES)
    again = settled(*once.findings, *once.unsettled, ran=RULES)
    assert again == once


def test_advice_is_settled_like_a_problem():
    assert told(settled(finding(structs.replace(FIRST, kind=Kind.ADVICE)))) == [("LWR901",)]
