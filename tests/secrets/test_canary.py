"""Secrets planted everywhere are found, and stand in nothing that lambdaward writes: no report of any format, no error."""

import base64
import io
import json
import re
import zipfile
import zlib
from html import escape
from string import Formatter

import pytest
from making import Maker

from lambdaward.cli import main
from lambdaward.reports import FORMATS
from lambdaward.secrets import judge

TEMPLATE = """Transform: AWS::Serverless-2016-10-31
Description: deployed with {unused_description}
Parameters:
  Password: {{Type: String, NoEcho: true, Default: {parameter}}}
  Setting: {{Type: String, Default: {plain_parameter}}}
Metadata:
  note: {metadata}
Resources:
  Orders: # the token is {comment}
    Type: AWS::Serverless::Function
    Metadata: {{token: {resource_metadata}}}
    Properties:
      Runtime: python3.9
      Handler: app.handler
      CodeUri: src
      Description: uses {description}
      Layers: [!Ref Common]
      Tags: {{token: {tag}, note: {plain_tag}}}
      Environment:
        Variables:
          DB_PASS: {environment}
          PHRASE_PASSWORD: "{phrase}"
          URL: postgres://app:{url}@db.internal/x
          CONFIG: '{{"password": "{document}"}}'
          ENCODED: {encoded}
          FROM_PASSWORD: !Ref Password
          PLAIN: !Ref Setting
          KEY: "{key}"
          AWS_LAMBDA_EXEC_WRAPPER: /opt/{wrapper}
  Inline:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.9
      Handler: index.handler
      Role: !GetAtt OrdersRole.Arn
      Code:
        ZipFile: |
          import os
          PASSWORD = "{inline}"
          connect("mysql://app:{inline_url}@db.internal/x")
  Common:
    Type: AWS::Serverless::LayerVersion
    Properties: {{ContentUri: layer.zip, Description: "{layer_description}"}}
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties: {{RestApiId: x, StageName: prod, Variables: {{apiSecret: {stage}}}}}
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment:
        EnvironmentVariables: [{{Name: DEPLOY_TOKEN, Value: {build}}}]
      Source:
        BuildSpec: |
          env:
            variables:
              DB_PASSWORD: {buildspec}
  Stored:
    Type: AWS::SecretsManager::Secret
    Properties: {{SecretString: {stored}}}
  Value:
    Type: AWS::SSM::Parameter
    Properties: {{Name: /orders/password, Type: String, Value: {kept}}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {{MasterUsername: a, MasterUserPassword: {database}}}
  Broken:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {{FunctionName: !Ref Orders, EventSourceArn: "{wrong}"}}
Mappings:
  Stages: {{prod: {{password: {mapping}}}}}
Outputs:
  Token: {{Value: {output}, Description: "such as {output_description}"}}
"""
BESIDE = {
    "samconfig.toml": '[default.deploy.parameters]\nparameter_overrides = "Stage=prod OtherPassword=@0"\n',
    "terraform.tfstate": '{"outputs": {"db": {"value": "@0", "sensitive": true}}}\n',
    ".env": "DB_PASSWORD=@0\n",
    "versions.json": json.dumps(
        {
            "Versions": [
                {
                    "FunctionName": "billing",
                    "Version": "1",
                    "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:billing:1",
                    "Environment": {"Variables": {"DB_PASSWORD": "@0"}},
                }
            ]
        }
    ),
}
# Every other command that reads an estate or a package, and shows or writes something.
COMMANDS = {
    "references": [["references", "."], ["references", ".", "--format", "json"]],
    "secrets": [["secrets", "layer.zip", "src"], ["secrets", "layer.zip", "src", "--format", "json", "--all"]],
    "layers": [["layers", "."], ["layers", ".", "--format", "json"]],
    "lock": [["lock", "."], ["lock", ".", "--verify"], ["lock", "--diff", "layer.zip", "layer.zip"]],
    "sbom": [["sbom", "layer.zip"], ["sbom", "layer.zip", "--format", "spdx"], ["sbom", "template.yaml"]],
    "paths": [["paths", "."], ["paths", ".", "--format", "json"]],
    "blast-radius": [["blast-radius", "Orders", "template.yaml"], ["blast-radius", "Inline", "template.yaml"]],
    "permissions": [["permissions", "Orders", "template.yaml"], ["permissions", "Orders", "--format", "json"]],
    "why": [["why", "Orders", "s3:GetObject", "arn:aws:s3:::x/1", "template.yaml"]],
    "who-can": [["who-can", "lambda:GetFunction", "Orders", "template.yaml"]],
    "cut": [["cut", "--to", "Stored", "template.yaml"]],
    "verify": [["verify", "layer.zip", "--trace"], ["verify", "template.yaml"]],
    "diff": [["diff", "src", "."]],
    "baseline": [["baseline", "."]],
    "policy": [["policy", "check-no-new-access", "broken.yaml", "template.yaml"]],
    "errors": [
        ["scan", "broken.yaml"],
        ["scan", "terraform.tfstate"],
        ["why", ".", "no", "such"],
        ["image", "layer.zip"],
    ],
}
SLOTS = tuple(name for _, name, _, _ in Formatter().parse(TEMPLATE) if name)
TOKENS = (
    "plain_parameter",
    "plain_tag",
    "metadata",
    "comment",
    "description",
    "layer_description",
    "unused_description",
    "output",
    "output_description",
)


