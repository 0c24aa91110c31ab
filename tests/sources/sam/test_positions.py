"""What SAM makes points at the line of the user's that caused it; each such line is marked with a comment."""

import pytest

from lambdaward.model import Place, ResourceId

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: python3.13 # shared runtime
    Tracing: Active # tracing
    Environment:
      Variables:
        LEVEL: info # shared variable
Resources:
  Orders: # function
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler # handler
      CodeUri: s3://code/orders.zip # code
      AutoPublishAlias: live # alias
      VpcConfig: # network
        SubnetIds: [subnet-1] # subnet
      Environment:
        Variables:
          TABLE: orders # own variable
      DeadLetterQueue: # dead letters
        Type: SQS
        TargetArn: !GetAtt Queue.Arn # dead letter queue
      Policies:
        - AmazonS3ReadOnlyAccess # managed policy
        - DynamoDBCrudPolicy: # policy template
            TableName: orders # table
        - Statement:
            - Effect: Allow
              Action: "*" # action
              Resource: "*"
      FunctionUrlConfig: # url
        AuthType: NONE # public
      EventInvokeConfig: # asynchronous
        DestinationConfig:
          OnFailure: # destination
            Type: SNS
      Events:
        Web: # route
          Type: Api
          Properties: {Path: /orders, Method: get}
        Poll: # queue
          Type: SQS
          Properties:
            Queue: !GetAtt Queue.Arn # polled queue
        Clock: # schedule
          Type: ScheduleV2
          Properties:
            ScheduleExpression: rate(1 day) # expression
        News: # topic
          Type: SNS
          Properties:
            Topic: !Ref Topic # topic reference
  Shop: # api
    Type: AWS::Serverless::Api
    Properties:
      StageName: live # stage
      Auth:
        Authorizers:
          Token: # authorizer
            FunctionArn: !GetAtt Orders.Arn
  Machine: # machine
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: s3://b/k
      Events:
        Start: # start
          Type: Schedule
          Properties: {Schedule: rate(1 day)}
  Layer: # layer
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: s3://code/layer.zip
  Link: # connector
    Type: AWS::Serverless::Connector
    Properties: {Source: {Id: Orders}, Destination: {Id: Topic}, Permissions: [Write]}
  Queue: {Type: AWS::SQS::Queue}
  Topic: {Type: AWS::SNS::Topic}
"""
STATEMENT = ("PolicyDocument", "Statement", 0)
ORDERS = [
    ("Orders", (), "function"),
    ("Orders", ("Handler",), "handler"),
    ("Orders", ("Runtime",), "shared runtime"),
    ("Orders", ("Code", "S3Bucket"), "code"),
    ("Orders", ("Environment", "Variables", "TABLE"), "own variable"),
    ("Orders", ("Environment", "Variables", "LEVEL"), "shared variable"),
    ("Orders", ("VpcConfig", "SubnetIds"), "subnet"),
    ("Orders", ("DeadLetterConfig", "TargetArn"), "dead letter queue"),
    ("OrdersAliaslive", (), "alias"),
    ("OrdersUrl", (), "url"),
    ("OrdersUrl", ("AuthType",), "public"),
    ("OrdersUrlPublicPermissions", (), "public"),
    ("OrdersURLInvokeAllowPublicAccess", ("Principal",), "public"),
    ("OrdersEventInvokeConfig", (), "asynchronous"),
    ("OrdersEventInvokeConfigOnFailureTopic", (), "destination"),
]
ROLES = [
    ("OrdersRole", (), "function"),
    ("OrdersRole", ("ManagedPolicyArns", 0), "function"),
    ("OrdersRole", ("ManagedPolicyArns", 1), "tracing"),
    ("OrdersRole", ("ManagedPolicyArns", 2), "network"),
    ("OrdersRole", ("ManagedPolicyArns", 3), "managed policy"),
    ("OrdersRole", ("ManagedPolicyArns", 4), "queue"),
    ("OrdersRole", ("Policies", 0), "dead letters"),
    ("OrdersRole", ("Policies", 1), "destination"),
    ("OrdersRole", ("Policies", 2, *STATEMENT, "Action"), "policy template"),
    ("OrdersRole", ("Policies", 3, *STATEMENT, "Action"), "action"),
    ("OrdersClockRole", (), "schedule"),
    ("MachineRole", (), "machine"),
    ("MachineStartRole", (), "start"),
    ("LinkPolicy", (), "connector"),
]
EVENTS = [
    ("OrdersWebPermissionProd", (), "route"),
    ("ServerlessRestApi", (), "route"),
    ("OrdersPoll", (), "queue"),
    ("OrdersPoll", ("EventSourceArn",), "polled queue"),
    ("OrdersClock", ("ScheduleExpression",), "expression"),
    ("OrdersNewsPermission", (), "topic"),
    ("OrdersNewsPermission", ("SourceArn",), "topic reference"),
    ("OrdersNews", ("TopicArn",), "topic reference"),
    ("Shop", (), "api"),
    ("ShopliveStage", (), "stage"),
    ("ShopTokenAuthorizerPermission", (), "authorizer"),
]


@pytest.fixture
def loaded(estate):
    return estate({"template.yaml": TEMPLATE})


@pytest.mark.parametrize(("name", "path", "mark"), [*ORDERS, *ROLES, *EVENTS])
def test_points_at_the_line_that_caused_it(loaded, name, path, mark):
    lines = [number for number, line in enumerate(TEMPLATE.splitlines(), 1) if line.endswith(f"# {mark}")]
    origin = loaded.origin(Place(ResourceId("template.yaml", name), path))
    assert [origin.line] == lines


def test_template_gives_no_problems(loaded):
    assert loaded.coverage.problems == ()


def test_every_resource_of_the_template_has_a_position(loaded):
    assert all(loaded.origin(Place(identity)) is not None for identity in loaded.resources)
