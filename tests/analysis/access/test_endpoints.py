"""A function in a VPC sends its requests through the endpoints of that VPC, and their policies limit them."""

import pytest
from asked import allow, analysis, document, function, identity, role

from lambdaward.iam import Outcome

ORDERS = "arn:aws:s3:::orders/1"
ONLY_ORDERS = document({**allow("s3:GetObject", "arn:aws:s3:::orders/*"), "Principal": "*"})


def resource(kind, **properties):
    return {"Type": f"AWS::EC2::{kind}", "Properties": properties}


def ref(name):
    return {"Ref": name}


@pytest.fixture
def ask(tmp_path):
    """Asks about a function with all permissions on S3 in a VPC with an endpoint."""

    def question(action, on, *, routed=True, policy=ONLY_ORDERS, who="F", **endpoint):
        shop = function("f", "R")
        shop["Properties"]["VpcConfig"] = {"SubnetIds": [ref("Inside")], "SecurityGroupIds": []}
        declared = {"VpcId": ref("Vpc"), "ServiceName": {"Fn::Sub": "com.amazonaws.${AWS::Region}.s3"}, **endpoint}
        declared |= {"PolicyDocument": policy} if policy else {}
        declared |= {"RouteTableIds": [ref("Table")]} if routed else {}
        resources = {
            "F": shop,
            "R": role("app", allow("s3:* sqs:*")),
            "Vpc": resource("VPC", CidrBlock="10.0.0.0/16"),
            "Inside": resource("Subnet", VpcId=ref("Vpc"), CidrBlock="10.0.1.0/24"),
            "Table": resource("RouteTable", VpcId=ref("Vpc")),
            "Association": resource("SubnetRouteTableAssociation", SubnetId=ref("Inside"), RouteTableId=ref("Table")),
            "Out": resource("VPCEndpoint", **declared),
        }
        found = analysis(tmp_path, resources, known=True)
        return found.access.can(_who(found, who), action, on)

    return question


def _who(found, name):
    from lambdaward.model import Function

    return found.estate.all(Function)[0] if name == "F" else identity(found, name)


def test_what_the_endpoint_s_policy_allows_is_allowed_and_nothing_else_is(ask):
    assert ask("s3:GetObject", ORDERS).outcome is Outcome.ALLOWED
    answer = ask("s3:GetObject", "arn:aws:s3:::others/1")
    assert answer.outcome is Outcome.IMPLICITLY_DENIED
    assert any("policy of the VPC endpoint: does not allow" in line for line in answer.explain())
    assert any("the policy of the VPC endpoint would have to allow it" in line for line in answer.explain())


def test_other_services_and_other_callers_with_the_role_are_not_limited(ask):
    assert ask("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:jobs").outcome is Outcome.ALLOWED
    assert ask("s3:GetObject", "arn:aws:s3:::others/1", who="R").outcome is Outcome.ALLOWED


def test_an_endpoint_without_a_policy_limits_nothing(ask):
    assert ask("s3:GetObject", "arn:aws:s3:::others/1", policy=None).outcome is Outcome.ALLOWED


def test_where_routes_do_not_settle_it_the_answer_is_unknown(ask):
    answer = ask("s3:GetObject", "arn:aws:s3:::others/1", routed=False)
    assert answer.outcome is Outcome.UNKNOWN
    assert [one.reason for one in answer.unknowns] == ["whether requests of F go through endpoint Out is not known"]
    assert ask("s3:GetObject", ORDERS, routed=False).outcome is Outcome.ALLOWED


@pytest.mark.parametrize(
    ("private", "outcome"),
    [(None, Outcome.IMPLICITLY_DENIED), (True, Outcome.IMPLICITLY_DENIED), (False, Outcome.UNKNOWN)],
)
def test_an_interface_endpoint_takes_all_requests_unless_private_dns_is_off(ask, private, outcome):
    more = {} if private is None else {"PrivateDnsEnabled": private}
    answer = ask("s3:GetObject", "arn:aws:s3:::others/1", routed=False, VpcEndpointType="Interface", **more)
    assert answer.outcome is outcome
