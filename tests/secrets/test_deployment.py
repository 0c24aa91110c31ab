"""A token planted wherever a deployment holds values is found: in every section of a template, in every file beside it."""

import datetime as dt
import json
import zipfile

import pytest
from making import Maker

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import Finding
from lambdaward.rules.runner import Selection, run
from lambdaward.sources import load

HEAD = "AWSTemplateFormatVersion: '2010-09-09'\n"
TOPIC = "Resources:\n  Topic: {Type: AWS::SNS::Topic}\n"
FUNCTION = "Resources:\n  Orders:\n    Type: AWS::Lambda::Function\n    Properties:\n      "
# Where a template holds values: what stands there, with @0 for a token whose form tells it.
SECTIONS = {
    "description": "Description: deployed with @0\n" + TOPIC,
    "comment": "# the token is @0\n" + TOPIC,
    "comment behind a value": TOPIC + "Outputs:\n  Name: {Value: !Ref Topic} # @0\n",
    "unused default": "Parameters:\n  Setting: {Type: String, Default: '@0'}\n" + TOPIC,
    "unused hidden default": "Parameters:\n  Setting: {Type: String, NoEcho: true, Default: '@0'}\n" + TOPIC,
    "allowed value": "Parameters:\n  Setting: {Type: String, AllowedValues: [a, '@0']}\n" + TOPIC,
    "description of a parameter": "Parameters:\n  Setting: {Type: String, Description: 'such as @0'}\n" + TOPIC,
    "mapping": "Mappings:\n  Stages: {prod: {setting: '@0'}}\n" + TOPIC,
    "metadata": "Metadata:\n  note: {inner: ['@0']}\n" + TOPIC,
    "output": TOPIC + "Outputs:\n  Setting: {Value: '@0'}\n",
    "description of an output": TOPIC + "Outputs:\n  Setting: {Value: a, Description: 'use @0'}\n",
    "output by a parameter": (
        "Parameters:\n  Setting: {Type: String, NoEcho: true, Default: '@0'}\n"
        + TOPIC
        + "Outputs:\n  Setting: {Value: !Sub 'x-${Setting}'}\n"
    ),
    "metadata of a resource": "Resources:\n  Topic: {Type: AWS::SNS::Topic, Metadata: {note: '@0'}}\n",
    "environment": FUNCTION + "Environment: {Variables: {SETTING: '@0'}}\n",
    "tag": FUNCTION + "Tags: [{Key: note, Value: '@0'}]\n",
    "description of a function": FUNCTION + "Description: '@0'\n",
    "inline code": FUNCTION + "Code: {ZipFile: 'x = \"@0\"'}\n",
    "stage variable": (
        "Resources:\n  S: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: x, Variables: {setting: '@0'}}}\n"
    ),
    "integration": (
        "Resources:\n  M:\n    Type: AWS::ApiGateway::Method\n    Properties:\n      RestApiId: x\n"
        "      Integration: {RequestParameters: {integration.request.header.X: \"'@0'\"}}\n"
    ),
    "build environment": (
        "Resources:\n  B:\n    Type: AWS::CodeBuild::Project\n    Properties:\n"
        "      Environment: {EnvironmentVariables: [{Name: SETTING, Value: '@0'}]}\n"
    ),
    "inline build specification": (
        "Resources:\n  B:\n    Type: AWS::CodeBuild::Project\n    Properties:\n      Source:\n        BuildSpec: |\n"
        "          phases:\n            build:\n              commands:\n                - deploy @0\n"
    ),
    "event source credentials": (
        "Resources:\n  E:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n      FunctionName: x\n"
        "      SourceAccessConfigurations: [{Type: BASIC_AUTH, URI: '@0'}]\n"
    ),
    "connection of an event bus": (
        "Resources:\n  C:\n    Type: AWS::Events::Connection\n    Properties:\n      AuthorizationType: API_KEY\n"
        "      AuthParameters: {ApiKeyAuthParameters: {ApiKeyName: x, ApiKeyValue: '@0'}}\n"
    ),
    "input of a schedule": (
        "Resources:\n  R:\n    Type: AWS::Events::Rule\n    Properties:\n      ScheduleExpression: rate(1 day)\n"
        '      Targets: [{Id: a, Arn: x, Input: \'{"setting": "@0"}\'}]\n'
    ),
    "step of a state machine": (
        "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n"
        '      DefinitionString: \'{"States": {"A": {"Parameters": {"setting": "@0"}}}}\'\n'
    ),
    "user data": (
        "Resources:\n  I:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData: !Base64 |\n"
        "        #!/bin/sh\n        run @0\n"
    ),
    "container": (
        "Resources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n"
        "      ContainerDefinitions: [{Name: a, Image: b, Environment: [{Name: SETTING, Value: '@0'}]}]\n"
    ),
    "stored secret": "Resources:\n  S: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: '@0'}}\n",
    "parameter": ("Resources:\n  P: {Type: AWS::SSM::Parameter, Properties: {Name: /a, Type: String, Value: '@0'}}\n"),
    "nested stack": (
        "Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n"
        "      TemplateURL: https://x.example.com/a.yaml\n      Parameters: {Setting: '@0'}\n"
    ),
    "custom resource": "Resources:\n  C: {Type: Custom::Thing, Properties: {ServiceToken: x, Setting: '@0'}}\n",
}


