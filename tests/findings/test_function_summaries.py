"""Every function on one line: how it is started, by whom, as whom."""

from answering import settled, written

TEMPLATE = """Parameters:
  Runtime: {Type: String}
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {}}
  Plain:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Role: !GetAtt Role.Arn}
  Busy:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: !Ref Runtime
      Role: arn:aws:iam::111122223333:role/theirs
      VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref Busy, FunctionVersion: "1", Name: live}
  Url:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !Ref Live, AuthType: NONE}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !GetAtt Busy.Arn, EventSourceArn: !GetAtt Jobs.Arn}
  Bucket:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Live, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com}
  BucketAgain:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Busy, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com}
  Partner:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Busy, Action: lambda:InvokeFunction, Principal: "444455556666"}
"""


def summary(tmp_path, name):
    scan = settled(estate=written(tmp_path, TEMPLATE))
    return next(each for each in scan.functions if each.shown == name)


def test_a_plain_function_has_a_runtime_a_role_and_a_place(tmp_path):
    plain = summary(tmp_path, "Plain")
    assert (plain.runtime, plain.role, plain.url, plain.vpc, plain.triggers) == ("python3.13", "Role", "", False, ())
    assert (plain.file.endswith("template.yaml"), plain.line) == (True, 8)


def test_what_starts_a_version_or_alias_starts_its_function(tmp_path):
    busy = summary(tmp_path, "Busy")
    assert (busy.url, busy.triggers) == ("NONE", ("Jobs", "s3"))


def test_what_is_not_known_is_shown_as_such(tmp_path):
    busy = summary(tmp_path, "Busy")
    assert (busy.runtime, busy.role, busy.vpc) == ("${?}", "arn:aws:iam::111122223333:role/theirs", True)
