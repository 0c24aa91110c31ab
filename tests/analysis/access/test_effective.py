"""Sets of actions say the same as one question for each."""

from asked import ACCOUNT, analysis, document, identity, resource
from hypothesis import given, settings
from hypothesis import strategies as st

from lambdaward.analysis.access import Target
from lambdaward.analysis.permissions.effective import Effective
from lambdaward.catalog import actions
from lambdaward.model import No, Unsure, Yes

ACTIONS = (
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "dynamodb:GetItem",
    "iam:PassRole",
    "lambda:InvokeFunction",
)
RESOURCES = ("arn:aws:s3:::orders/1", "arn:aws:s3:::orders/*", f"arn:aws:iam::{ACCOUNT}:role/x", "arn:aws:s3:::other/1")
PATTERNS = ("*", "s3:*", "s3:Get*", "*:Get*", *ACTIONS)
PLACES = ("*", "arn:aws:s3:::orders/*", "arn:aws:s3:::orders/1", "arn:aws:s3:::*", f"arn:aws:iam::{ACCOUNT}:role/*")
CONDITIONS = (
    {},
    {},
    {"Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}},
    {"Condition": {"Bool": {"aws:SecureTransport": "true"}}},
    {"Condition": {"Bool": {"aws:SecureTransport": "false"}}},
)
statements = st.builds(
    lambda effect, action, resource, negated, condition: {
        "Effect": effect,
        "NotAction" if negated[0] else "Action": action,
        "NotResource" if negated[1] else "Resource": resource,
        **condition,
    },
    st.sampled_from(("Allow", "Allow", "Deny")),
    st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=3),
    st.lists(st.sampled_from(PLACES), min_size=1, max_size=2),
    st.tuples(st.sampled_from((False, False, False, True)), st.sampled_from((False, False, False, True))),
    st.sampled_from(CONDITIONS),
)


@given(
    own=st.lists(statements, min_size=1, max_size=4),
    boundary=st.none() | st.lists(statements, min_size=1, max_size=2),
    on=st.sampled_from(RESOURCES),
)
@settings(max_examples=120)
def test_sets_agree_with_single_questions(tmp_path_factory, own, boundary, on):
    limit = {"PermissionsBoundary": {"Ref": "Limit"}} if boundary else {}
    policies = [{"PolicyName": "own", "PolicyDocument": document(*own)}]
    resources = {
        "R": resource("IAM::Role", RoleName="r", AssumeRolePolicyDocument=document(), Policies=policies, **limit)
    }
    if boundary:
        resources["Limit"] = resource("IAM::ManagedPolicy", PolicyDocument=document(*boundary))
    access = analysis(tmp_path_factory.mktemp("estate"), resources).access
    asker = access.questions.asker(identity(access, "R"))
    request = access.questions.request(asker, "", Target(on, on), {})
    sets = Effective(access, asker).on(request, actions().expand_many(ACTIONS).mask)
    known = {"aws:SecureTransport": "true", "aws:ViaAWSService": "false"}
    for action in ACTIONS:
        bit = 1 << actions().index(action)
        match access.allows(asker.principal, action, on, known):
            case Yes():
                assert sets.sure & bit, action
            case Unsure():
                assert sets.perhaps & bit, action
            case No():
                assert not sets.any & bit, action
