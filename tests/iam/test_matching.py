"""Patterns match exactly what AWS says they match, and what is not known of a text stays not known."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaward.iam import ArnPattern, Context, Doubt, Pattern, subject, unknowns
from lambdaward.iam.matching.glob import glob
from lambdaward.iam.matching.items import symbols
from lambdaward.iam.matching.machine import Machine
from lambdaward.model import Dynamic, Pseudo, Ref, ResourceId, Unknown, text

NOTHING = Context()
BUCKET, TABLE = (Ref(ResourceId("app.yaml", name)) for name in ("Bucket", "Table"))
PARTITION, REGION, ACCOUNT = (Pseudo(f"AWS::{name}", "app.yaml") for name in ("Partition", "Region", "AccountId"))
STAGE = Unknown("parameter Stage has no default")


def covers(pattern, given, context=NOTHING, **options):
    return Pattern(pattern, variables=True, **options).covers(subject(given), context)


def regular(pattern):
    """The meaning of a pattern, as a regular expression."""
    return re.compile("".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern), re.DOTALL)


patterns = st.text(alphabet="ab:*?", max_size=8)
texts = st.text(alphabet="ab:", max_size=8)


@given(patterns, texts)
def test_a_glob_means_its_regular_expression(pattern, given_text):
    assert glob(pattern)(given_text) is (regular(pattern).fullmatch(given_text) is not None)


@given(patterns, texts)
def test_the_machine_agrees_with_the_glob(pattern, given_text):
    machine = Machine(symbols(pattern, wildcards=True), may=False)
    assert machine.must((given_text,)) is glob(pattern)(given_text)


@given(patterns, st.text(alphabet="ab:*", max_size=8))
def test_covering_and_meeting_agree_with_every_short_text(pattern, other):
    words = [word for word in WORDS if glob(other)(word)]
    asked = subject(other, wildcards=True)
    mine = Pattern(pattern)
    if mine.covers(asked, NOTHING) is True:
        assert all(glob(pattern)(word) for word in words)
    if any(glob(pattern)(word) for word in words):
        assert mine.meets(asked, NOTHING) is True
    if mine.covers(asked, NOTHING) is False and not asked.wild:
        assert not any(glob(pattern)(word) for word in words)


WORDS = [""]
for _ in range(4):
    WORDS += [word + letter for word in WORDS for letter in "ab:c" if len(word) < 4 and word + letter not in WORDS]


@pytest.mark.parametrize(
    ("pattern", "other", "covered"),
    [
        ("a*", "ab*", True),
        ("*a*", "?*a", True),
        ("?*", "*?", True),
        ("?*", "*a*", True),
        ("a*b", "a*", False),
        ("*", "a?", True),
        ("a?c", "abc", True),
        ("*/logs/*", "bucket/*", False),
    ],
)
def test_covering_is_exact(pattern, other, covered):
    assert Pattern(pattern).covers(subject(other, wildcards=True), NOTHING) is covered


def test_action_patterns_do_not_mind_case():
    assert Pattern("S3:get*", fold=True).covers(subject("s3:getobject"), NOTHING) is True


HOSTILE = [("*a" * 2_000, True), ("*" * 4_000, True), ("a*" * 2_000 + "b", False), ("?*" * 2_000, True)]


@pytest.mark.parametrize(("pattern", "matches"), HOSTILE)
def test_hostile_patterns_do_not_backtrack(pattern, matches):
    assert glob(pattern)("a" * 20_000) is matches
    machine = Machine(symbols(pattern, wildcards=True), may=True)
    assert machine.may(("a" * 2_000, STAGE)) is True
    assert machine.may(("a" * 2_000, "c")) is (pattern[-1] in "*?")


class TestVariables:
    """Policy variables."""

    CONTEXT = Context({"aws:username": "ada", "aws:TagKeys": ["a", "b"], "aws:star": "*"})

    @pytest.mark.parametrize(
        ("pattern", "given_text", "matches"),
        [
            ("home/${aws:username}/*", "home/ada/x", True),
            ("home/${aws:username}/*", "home/bob/x", False),
            ("home/${AWS:UserName}", "home/ada", True),
            ("${aws:team, 'all'}", "all", True),
            ("${aws:username, 'all'}", "ada", True),
            ("${aws:team}", "${aws:team}", False),
            ("${aws:TagKeys}", "a", False),
            ("${*}", "*", True),
            ("${*}", "x", False),
            ("a${?}${$}*", "a?$b", True),
            ("${aws:star}", "x", False),
            ("${aws:team, 'it''s'}", "it's", True),
            ("${not closed", "${not closed", True),
            ("${}", "${}", True),
        ],
    )
    def test_they_stand_for_the_request_s_values(self, pattern, given_text, matches):
        assert covers(pattern, given_text, self.CONTEXT) is matches

    def test_without_the_newer_version_they_are_text(self):
        assert Pattern("${aws:username}").covers(subject("${aws:username}"), self.CONTEXT) is True

    def test_in_an_arn_they_stand_behind_the_fifth_colon_only(self):
        pattern = Pattern("arn:aws:s3::${aws:username}:${aws:username}", variables=True, resource=True)
        assert pattern.covers(subject("arn:aws:s3::ada:ada"), self.CONTEXT) is False
        assert pattern.covers(subject("arn:aws:s3::${aws:username}:ada"), self.CONTEXT) is True

    def test_an_unknown_key_leaves_it_open_and_says_which(self):
        answer = covers("home/${aws:username}", "home/ada", Context(closed=False))
        assert [why.reason for why in answer.unknowns] == ["the request's aws:username is not known"]

    def test_an_unknown_key_does_not_make_the_rest_match(self):
        assert covers("home/${aws:username}", "work/ada", Context(closed=False)) is False

    def test_a_literal_comparison_knows_no_wildcards(self):
        pattern = Pattern("a*", variables=True, literal=True)
        assert pattern.covers(subject("ab"), NOTHING) is False
        assert pattern.covers(subject("a*"), NOTHING) is True


class TestHoles:
    """Values that only deployment gives."""

    ARN = text("arn:", PARTITION, ":s3:::", BUCKET)

    @pytest.mark.parametrize(
        ("pattern", "given_value"),
        [
            (ARN, ARN),
            (text(ARN, "/*"), text(ARN, "/a/b")),
            ("arn:aws:s3:::*", ARN),
            ("arn:aws-cn:s3:::*", ARN),
            ("*", text(STAGE)),
            (text("arn:", PARTITION, ":s3:::orders"), "arn:aws-us-gov:s3:::orders"),
            (text("arn:aws:sqs:", REGION, ":", ACCOUNT, ":*"), text("arn:aws:sqs:", REGION, ":", ACCOUNT, ":jobs")),
            (text(STAGE, "-x"), text(STAGE, "-x")),
        ],
    )
    def test_the_same_hole_a_star_and_any_partition_match(self, pattern, given_value):
        assert covers(pattern, given_value) is True

    @pytest.mark.parametrize(
        ("pattern", "given_value"),
        [
            ("arn:aws:s3:::orders", ARN),
            (ARN, "arn:aws:s3:::orders"),
            (text("arn:aws:s3:::", TABLE), ARN),
            ("arn:aws:sqs:*", ARN),
            (text("arn:aws:sqs:", REGION, ":1:a"), "arn:aws:sqs:eu-west-1:1:b"),
            (text("a", REGION), "a:b"),
        ],
    )
    def test_a_generated_name_is_no_written_one_and_what_cannot_match_does_not(self, pattern, given_value):
        assert covers(pattern, given_value) is False

    @pytest.mark.parametrize(
        ("pattern", "given_value", "open_holes"),
        [
            (text("arn:aws:s3:::", STAGE), "arn:aws:s3:::orders", [STAGE.reason]),
            ("arn:aws:s3:::orders-*", ARN, ["Bucket.Ref is only known after deployment"]),
            (text("arn:aws:sqs:", REGION, ":1:a"), "arn:aws:sqs:eu-west-1:1:a", ["AWS::Region is not known"]),
            (text(REGION, STAGE), text(REGION, "x"), [STAGE.reason]),
            (text(Dynamic("ssm", "/name")), "orders", ["the ssm reference /name is resolved at deployment"]),
            (text(STAGE), text(Unknown(STAGE.reason)), [STAGE.reason]),
            ("?" * 12, text(ACCOUNT), ["AWS::AccountId is not known"]),
        ],
    )
    def test_a_hole_against_other_text_is_open_and_says_why(self, pattern, given_value, open_holes):
        answer = covers(pattern, given_value)
        assert isinstance(answer, Doubt)
        assert [why.reason for why in answer.unknowns] == open_holes

    def test_an_account_is_a_number_and_nothing_else(self):
        assert isinstance(covers(text("arn:aws:iam::", ACCOUNT, ":root"), "arn:aws:iam::210987654321:root"), Doubt)
        assert covers(text("arn:aws:iam::", ACCOUNT, ":root"), "arn:aws:iam::somebody:root") is False

    def test_wildcards_that_are_asked_for_meet_a_generated_name(self):
        pattern = Pattern(text(self.ARN, "/*"))
        assert pattern.meets(subject("arn:aws:s3:::*", wildcards=True), NOTHING) is True
        assert pattern.covers(subject("arn:aws:s3:::*", wildcards=True), NOTHING) is False

    @given(
        st.lists(st.one_of(st.sampled_from("ab*?:"), st.sampled_from([STAGE, REGION])), max_size=6),
        st.lists(st.one_of(st.sampled_from("ab:"), st.sampled_from([STAGE, REGION])), max_size=6),
        st.fixed_dictionaries({STAGE: st.text(alphabet="ab:", max_size=2), REGION: st.text(alphabet="ab", max_size=2)}),
    )
    def test_whatever_the_holes_turn_out_to_be_a_sure_answer_stays(self, pattern, given_parts, values):
        answer = covers(text(*pattern), text(*given_parts))
        if isinstance(answer, bool):
            filled = ("".join(values.get(part, part) for part in side) for side in (pattern, given_parts))
            assert covers(*filled) is answer


class TestArns:
    """Patterns of the ARN operators."""

    @pytest.mark.parametrize(
        ("pattern", "given_value", "matches"),
        [
            ("arn:aws:sns:*:1:orders", "arn:aws:sns:eu-west-1:1:orders", True),
            ("arn:aws:s3:::*", "arn:aws:s3:::a:b", True),
            ("arn:aws:x:*:1:finance/*", "arn:aws:x:us-east-2:9:store/abc:1:finance/document.txt", False),
            ("arn:aws:sns:?:1:orders", "arn:aws:sns:a:1:orders", True),
            ("arn:aws:sns:::ORDERS", "arn:aws:sns:::orders", False),
        ],
    )
    def test_each_field_is_matched_by_itself(self, pattern, given_value, matches):
        assert ArnPattern(pattern, variables=True).covers(given_value, NOTHING) is matches

    @pytest.mark.parametrize(
        ("pattern", "given_value"),
        [
            ("orders", "arn:aws:sns:::x"),
            ("arn:aws:sns:::x", "orders"),
            ("arn:aws:sns:*:x", "arn:aws:sns:eu:1:x"),
            ("*", "orders"),
        ],
    )
    def test_what_is_no_arn_compares_with_nothing(self, pattern, given_value):
        assert ArnPattern(pattern, variables=True).covers(given_value, NOTHING) is None

    def test_holes_keep_within_their_field(self):
        pattern = ArnPattern(text("arn:", PARTITION, ":sns:", REGION, ":", ACCOUNT, ":orders"), variables=True)
        assert pattern.covers(text("arn:", PARTITION, ":sns:", REGION, ":", ACCOUNT, ":orders"), NOTHING) is True
        assert pattern.covers("arn:aws:sqs:eu-west-1:1:orders", NOTHING) is False
        answer = pattern.covers("arn:aws:sns:eu-west-1:1:orders", NOTHING)
        assert [why.reason for why in unknowns(answer)] == ["AWS::Region is not known", "AWS::AccountId is not known"]

    def test_a_hole_that_may_be_the_whole_arn_leaves_it_open(self):
        assert isinstance(ArnPattern(STAGE, variables=True).covers("arn:aws:sns:::x", NOTHING), Doubt)
