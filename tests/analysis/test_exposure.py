"""Who starts a function: what its own policy, its URL, its routes and what feeds it let in."""

import datetime as dt
from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaward.analysis import Analysis, Given
from lambdaward.analysis.exposure import bound, by_bucket, written_by_all
from lambdaward.model import Bucket, Function, No, Permission, Unsure, Yes
from lambdaward.sources import load

TODAY = dt.date(2026, 11, 23)
HEAD = """
Parameters:
  Given: {Type: String}
Resources:
  Function: {Type: AWS::Lambda::Function, Properties: {}}
"""


@pytest.fixture
def analyse(tmp_path):
    """An analysis of a function `Function` and some more resources."""

    def build(resources):
        template = HEAD + indent(dedent(resources).strip("\n"), "  ") + "\n"
        (tmp_path / "template.yaml").write_text(template)
        return Analysis(load([tmp_path]), Given(today=TODAY))

    return build


def function(analysis):
    return analysis.estate.all(Function)[0]


def document(*statements, arn="!GetAtt Function.Arn"):
    return f"""
    Policy:
      Type: AWS::Lambda::ResourcePolicy
      Properties:
        ResourceArn: {arn}
        PolicyDocument: {{Version: "2012-10-17", Statement: [{", ".join(statements)}]}}
    """


URL = """
    Url:
      Type: AWS::Lambda::Url
      Properties: {TargetFunctionArn: !GetAtt Function.Arn, AuthType: NONE}
"""
BY_URL = (
    '{Effect: Allow, Principal: "*", Action: "lambda:InvokeFunctionUrl", Resource: "*", '
    'Condition: {StringEquals: {"lambda:FunctionUrlAuthType": NONE}}}'
)
INVOKE_BY_URL = (
    '{Effect: Allow, Principal: "*", Action: "lambda:InvokeFunction", Resource: "*", '
    'Condition: {Bool: {"lambda:InvokedViaFunctionUrl": "true"}}}'
)
DENY = '{Effect: Deny, Principal: "*", Action: "lambda:*", Resource: "*"}'


@pytest.mark.parametrize(
    ("statements", "kind"),
    [
        ([BY_URL, INVOKE_BY_URL], Yes),
        ([BY_URL], No),
        ([INVOKE_BY_URL], No),
        ([BY_URL, INVOKE_BY_URL, DENY], No),
        ([BY_URL.replace("NONE", "AWS_IAM"), INVOKE_BY_URL], No),
    ],
)
def test_a_document_opens_a_url_by_both_of_its_permissions(analyse, statements, kind):
    analysis = analyse(dedent(URL) + dedent(document(*statements)))
    assert isinstance(analysis.exposure.anonymous(function(analysis)), kind)


def test_a_document_for_urls_alone_lets_nobody_invoke_directly(analyse):
    analysis = analyse(document(BY_URL, INVOKE_BY_URL))
    assert isinstance(analysis.exposure.anonymous(function(analysis)), No)


def test_a_document_on_an_alias_opens_the_function_by_that_alias(analyse):
    live = """
    Live:
      Type: AWS::Lambda::Alias
      Properties: {FunctionName: !Ref Function, FunctionVersion: "1", Name: live}
    """
    everybody = '{Effect: Allow, Principal: "*", Action: "lambda:InvokeFunction", Resource: "*"}'
    analysis = analyse(dedent(live) + dedent(document(everybody, arn="!Ref Live")))
    assert isinstance(analysis.exposure.anonymous(function(analysis)), Yes)


BOUNDS = {
    "nothing": ("", No),
    "an account": ("SourceAccount: !Ref AWS::AccountId", Yes),
    "an organization": ("PrincipalOrgID: o-a1b2c3d4e5", Yes),
    "a token": ("EventSourceToken: amzn1.ask.skill.1", Yes),
    "an ARN with its account": ("SourceArn: arn:aws:sns:eu-west-1:210987654321:orders", Yes),
    "an ARN with the stack's account": ("SourceArn: !Sub 'arn:aws:events:*:${AWS::AccountId}:rule/*'", Yes),
    "a resource of the stack": ("SourceArn: !GetAtt Function.Arn", Yes),
    "any account": ("SourceArn: arn:aws:execute-api:eu-west-1:*:*/*/GET/orders", No),
    "anything": ("SourceArn: '*'", No),
    "any bucket": ("SourceArn: arn:aws:s3:::*", No),
    "buckets by the beginning of their name": ("SourceArn: arn:aws:s3:::orders-*", No),
    "a bucket": ("SourceArn: arn:aws:s3:::orders", Yes),
    "whatever a parameter says": ("SourceArn: !Ref Given", Unsure),
}


