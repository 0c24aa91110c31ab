"""Questions about many resources at once have the answers that each resource has by itself."""

import tempfile
from pathlib import Path

from estates import estate, function, policy, resource, statement
from hypothesis import given, settings
from hypothesis import strategies as st

from lambdaward.analysis.paths.columns import Column, Rows, bits
from lambdaward.analysis.paths.relations import Relations
from lambdaward.model import Role, Unsure, Yes

NAMES = ("a", "ab", "abc", "b")
ROLE = {"Fn::GetAtt": ["Admin", "Arn"]}
ARN = "arn:aws:lambda:eu-west-1:111122223333:function:"
CONDITIONS = (
    None,
    {"StringEquals": {"aws:PrincipalAccount": "111122223333"}},
    {"StringEquals": {"aws:ResourceAccount": "999999999999"}},
    {"StringEquals": {"aws:ResourceTag/team": "orders"}},
)
RESOURCES = ("*", ARN + "*", ARN + "a*", ARN + "ab", ARN + "?", ARN + "${aws:username}", "arn:aws:s3:::b")
STATEMENTS = st.builds(
    statement,
    st.sampled_from(("lambda:InvokeFunction", "lambda:*", "*", "s3:GetObject")),
    st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2),
    st.sampled_from(("Allow", "Allow", "Deny")),
    st.sampled_from(CONDITIONS),
)


def functions():
    named = {f"F{number}": function(name, ROLE) for number, name in enumerate(NAMES)}
    return named | {"Unnamed": resource("AWS::Lambda::Function", Role=ROLE), "Asked": function({"Ref": "Name"}, ROLE)}


@settings(max_examples=60, deadline=None)
@given(st.lists(STATEMENTS, min_size=1, max_size=4), st.lists(STATEMENTS, max_size=2))
def test_each_row_has_the_answer_of_its_resource(allowed, boundary):
    with tempfile.TemporaryDirectory() as folder:
        document = {"Version": "2012-10-17", "Statement": boundary or [statement("*")]}
        more = functions() | {"Boundary": resource("AWS::IAM::ManagedPolicy", PolicyDocument=document)}
        analysis = estate(Path(folder), policy("a", *allowed), boundary={"Ref": "Boundary"}, more=more)
        probe = next(role for role in analysis.estate.all(Role) if role.name == "probe")
        column = Relations(analysis.access).here("function", "lambda")
        powers = analysis.paths.powers(probe)
        rows = powers.over("lambda:InvokeFunction", column, {})
        for row, candidate in enumerate(column.candidates):
            one = powers.allowed("lambda:InvokeFunction", candidate.arn, {})
            assert (isinstance(one, Yes), isinstance(one, Unsure)) == (
                bool(rows.sure >> row & 1),
                bool(rows.open >> row & 1),
            )
            whole = analysis.access.allows(probe, "lambda:InvokeFunction", candidate.arn, powers.usual(candidate.arn))
            assert type(one) is type(whole)


def test_sets_are_joined_and_met_as_three_valued_truth():
    left, right = Rows(0b1100, 0b0010), Rows(0b0101, 0b1010)
    assert left & right == Rows(0b0100, 0b1010)
    assert left | right == Rows(0b1101, 0b0010)


def test_rows_come_in_order():
    assert list(bits(0b10110)) == [1, 2, 4]


def test_an_empty_column_has_no_classes():
    assert list(Column(()).classes(())) == []