def made(kind, attributes):
    """A state of Terraform with one resource."""
    return {"version": 4, "resources": [{"type": kind, "name": "a", "instances": [{"attributes": attributes}]}]}


# Files beside a template: @0 is a password that no form tells, under a name that does.
FILES = {
    "samconfig.toml": '[default.deploy.parameters]\nparameter_overrides = "Stage=prod DbPassword=@0"\n',
    "a/samconfig.toml": '[default.deploy.parameters]\nparameter_overrides = "DbPassword=\\"@0\\" Stage=prod"\n',
    "b/samconfig.toml": (
        "[default.deploy.parameters]\n"
        'parameter_overrides = "ParameterKey=DbPassword,ParameterValue=@0 ParameterKey=Stage,ParameterValue=x"\n'
    ),
    "c/samconfig.toml": '[default.deploy.parameters]\nparameter_overrides = ["Stage=prod", "DbPassword=@0"]\n',
    "samconfig.yaml": "default:\n  deploy:\n    parameters:\n      parameter_overrides: Stage=prod DbPassword=@0\n",
    ".env": "DB_PASSWORD=@0\n",
    ".env.production": "export DB_PASSWORD='@0' # of production\n",
    "buildspec.yml": 'version: 0.2\nenv:\n  variables:\n    DB_PASSWORD: "@0"\n',
    "a/buildspec.yml": "phases:\n  build:\n    commands:\n      - export DB_PASSWORD=@0\n",
    "deploy-buildspec.yaml": "phases:\n  build:\n    commands:\n      - mysql -u root -p@0 orders\n",
    "b/buildspec.yml": "phases:\n  build:\n    commands:\n      - docker login -u ci -p @0\n",
    "c/buildspec.yml": "phases:\n  build:\n    commands:\n      - aws ssm put-parameter --name /db/password --value @0\n",
    "prod.tfvars": 'db_password = "@0"\n',
    "main.tf": 'resource "aws_lambda_function" "f" {\n  environment {\n    variables = {\n      DB_PASSWORD = "@0"\n}}}\n',
    "variables.tf": 'variable "db_password" {\n  type = string\n  default = "@0"\n}\n',
    "serverless.yml": "service: x\nprovider:\n  environment:\n    DB_PASSWORD: @0\n",
    "Dockerfile": "FROM x\nENV DB_PASSWORD @0\n",
    "orders.dockerfile": "FROM x\nARG DB_PASSWORD=@0\n",
    "docker-compose.yml": "services:\n  a:\n    environment:\n      - DB_PASSWORD=@0\n",
    ".npmrc": "//registry.example.com/:_password=@0\n",
    ".pypirc": "[pypi]\nusername: u\npassword: @0\n",
    ".netrc": "machine x.example.com login u password @0\n",
    "Makefile": "deploy:\n\tsam deploy --parameter-overrides DbPassword=@0\n",
    ".gitlab-ci.yml": "variables:\n  DB_PASSWORD: @0\n",
    "env.json": json.dumps({"Orders": {"DB_PASSWORD": "@0"}}),
    "cdk.json": json.dumps({"app": "x", "context": {"dbPassword": "@0"}}),
    "cdk.context.json": json.dumps({"prod": {"dbPassword": "@0"}}),
    "params.json": json.dumps([{"ParameterKey": "DbPassword", "ParameterValue": "@0"}]),
    "parameters.prod.json": json.dumps({"Parameters": {"DbPassword": "@0"}}),
    "terraform.tfstate": json.dumps(made("random_password", {"length": 24, "result": "@0"})),
    "terraform.tfstate.backup": json.dumps({"outputs": {"db_password": {"value": "@0", "sensitive": True}}}),
    "a/terraform.tfstate": json.dumps({"outputs": {"db": {"value": "@0", "type": "string", "sensitive": True}}}),
    "b/terraform.tfstate": json.dumps(
        made("aws_ssm_parameter", {"name": "/db", "type": "SecureString", "value": "@0"})
    ),
    "c/terraform.tfstate": json.dumps(made("aws_lambda_function", {"environment": [{"variables": {"DB_PASS": "@0"}}]})),
    "plan.json": json.dumps({"variables": {"db_password": {"value": "@0"}}}),
    "tfplan.json": json.dumps(
        {
            "resource_changes": [
                {"type": "aws_secretsmanager_secret_version", "change": {"after": {"secret_string": "@0"}}}
            ]
        }
    ),
    "prod.tfvars.json": json.dumps({"db_password": "@0"}),
    ".serverless/serverless-state.json": json.dumps({"service": {"provider": {"environment": {"DB_PASSWORD": "@0"}}}}),
    "zappa_settings.json": json.dumps({"prod": {"environment_variables": {"DB_PASSWORD": "@0"}}}),
}
RULES = ("LWS007", "LWS008", "LWS010", "LWS012", "LWS013")


