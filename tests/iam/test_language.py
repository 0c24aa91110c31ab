"""The policy language: what AWS accepts is read, what AWS rejects is a fault, what is not known is a doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaward.iam import Kind, parse
from lambdaward.model import OneOf, Redacted, Text, Unknown, one_of

GET = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
WHY = Unknown("parameter Stage has no default")


def only(document, **options):
    policy = parse(document, **options)
    assert policy.faults == ()
    (statement,) = policy.statements
    return statement


def reasons(document, kind=Kind.ANY):
    return [fault.reason for fault in parse(document, kind=kind).faults]


def with_statement(**changes):
    return {"Version": "2012-10-17", "Statement": [{**GET, **changes}]}


def test_a_lone_statement_reads_like_a_list_of_one():
    assert only({"Statement": GET}).actions[0].value == only({"Statement": [GET]}).actions[0].value


def test_a_scalar_and_a_list_say_the_same():
    one, many = only(with_statement()), only(with_statement(Action=["s3:GetObject"]))
    assert [part.value for part in one.actions] == [part.value for part in many.actions]


@pytest.mark.parametrize(("version", "variables"), [("2012-10-17", True), ("2008-10-17", False), (None, False)])
def test_only_the_newer_version_has_variables(version, variables):
    assert parse({"Version": version, "Statement": GET}).variables is variables


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("*", [("*", "*")]),
        ({"AWS": "*"}, [("AWS", "*")]),
        ({"AWS": ["111111111111", "222222222222"]}, [("AWS", "111111111111"), ("AWS", "222222222222")]),
        ({"AWS": 111111111111}, [("AWS", "111111111111")]),
        (
            {"Service": "lambda.amazonaws.com", "Federated": "x"},
            [("Service", "lambda.amazonaws.com"), ("Federated", "x")],
        ),
        ({"CanonicalUser": "79a5"}, [("CanonicalUser", "79a5")]),
    ],
)
def test_every_form_of_principal_is_read(written, read):
    statement = only(with_statement(Principal=written))
    assert [(principal.kind, principal.value) for principal in statement.principals] == read


def test_not_elements_are_kept_apart():
    statement = only({"Statement": {"Effect": "Deny", "NotAction": "a:b", "NotResource": "*", "NotPrincipal": "*"}})
    assert (statement.not_action, statement.not_resource, statement.not_principal) == (True, True, True)


@pytest.mark.parametrize(
    ("operator", "qualifier", "name", "if_exists"),
    [
        ("StringEquals", "", "StringEquals", False),
        ("ForAnyValue:StringLikeIfExists", "ForAnyValue", "StringLike", True),
        ("forallvalues:arnlike", "ForAllValues", "ArnLike", False),
        ("bool", "", "Bool", False),
    ],
)
def test_operators_are_split_and_spelled_as_aws_does(operator, qualifier, name, if_exists):
    (condition,) = only(with_statement(Condition={operator: {"aws:x": "y"}})).conditions
    assert (condition.qualifier, condition.operator, condition.if_exists) == (qualifier, name, if_exists)


def test_booleans_and_numbers_in_conditions_are_texts():
    conditions = only(
        with_statement(Condition={"Bool": {"aws:a": True}, "NumericEquals": {"s3:b": [10, 2.5]}})
    ).conditions
    assert [[part.value for part in condition.values] for condition in conditions] == [["true"], ["10", "2.5"]]


def test_every_part_knows_where_it_stands():
    condition = {"StringEquals": {"aws:x": ["a", "b"]}}
    statement = only(with_statement(Action=["s3:A", "s3:B"], Condition=condition), path=("PolicyDocument",))
    assert statement.path == ("PolicyDocument", "Statement", 0)
    assert statement.actions[1].path == (*statement.path, "Action", 1)
    assert statement.resources[0].path == (*statement.path, "Resource")
    assert statement.conditions[0].values[1].path == (*statement.path, "Condition", "StringEquals", "aws:x", 1)


def test_json_text_is_a_document():
    assert only('{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}').allow


@pytest.mark.parametrize(
    ("document", "kind", "reason"),
    [
        ([], Kind.ANY, "a policy is an object with a Statement"),
        ({}, Kind.ANY, "a policy has a Statement"),
        ({"Statement": ["x"]}, Kind.ANY, "a statement is an object"),
        ({"Version": "2020-01-01", "Statement": GET}, Kind.ANY, "the version is 2008-10-17 or 2012-10-17"),
        ({"statement": GET}, Kind.ANY, "AWS spells it Statement"),
        ({"Statement": GET, "Name": "x"}, Kind.ANY, "there is no element Name"),
        ({"Statement": GET, "Id": "x"}, Kind.IDENTITY, "an identity policy has no Id"),
        (with_statement(Effect="allow"), Kind.ANY, "the effect is Allow or Deny"),
        (with_statement(Effect=None), Kind.ANY, "a statement has an Effect"),
        (with_statement(NotAction="x:y"), Kind.ANY, "a statement has Action or NotAction, not both"),
        (with_statement(Action=None), Kind.ANY, "a statement has an Action or NotAction"),
        (with_statement(Action="GetObject"), Kind.ANY, "an action is * or service:name"),
        (with_statement(Action="s3:Get,Put"), Kind.ANY, "an action is * or service:name"),
        (with_statement(Action=[["s3:Get"]]), Kind.ANY, "not a text"),
        (with_statement(Resource="orders"), Kind.IDENTITY, "a resource is * or an ARN"),
        (
            with_statement(Resource=None),
            Kind.IDENTITY,
            "a statement of an identity policy has a Resource or NotResource",
        ),
        (with_statement(Principal="*"), Kind.IDENTITY, "an identity policy names no principal"),
        (with_statement(Sid="no spaces"), Kind.IDENTITY, "a Sid is letters and digits"),
        (with_statement(), Kind.RESOURCE, "a statement of a resource policy has a Principal or NotPrincipal"),
        (with_statement(Principal="*"), Kind.TRUST, "a trust policy names no resource"),
        (with_statement(Principal="x"), Kind.ANY, 'a principal is "*" or an object such as {"AWS": ...}'),
        (with_statement(Principal={"User": "x"}), Kind.ANY, "there is no kind of principal User"),
        (
            with_statement(Principal={"AWS": "arn:aws:iam::1:role/*"}),
            Kind.ANY,
            "a wildcard cannot stand for a part of a principal",
        ),
        (with_statement(Condition={"StringIs": {"a:b": "c"}}), Kind.ANY, "there is no condition operator StringIs"),
        (
            with_statement(Condition={"NullIfExists": {"a:b": "c"}}),
            Kind.ANY,
            "there is no condition operator NullIfExists",
        ),
        (with_statement(Condition={"Some:Bool": {"a:b": "c"}}), Kind.ANY, "there is no condition operator Some:Bool"),
        (with_statement(Condition=["x"]), Kind.ANY, "conditions are an object of operators, keys and values"),
        ({"Statement": [{**GET, "Sid": "A"}, {**GET, "Sid": "A"}]}, Kind.IDENTITY, "another statement has the Sid A"),
        ('{"Statement": {}, "Statement": {}}', Kind.ANY, "an object has the same key twice"),
        ("[" * 100_000, Kind.ANY, "nested too deeply to be a policy"),
        (f'{{"a": "{"]" * 2_000}", "b": {"[" * 1_500}', Kind.ANY, "nested too deeply to be a policy"),
    ],
)
def test_what_aws_rejects_is_a_fault(document, kind, reason):
    assert reason in reasons(document, kind)


def test_brackets_in_texts_nest_nothing_and_a_text_that_does_not_end_is_no_json():
    assert parse(f'{{"Statement": [], "Id": "{"[" * 100}"}}').faults == ()
    assert reasons('{"Id": "' + '\\"[' * 500_000, Kind.ANY)[0].startswith("not JSON")


def test_a_fault_says_where():
    (fault,) = parse(with_statement(Action=["s3:Get*", "oops"])).faults
    assert fault.path == ("Statement", 0, "Action", 1)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4), st.just("*")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["Statement", "Effect", "Action", "Resource", "Condition", "Bool", "Principal", "AWS", "x"]
            ),
            inner,
            max_size=4,
        ),
        st.lists(inner, min_size=2, max_size=3).map(lambda options: OneOf(tuple(options), "a condition")),
        st.just(Redacted("x")),
        st.just(WHY),
        st.just(Text(("arn:", WHY))),
    ),
    max_leaves=20,
)


@given(JSON, st.sampled_from(Kind))
def test_nothing_makes_the_parser_raise(document, kind):
    policy = parse(document, kind=kind)
    assert policy.statements or policy.faults or policy.unknown or document is not None


@given(st.text(max_size=40))
def test_no_text_makes_the_parser_raise(text):
    parse(text)


class TestWhatIsNotKnown:
    """Documents as templates leave them."""

    def test_an_unknown_document_may_say_anything(self):
        assert parse(WHY).unknown == (WHY,)

    def test_an_unknown_statement_stands_beside_the_known_ones(self):
        policy = parse({"Statement": [GET, WHY]})
        assert len(policy.statements) == 1
        assert policy.unknown == (WHY,)

    def test_an_alternative_action_is_doubtful_and_a_common_one_is_not(self):
        action = OneOf((("s3:Get*", "s3:Put*"), ("s3:Get*",)), "condition Writes")
        parts = {part.value: part.doubt for part in only(with_statement(Action=action)).actions}
        assert parts == {"s3:Get*": None, "s3:Put*": Unknown("condition Writes")}

    def test_a_statement_that_a_condition_leaves_out_is_doubtful(self):
        (statement,) = parse({"Statement": [OneOf((GET, None), "condition Reads")]}).statements
        assert statement.doubts == (Unknown("condition Reads"),)

    def test_an_effect_that_may_be_either_makes_two_doubtful_statements(self):
        policy = parse(with_statement(Effect=one_of(("Allow", "Deny"), "condition Strict")))
        assert [(s.allow, s.doubts) for s in policy.statements] == [
            (True, (Unknown("condition Strict"),)),
            (False, (Unknown("condition Strict"),)),
        ]

    def test_conditions_that_may_be_absent_make_two_doubtful_statements(self):
        condition = OneOf(({"Bool": {"aws:a": "true"}}, None), "condition Safe")
        policy = parse(with_statement(Condition=condition))
        assert [len(statement.conditions) for statement in policy.statements] == [1, 0]
        assert all(statement.doubts == (Unknown("condition Safe"),) for statement in policy.statements)

    def test_conditions_with_too_many_alternatives_are_one_doubt(self):
        keys = {f"aws:{n}": OneOf(("a", None), f"condition {n}") for n in range(20)}
        (statement,) = parse(with_statement(Condition={"StringEquals": keys})).statements
        assert statement.conditions == ()
        assert len(statement.doubts) == 1

    def test_statements_of_every_alternative_document_are_certain_only_when_all_have_them(self):
        other = {**GET, "Action": "s3:PutObject"}
        policy = parse(OneOf(({"Statement": [GET]}, {"Statement": [GET, other]}), "condition Writes"))
        assert [(s.actions[0].value, s.doubts) for s in policy.statements] == [
            ("s3:GetObject", ()),
            ("s3:PutObject", (Unknown("condition Writes"),)),
        ]

    def test_a_secret_value_is_not_known(self):
        (part,) = only(with_statement(Resource=Redacted("arn:aws:s3:::x"))).resources
        assert isinstance(part.value, Unknown)
