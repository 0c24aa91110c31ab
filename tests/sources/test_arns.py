"""The ARN of a resource: known by its type's form, spelled as every reference to it is, and a link where an account gives it."""

import pytest

from lambdaward.model import Permission, Place, Pseudo, Ref, Resource, ResourceId, Text
from lambdaward.sources.assemble import assemble
from lambdaward.sources.assemble.links import Linker
from lambdaward.sources.stack import Stack

STACK = "template.yaml"
ACCOUNT, PARTITION = Pseudo("AWS::AccountId", STACK), Pseudo("AWS::Partition", STACK)


def identity(name):
    return ResourceId(STACK, name)


def test_an_arn_is_what_a_reference_to_it_says(estate):
    loaded = estate(
        {STACK: "Resources: {Q: {Type: AWS::SQS::Queue}, U: {Type: Custom::U, Properties: {Arn: !GetAtt Q.Arn}}}"}
    )
    assert loaded.arns[identity("Q")] == loaded.resources[identity("U")].properties["Arn"]


def test_a_resource_whose_arn_has_no_known_form_has_none(estate):
    assert estate({STACK: "Resources: {U: {Type: Custom::U}}"}).arns == {}


@pytest.mark.parametrize(
    ("path", "before"),
    [("", "role/"), ("Path: /", "role/"), ("Path: /a/b/", "role/a/b/"), ("Path: !Ref Missing", "role/")],
)
def test_the_path_of_a_role_stands_before_its_name(estate, path, before):
    loaded = estate({STACK: f"Resources: {{R: {{Type: AWS::IAM::Role, Properties: {{{path}}}}}}}"})
    expected = Text(("arn:", PARTITION, ":iam::", ACCOUNT, f":{before}", Ref(identity("R"))))
    assert loaded.arns[identity("R")] == expected


def test_a_reference_to_a_role_with_a_path_still_leads_to_it(estate):
    loaded = estate(
        {
            STACK: """
            Resources:
              R: {Type: AWS::IAM::Role, Properties: {Path: /deep/}}
              F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn}}
            """
        }
    )
    assert loaded.resources[identity("F")].properties["Role"] == loaded.arns[identity("R")]
    assert Linker(loaded.resources).link(loaded.arns[identity("R")], ("AWS::IAM::Role",)).target == identity("R")


ROLE = ResourceId("111122223333", "role/orders")
FUNCTION = ResourceId("111122223333/eu-west-1", "function/orders")
ARNS = {
    ROLE: "arn:aws:iam::111122223333:role/app/orders",
    FUNCTION: "arn:aws:lambda:eu-west-1:111122223333:function:orders",
}
LIVE = {
    ROLE: Resource(id=ROLE, type="AWS::IAM::Role", properties={}),
    FUNCTION: Resource(id=FUNCTION, type="AWS::Lambda::Function", properties={"Role": ARNS[ROLE]}),
}


@pytest.mark.parametrize(
    ("arn", "target", "qualifier"),
    [
        (ARNS[ROLE], ROLE, None),
        (ARNS[FUNCTION], FUNCTION, None),
        (ARNS[FUNCTION] + ":live", FUNCTION, "live"),
        ("arn:aws:iam::444455556666:role/app/orders", None, None),
    ],
)
def test_an_arn_of_an_account_leads_to_its_resource(arn, target, qualifier):
    link = Linker(LIVE, ARNS).link(arn, ("AWS::IAM::Role", "AWS::Lambda::Function"))
    assert (link.target, link.qualifier) == (target, qualifier)


def test_the_links_of_an_account_are_in_its_estate():
    stack = Stack(name="111122223333", base="", root="", resources=tuple(LIVE.values()), origins={}, arns=ARNS)
    loaded = assemble([stack])
    (function,) = (
        record for records in loaded.records.values() for record in records.values() if record.id == FUNCTION
    )
    assert function.role.target == ROLE
    assert loaded.arns == ARNS
    assert function.place("Role") == Place(FUNCTION, ("Role",))


WRITTEN = """
Resources:
  F: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders}}
  Own: {Type: AWS::Lambda::Permission, Properties: {FunctionName: "arn:aws:lambda:eu-west-1:111122223333:function:orders"}}
  Theirs: {Type: AWS::Lambda::Permission, Properties: {FunctionName: "arn:aws:lambda:eu-west-1:444455556666:function:orders"}}
"""


@pytest.mark.parametrize(("account", "own"), [("111122223333", "F"), ("444455556666", None), ("", None)])
def test_a_literal_account_leads_only_to_what_is_known_to_be_deployed_to_it(estate, account, own):
    loaded = estate({STACK: WRITTEN}, account=account)
    found = {record.id.name: record.function.target for record in loaded.all(Permission)}
    other = identity("F") if account == "444455556666" else None
    assert found == {"Own": own and identity(own), "Theirs": other}