def permission(line):
    return f"""
    Permission:
      Type: AWS::Lambda::Permission
      Properties:
        FunctionName: !Ref Function
        Action: lambda:InvokeFunction
        Principal: s3.amazonaws.com
        {line}
    """


@pytest.mark.parametrize(("line", "kind"), BOUNDS.values(), ids=list(BOUNDS))
def test_a_permission_is_bound_by_an_account_or_a_single_resource(analyse, line, kind):
    (found,) = analyse(permission(line)).estate.all(Permission)
    assert isinstance(bound(found), kind)


@pytest.mark.parametrize(
    ("name", "source", "strange"),
    [("orders", "orders", False), ("orders", "returns", True), ("!Ref Given", "${Given}", False)],
)
def test_a_bucket_of_the_estate_is_no_strangers(analyse, name, source, strange):
    bucket = f"Bucket: {{Type: AWS::S3::Bucket, Properties: {{BucketName: {name}}}}}\n"
    analysis = analyse(bucket + dedent(permission(f"SourceArn: !Sub 'arn:aws:s3:::{source}'")))
    assert by_bucket(analysis.estate, analysis.estate.all(Permission)[0]) is strange


UNBLOCKED = "PublicAccessBlockConfiguration: {BlockPublicAcls: false, IgnorePublicAcls: false}"
OWNED = "OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}"


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        (["AccessControl: PublicReadWrite", UNBLOCKED, OWNED], Yes),
        (["AccessControl: PublicRead", UNBLOCKED, OWNED], No),
        (["AccessControl: PublicReadWrite", OWNED], No),
        (["AccessControl: PublicReadWrite", UNBLOCKED], No),
        (["AccessControl: !Ref Given", UNBLOCKED, OWNED], Unsure),
    ],
)
def test_an_acl_opens_a_bucket_only_where_acls_are_in_use_and_unblocked(analyse, settings, kind):
    lines = "\n".join(f"    {line}" for line in settings)
    analysis = analyse(f"Bucket:\n  Type: AWS::S3::Bucket\n  Properties:\n{lines}\n")
    assert isinstance(written_by_all(analysis.estate.all(Bucket)[0]), kind)


STATEMENTS = st.fixed_dictionaries(
    {
        "principal": st.sampled_from(['"*"', '{AWS: "210987654321"}', "{Service: sns.amazonaws.com}"]),
        "action": st.sampled_from(["lambda:InvokeFunction", "lambda:*", "lambda:GetFunction"]),
        "condition": st.sampled_from(["", ', Condition: {StringEquals: {"aws:PrincipalOrgID": o-1}}']),
    }
)


def written(effect, statement):
    return (
        f'{{Effect: {effect}, Principal: {statement["principal"]}, Action: "{statement["action"]}", '
        f'Resource: "*"{statement["condition"]}}}'
    )


@given(allows=st.lists(STATEMENTS, max_size=3), deny=STATEMENTS, more=STATEMENTS)
def test_a_deny_never_opens_and_an_allow_never_closes(tmp_path_factory, allows, deny, more):
    def answer(*statements):
        folder = tmp_path_factory.mktemp("estate")
        (folder / "template.yaml").write_text(HEAD + indent(dedent(document(*statements)).strip("\n"), "  ") + "\n")
        analysis = Analysis(load([folder]), Given(today=TODAY))
        return isinstance(analysis.exposure.anonymous(function(analysis)), Yes)

    stated = [written("Allow", statement) for statement in allows]
    before = answer(*stated)
    assert not (answer(*stated, written("Deny", deny)) and not before)
    assert answer(*stated, written("Allow", more)) or not before
