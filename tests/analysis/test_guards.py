"""Whom resource policies admit."""

import datetime as dt
from textwrap import dedent

import pytest

from lambdaward.analysis import Analysis, Given
from lambdaward.model import No, Queue, RestApi, Unsure, Yes
from lambdaward.sources import load

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def guards(tmp_path):
    """The guards of a queue with one policy statement, and the queue."""

    def build(statement, deny=""):
        template = f"""
        Parameters:
          Who: {{Type: String}}
        Resources:
          Queue: {{Type: AWS::SQS::Queue}}
          Policy:
            Type: AWS::SQS::QueuePolicy
            Properties:
              Queues: [!Ref Queue]
              PolicyDocument:
                Version: "2012-10-17"
                Statement:
                  - {{Effect: Allow, Action: "sqs:SendMessage", Resource: !GetAtt Queue.Arn, {statement}}}
                  {"- {Effect: Deny, Action: 'sqs:*', Resource: '*', " + deny + "}" if deny else ""}
        """
        (tmp_path / "template.yaml").write_text(dedent(template))
        analysis = Analysis(load([tmp_path]), Given(today=TODAY))
        return analysis.guards, analysis.estate.all(Queue)[0].id

    return build


OPEN = {
    "everybody": 'Principal: "*"',
    "every AWS account": 'Principal: {AWS: "*"}',
    "all but one account": 'NotPrincipal: {AWS: "210987654321"}',
    "every address": 'Principal: "*", Condition: {IpAddress: {"aws:SourceIp": 0.0.0.0/0}}',
    "a key that may be missing": 'Principal: "*", Condition: {StringEqualsIfExists: {"aws:SourceArn": "arn:aws:s3:::b"}}',
}
CLOSED = {
    "one account": 'Principal: {AWS: "210987654321"}',
    "one organization": 'Principal: "*", Condition: {StringEquals: {"aws:PrincipalOrgID": o-a1b2c3d4e5}}',
    "one source": 'Principal: "*", Condition: {ArnEquals: {"aws:SourceArn": "arn:aws:s3:::orders"}}',
    "some addresses": 'Principal: "*", Condition: {IpAddress: {"aws:SourceIp": 203.0.113.0/24}}',
    "a service": "Principal: {Service: sns.amazonaws.com}",
}


@pytest.mark.parametrize("statement", OPEN.values(), ids=list(OPEN))
def test_a_statement_that_narrows_nothing_down_is_open(guards, statement):
    asked, queue = guards(statement)
    assert isinstance(asked.open(queue, "sqs:SendMessage"), Yes)


@pytest.mark.parametrize("statement", CLOSED.values(), ids=list(CLOSED))
def test_a_statement_for_somebody_is_not_open(guards, statement):
    asked, queue = guards(statement)
    assert isinstance(asked.open(queue, "sqs:SendMessage"), No)


def test_another_action_is_not_open(guards):
    asked, queue = guards('Principal: "*"')
    assert isinstance(asked.open(queue, "sqs:ReceiveMessage"), No)


def test_a_principal_that_is_not_known_may_be_everybody(guards):
    asked, queue = guards("Principal: {AWS: !Ref Who}")
    assert isinstance(asked.open(queue, "sqs:SendMessage"), Unsure)


@pytest.mark.parametrize(
    ("deny", "kind"),
    [
        ('Principal: "*"', No),
        ('Principal: "*", Condition: {StringNotEquals: {"aws:PrincipalOrgID": o-a1b2c3d4e5}}', No),
        ('NotPrincipal: {AWS: "210987654321"}', No),
        ('Principal: {AWS: "210987654321"}', Yes),
        ('Principal: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}', Yes),
    ],
)
def test_a_deny_counts_when_it_reaches_strangers(guards, deny, kind):
    asked, queue = guards('Principal: "*"', deny)
    assert isinstance(asked.open(queue, "sqs:SendMessage"), kind)


ON_BEHALF = {
    "Principal: {Service: sns.amazonaws.com}": Yes,
    'Principal: {Service: sns.amazonaws.com}, Condition: {ArnLike: {"aws:SourceArn": "arn:aws:sns:*:*:*"}}': Yes,
    'Principal: {Service: sns.amazonaws.com}, Condition: {ArnLike: {"aws:SourceArn": "arn:aws:sns:*:210987654321:*"}}': No,
    'Principal: {Service: s3.amazonaws.com}, Condition: {ArnLike: {"aws:SourceArn": "arn:aws:s3:::orders"}}': No,
    'Principal: {Service: s3.amazonaws.com}, Condition: {ArnLike: {"aws:SourceArn": "arn:aws:s3:*:*:*"}}': Yes,
    'Principal: {Service: sns.amazonaws.com}, Condition: {StringEquals: {"aws:SourceAccount": !Ref AWS::AccountId}}': No,
}


@pytest.mark.parametrize(("statement", "kind"), ON_BEHALF.items(), ids=list(ON_BEHALF))
def test_a_service_calls_on_behalf_of_strangers_where_no_condition_names_the_source(guards, statement, kind):
    asked, queue = guards(statement)
    (admitted,) = asked.admitted(queue)
    assert isinstance(asked.on_behalf(admitted, "sqs:SendMessage"), kind)


EVERYBODY = '{Effect: Allow, Principal: "*", Action: execute-api:Invoke, Resource: "execute-api:/*"}'
API_POLICIES = {
    EVERYBODY: Yes,
    EVERYBODY.replace('"execute-api:/*"', "!Sub 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:*/*'"): Yes,
    EVERYBODY.replace('Principal: "*"', 'Principal: {AWS: "210987654321"}'): No,
    EVERYBODY.replace("}", ', Condition: {IpAddress: {"aws:SourceIp": [203.0.113.0/24]}}}'): No,
    EVERYBODY
    + ", "
    + EVERYBODY.replace("Allow", "Deny").replace(
        "}", ', Condition: {NotIpAddress: {"aws:SourceIp": [203.0.113.0/24]}}}'
    ): No,
    EVERYBODY + ", " + EVERYBODY.replace("Allow", "Deny").replace("execute-api:/*", "execute-api:/*/POST/*"): Yes,
}


@pytest.mark.parametrize(("statements", "kind"), API_POLICIES.items(), ids=list(API_POLICIES))
def test_a_policy_of_an_api_says_whether_the_internet_reaches_it(tmp_path, statements, kind):
    template = f"""
    Resources:
      Api:
        Type: AWS::ApiGateway::RestApi
        Properties: {{Name: orders, Policy: {{Version: "2012-10-17", Statement: [{statements}]}}}}
    """
    (tmp_path / "template.yaml").write_text(dedent(template))
    analysis = Analysis(load([tmp_path]), Given(today=TODAY))
    assert isinstance(analysis.exposure.public(analysis.estate.all(RestApi)[0]), kind)
