"""What a secret weighs by who may read it, and which secrets are one: asked of the policies of an estate."""

import datetime as dt
import json

import pytest
from making import Maker

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import Finding, Severity
from lambdaward.rules.runner import Selection, run
from lambdaward.sources import load

TODAY = dt.date(2026, 11, 23)
ROLE = """
  {name}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{{Effect: Allow, Principal: {{Service: lambda.amazonaws.com}}, Action: sts:AssumeRole}}]
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: "2012-10-17"
            Statement: [{{Effect: Allow, Action: [{actions}], Resource: "*"}}]
"""
FUNCTION = """Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders
      Role: !GetAtt Own.Arn
      {more}
      Environment: {{Variables: {{DB_PASSWORD: {secret}}}}}
"""
OWN = ROLE.format(name="Own", actions="'lambda:GetFunction'")


@pytest.fixture
def finding(tmp_path):
    """The finding about the password of a template."""

    def only(rest, more=""):
        secret = f"tulip{Maker(9).text(8)}42"
        (tmp_path / "template.yaml").write_text(FUNCTION.format(more=more, secret=secret) + OWN + rest)
        answers = run(Analysis(load([tmp_path]), Given(today=TODAY)), Selection(select=("LWS007",)))
        (found,) = [answer for answer in answers if isinstance(answer, Finding)]
        return found

    return only


@pytest.mark.parametrize(
    "operation",
    [
        "GetFunction",
        "GetFunctionConfiguration",
        "ListFunctions",
        "ListVersionsByFunction",
        "PublishVersion",
        "UpdateFunctionCode",
        "UpdateFunctionConfiguration",
    ],
)
def test_a_role_that_may_call_an_operation_which_answers_with_variables_is_named(finding, operation):
    found = finding(ROLE.format(name="Reader", actions=f"'lambda:{operation}'"))
    assert found.severity is Severity.HIGH
    assert [item.text for item in found.evidence] == [f"the role Reader may read it (lambda:{operation})"]


def test_who_may_only_invoke_reads_nothing_and_the_own_role_is_not_named(finding):
    assert finding(ROLE.format(name="Caller", actions="'lambda:InvokeFunction'")).evidence == ()


def test_what_everybody_may_read_is_critical(finding):
    found = finding("""
  Open:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Orders, Action: lambda:GetFunction, Principal: "*"}
""")
    assert found.severity is Severity.CRITICAL
    assert "everybody with an AWS account may read it" in found.because[0]


KEY = """
  Key:
    Type: AWS::KMS::Key
    Properties: {}
"""


def test_a_key_that_nobody_may_use_makes_it_medium(finding):
    reader = ROLE.format(name="Reader", actions="'lambda:GetFunction'")
    assert finding(KEY + reader, "KmsKeyArn: !GetAtt Key.Arn").severity is Severity.MEDIUM


def test_a_reader_who_may_use_the_key_too_is_named(finding):
    reader = ROLE.format(name="Reader", actions="'lambda:GetFunction', 'kms:Decrypt'")
    found = finding(KEY + reader, "KmsKeyArn: !GetAtt Key.Arn")
    assert found.severity is Severity.HIGH
    assert len(found.evidence) == 1


def test_one_secret_in_a_variable_and_a_package_is_one(tmp_path):
    token = Maker(10).github()
    (tmp_path / "src").mkdir()
    (tmp_path / "src/app.py").write_text(f'TOKEN = "{token}"\n')
    (tmp_path / "template.yaml").write_text(f"""Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {{Environment: {{Variables: {{TOKEN: {token}}}}}}}
  Billing:
    Type: AWS::Lambda::Function
    Properties: {{Code: src, Runtime: python3.14}}
""")
    analysis = Analysis(load([tmp_path]), Given(today=TODAY))
    (found,) = run(analysis, Selection(select=("LWS011",)))
    assert isinstance(found, Finding)
    assert [item.text for item in found.evidence] == ["app.py of Billing"]
    assert token not in repr(found)


OUTPUT = """Parameters:
  Password: {{Type: String, NoEcho: true, Default: {secret}}}
Resources:
  Topic: {{Type: AWS::SNS::Topic}}
Outputs:
  DbPassword: {{Value: !Ref Password, Export: {{Name: db}}}}
"""