def make(slot, m):
    if slot in TOKENS or slot == "wrong":
        return m.github()
    if slot == "phrase":
        return m.passphrase()
    if slot == "key":
        return m.pem().replace("\n", "\\n")
    return f"Tulip{m.text(9)}42"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project full of secrets, and the secrets by where they stand."""
    folder = tmp_path_factory.mktemp("canary")
    m = Maker(77)
    values = {slot: make(slot, m) for slot in SLOTS}
    hidden = dict(values)
    hidden["encoded"] = m.hex(32)
    values["encoded"] = m.base64(json.dumps({"api_key": hidden["encoded"]}))
    hidden["code"], hidden["layer"], hidden["broken_template"] = m.github(), m.github(), m.github()
    hidden["key"] = values["key"].split("\\n")[3]
    (folder / "src").mkdir()
    (folder / "src/app.py").write_text(f'TOKEN = "{hidden["code"]}"\n')
    with zipfile.ZipFile(folder / "layer.zip", "w") as layer:
        layer.writestr("python/settings.ini", f"token = {hidden['layer']}\n")
    (folder / "template.yaml").write_text(TEMPLATE.format(**values))
    for name, text in BESIDE.items():
        hidden[name] = f"Tulip{m.text(9)}42"
        (folder / name).write_text(text.replace("@0", hidden[name]))
    (folder / "broken.yaml").write_text(f"Resources:\n  A: {{Type: 'AWS::X', token: {hidden['broken_template']}\n")
    return folder, hidden


def forms(secret):
    """A secret as outputs might write it."""
    yield secret
    yield escape(secret)
    yield json.dumps(secret)[1:-1]
    for shift in range(3):
        yield base64.b64encode(b"x" * shift + secret.encode()).decode()[4:-4]


def unpacked(text):
    """A report, with what is packed inside of it."""
    packed = re.search(r'id="data">([^<]*)</script>', text)
    return text + (zlib.decompress(base64.b64decode(packed[1]), -15).decode() if packed else "")


def leaked(text, hidden):
    return [where for where, secret in hidden.items() if any(form in text for form in forms(secret))]


@pytest.fixture(scope="module")
def written(project):
    """Everything that one scan writes: every format, stdout and stderr."""
    folder, _ = project
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        out, err = io.StringIO(), io.StringIO()
        patch.setattr("sys.stdout", out)
        patch.setattr("sys.stderr", err)
        outputs = [word for name in FORMATS for word in ("--format", f"{name}=report.{name}")]
        main(["scan", ".", "--advice", "--verbose", "--severity", "info", "--exit-zero", *outputs])
        main(["scan", ".", "--advice", "--verbose"])
    reports = {name: unpacked((folder / f"report.{name}").read_text()) for name in FORMATS}
    return {**reports, "stdout": out.getvalue(), "stderr": err.getvalue()}


def test_the_secrets_are_found(written):
    found = json.loads(written["json"])["findings"]
    told = {(finding["id"], finding["message"].split(" ")[0]) for finding in found}
    assert {name for rule, name in told if rule == "LWS007"} >= {
        "DB_PASS", "PHRASE_PASSWORD", "URL", "CONFIG", "ENCODED", "FROM_PASSWORD", "PLAIN", "KEY",
    }  # fmt: skip
    assert {rule for rule, _ in told} >= {
        "LWS003", "LWS007", "LWS008", "LWS009", "LWS010", "LWS012", "LWS013", "LWS014",
    }  # fmt: skip
    assert {name for rule, name in told if rule == "LWS010"} >= {
        "token", "note", "apiSecret", "DEPLOY_TOKEN", "BuildSpec", "password", "/orders/password", "Description",
    }  # fmt: skip


@pytest.mark.parametrize("name", [*FORMATS, "stdout", "stderr"])
def test_no_output_has_one_of_them(project, written, name):
    assert leaked(written[name], project[1]) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_no_other_command_shows_or_writes_one_of_them(project, monkeypatch, capsys, command):
    folder, hidden = project
    monkeypatch.chdir(folder)
    before = set(folder.rglob("*"))
    codes = {main(words) for words in COMMANDS[command]}
    out, err = capsys.readouterr()
    made = [path for path in folder.rglob("*") if path.is_file() and path not in before]
    texts = (out, err, *(path.read_bytes().decode("utf-8", "replace") for path in made))
    assert [leaked(text, hidden) for text in texts if leaked(text, hidden)] == []
    assert out + err
    assert 70 not in codes


def test_every_format_was_written(written):
    assert all(len(written[name]) > 200 for name in FORMATS)


def test_a_crash_has_none_of_them(project, monkeypatch, capsys):
    folder, hidden = project

    def crash(*_):
        raise RuntimeError(" ".join(hidden.values()))

    monkeypatch.chdir(folder)
    judge.cache_clear()
    monkeypatch.setattr("lambdaward.secrets.door.says", crash)
    assert main(["scan", "."]) == 70
    out, err = capsys.readouterr()
    assert "lambdaward itself failed" in err
    assert leaked(out + err, hidden) == []