def found_in(folder, rules=RULES):
    analysis = Analysis(load([folder]), Given(today=dt.date(2026, 11, 23)))
    return [answer for answer in run(analysis, Selection(select=rules)) if isinstance(answer, Finding)]


@pytest.mark.parametrize("place", SECTIONS)
def test_a_token_in_a_template_is_found_wherever_it_stands(tmp_path, place):
    token = Maker(len(place)).github()
    text = HEAD + SECTIONS[place].replace("@0", token)
    (tmp_path / "template.yaml").write_text(text)
    lines = {finding.origin.line for finding in found_in(tmp_path)}
    where = {number for number, line in enumerate(text.splitlines(), 1) if token in line}
    assert lines, place
    assert lines & where or place in ("inline build specification", "user data", "output by a parameter")


@pytest.mark.parametrize("name", FILES)
def test_a_password_in_a_file_beside_a_template_is_found_on_its_line(tmp_path, name):
    password = f"Tulip{Maker(len(name)).text(9)}42"
    text = FILES[name].replace("@0", password)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text)
    lines = [finding.origin.line for finding in found_in(tmp_path, ("LWS013",))]
    assert lines == [number for number, line in enumerate(text.splitlines(), 1) if password in line]


FORMS = {
    "aws": lambda m: "AKIA" + m.text(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
    "github": lambda m: m.github(),
    "slack": lambda m: f"xoxb-{m.text(12, '0123456789')}-{m.text(12, '0123456789')}-{m.text(24)}",
    "stripe": lambda m: "sk" + "_live_" + m.text(24),
    "signed token": lambda m: m.jwt(),
    "private key": lambda m: m.pem().replace("\n", "\\n"),
    "url": lambda m: f"postgres://orders:{m.text(14)}@db.internal/orders",
    "string": lambda m: f"Server=db;User Id=app;Password={m.text(14)};",
}
AROUND = (
    "unused default",
    "mapping",
    "metadata",
    "output",
    "environment",
    "tag",
    "stage variable",
    "build environment",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", AROUND)
def test_secrets_of_every_form_are_found_around_and_in_resources(tmp_path, place, form):
    (tmp_path / "template.yaml").write_text(HEAD + SECTIONS[place].replace("@0", FORMS[form](Maker(len(form)))))
    assert found_in(tmp_path)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", [".env", "terraform.tfstate", "buildspec.yml", "samconfig.toml", "cdk.context.json"])
def test_secrets_of_every_form_are_found_in_files(tmp_path, name, form):
    secret = FORMS[form](Maker(len(form)))
    if name.endswith((".tfstate", ".json")):
        text = json.dumps({"note": {"setting": secret}}, indent=2)
    elif name == ".env":
        text = f"SETTING={secret}\n"
    else:
        text = f"setting: '{secret}'\n" if name.endswith("yml") else f"setting = '{secret}'\n"
    (tmp_path / name).write_text(text)
    assert found_in(tmp_path, ("LWS013",))


def test_the_state_inside_of_a_plan_of_terraform_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "prod.tfplan", "w") as plan:
        plan.writestr("tfstate", FILES["c/terraform.tfstate"].replace("@0", f"Tulip{Maker(1).text(9)}42"))
    assert found_in(tmp_path, ("LWS013",))


def test_what_git_ignores_is_not_read(tmp_path):
    (tmp_path / ".gitignore").write_text(".env\n")
    (tmp_path / ".env").write_text(f"DB_PASSWORD=Tulip{Maker(1).text(9)}42\n")
    assert found_in(tmp_path) == []


def test_a_default_that_a_resource_shows_is_told_once(tmp_path):
    (tmp_path / "template.yaml").write_text(
        f"{HEAD}Parameters:\n  DbPassword: {{Type: String, Default: 'Tulip{Maker(1).text(9)}42'}}\n"
        f"{FUNCTION}Environment: {{Variables: {{DB_PASSWORD: !Ref DbPassword}}}}\n"
    )
    assert [finding.rule.id for finding in found_in(tmp_path)] == ["LWS007"]