def around(folder, text, rule="LWS012"):
    (folder / "template.yaml").write_text(text)
    answers = run(Analysis(load([folder]), Given(today=TODAY)), Selection(select=(rule,)))
    return [answer for answer in answers if isinstance(answer, Finding)]


@pytest.mark.parametrize("operation", ["DescribeStacks", "GetTemplate", "ListExports"])
def test_who_may_call_what_answers_with_an_output_is_named(tmp_path, operation):
    role = ROLE.format(name="Reader", actions=f"'cloudformation:{operation}'")
    text = OUTPUT.format(secret=f"tulip{Maker(9).text(8)}42").replace("Outputs:", role.lstrip("\n") + "Outputs:")
    found = {finding.key: [item.text for item in finding.evidence] for finding in around(tmp_path, text)}
    assert f"the role Reader may read it (cloudformation:{operation})" in found["Outputs.DbPassword.Value"]
    named = bool(found["Parameters.Password.Default"])
    assert named is (operation == "GetTemplate")


@pytest.mark.parametrize("operation", ["codebuild:BatchGetProjects", "cloudformation:GetTemplate"])
def test_who_may_read_a_property_through_its_service_or_the_template_is_named(tmp_path, operation):
    text = f"""Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties: {{Environment: {{EnvironmentVariables: [{{Name: DB_PASSWORD, Value: tulip{Maker(9).text(8)}42}}]}}}}
"""
    (found,) = around(tmp_path, text + ROLE.format(name="Reader", actions=f"'{operation}'"), "LWS010")
    assert [item.text for item in found.evidence] == [f"the role Reader may read it ({operation})"]


def test_of_whom_it_is_not_certain_is_said_with_the_reason(finding):
    reader = ROLE.format(name="Perhaps", actions="'lambda:GetFunction'").replace(
        'Resource: "*"}', 'Resource: "*", Condition: {StringEquals: {"aws:PrincipalTag/team": orders}}}'
    )
    (item,) = finding(reader).evidence
    assert item.text.startswith("whether the role Perhaps may read it is not certain (lambda:GetFunction): ")


def versions(folder, **values):
    """The findings about versions of one function, by their number or `LATEST`, each with a password."""
    arn = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
    listed = [
        {
            "FunctionName": "orders",
            "Version": number.replace("v", "").replace("LATEST", "$LATEST"),
            "FunctionArn": f"{arn}:{number.replace('v', '').replace('LATEST', '$LATEST')}",
            "Environment": {"Variables": {"DB_PASSWORD": value}},
        }
        for number, value in values.items()
    ]
    (folder / "versions.json").write_text(json.dumps({"Versions": listed}))
    answers = run(Analysis(load([folder]), Given(today=TODAY)), Selection(select=("LWS007", "LWS011", "LWS014")))
    return [(answer.rule.id, answer.shown) for answer in answers if isinstance(answer, Finding)]


def test_a_secret_that_only_an_old_version_has_is_told_of_that_version(tmp_path):
    old, new = (f"tulip{Maker(seed).text(8)}42" for seed in (1, 2))
    assert versions(tmp_path, LATEST="/orders/password", v1=old) == [("LWS014", "orders:1")]
    assert versions(tmp_path, LATEST=new, v1=old, v2=new) == [("LWS007", "orders"), ("LWS014", "orders:1")]
    assert versions(tmp_path, LATEST=new, v1=new) == [("LWS007", "orders")]


def test_one_secret_in_a_version_of_one_function_and_in_another_function_is_one(tmp_path):
    secret = f"tulip{Maker(1).text(8)}42"
    arn = "arn:aws:lambda:eu-west-1:111122223333:function"
    listed = [
        {
            "FunctionName": "a",
            "Version": "4",
            "FunctionArn": f"{arn}:a:4",
            "Environment": {"Variables": {"PW": secret}},
        },
        {"FunctionName": "b", "FunctionArn": f"{arn}:b", "Environment": {"Variables": {"DB_PASSWORD": secret}}},
    ]
    (tmp_path / "functions.json").write_text(json.dumps({"Functions": listed}))
    (found,) = run(Analysis(load([tmp_path]), Given(today=TODAY)), Selection(select=("LWS011",)))
    assert isinstance(found, Finding)
    assert {found.shown, found.evidence[0].text} in ({"b", "PW of a:4"}, {"a:4", "DB_PASSWORD of b"})
