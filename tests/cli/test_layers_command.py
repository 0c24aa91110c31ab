"""`lambdaward layers`: who publishes each layer, and what is behind it."""

import json

import pytest

INSIGHTS = "arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:14"
STRANGE = "arn:aws:lambda:eu-west-1:210987654321:layer:tools:3"
TEMPLATE = f"""
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {{Runtime: python3.13, Role: !GetAtt Reader.Arn, Layers: [!Ref Shared, {INSIGHTS}]}}
  Billing:
    Type: AWS::Lambda::Function
    Properties: {{Runtime: python3.13, Role: !GetAtt Reader.Arn, Layers: [!Ref Shared]}}
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {{}}
      Policies:
        - PolicyName: read
          PolicyDocument:
            Statement:
              Effect: Allow
              Action: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"]
              Resource: !Ref Password
  Password:
    Type: AWS::SecretsManager::Secret
    Properties: {{Name: password}}
  Shared:
    Type: AWS::Lambda::LayerVersion
    Properties: {{Content: {{S3Bucket: layers, S3Key: shared.zip}}}}
"""


def test_behind_a_layer_are_its_functions_their_roles_and_what_they_reach(run, write):
    write(**{"template.yaml": TEMPLATE})
    ran = run("layers")
    assert (ran.code, ran.err) == (0, "")
    shared = ran.out.partition("template.yaml/Shared: own\n")[2]
    assert "  it runs in Orders, Billing, with Reader\n" in shared
    assert "  from there one reaches secret Password\n" in shared
    assert f"{INSIGHTS}: AWS\n  it runs in Orders, with Reader\n" in ran.out


@pytest.mark.parametrize(
    ("layer", "code", "whose"),
    [
        (STRANGE, 1, "nobody known"),
        (STRANGE.replace("eu-west-1:210987654321", "${AWS::Region}:${AWS::AccountId}"), 0, "own"),
        (STRANGE.replace("210987654321", "${Account}"), 4, "not known"),
    ],
)
def test_whose_a_layer_is_decides_the_exit_code(run, write, layer, code, whose):
    parameters = "Parameters:\n  Account: {Type: String}\n"
    write(**{"template.yaml": parameters + TEMPLATE.replace(INSIGHTS, f'!Sub "{layer}"')})
    ran = run("layers")
    assert (ran.code, f": {whose}\n" in ran.out) == (code, True), ran.out


def test_a_trusted_account_is_trusted(run, write):
    write(**{"template.yaml": TEMPLATE.replace(INSIGHTS, STRANGE)})
    ran = run("layers", "--trusted-account", "210987654321")
    assert (ran.code, f"{STRANGE}: trusted\n" in ran.out) == (0, True)


def test_json_lists_everything(run, write):
    write(**{"template.yaml": TEMPLATE})
    said = {each["layer"]: each for each in json.loads(run("layers", "--format", "json").out)["layers"]}
    shared = said["template.yaml/Shared"]
    assert shared["functions"] == ["template.yaml/Orders", "template.yaml/Billing"]
    assert {"kind": "secret", "name": "Password", "access": "read"} in shared["reached"]


def test_a_foreign_layer_is_told_with_what_is_behind_it(run, write):
    write(**{"template.yaml": TEMPLATE.replace(INSIGHTS, STRANGE)})
    said = json.loads(run("scan", "--select", "LWP003", "--format", "json").out)
    [finding] = said["findings"]
    assert finding["evidence"] or finding["message"]
    assert "from there one reaches secret Password" in json.dumps(finding)


def test_what_the_components_of_a_layer_can_do_is_told_where_its_content_is_here(run, write):
    template = TEMPLATE.replace("{S3Bucket: layers, S3Key: shared.zip}", "shared")
    source = "import socket\nsocket.socket()\n"
    manifest = '{"name": "left-pad", "version": "1.3.0"}'
    files = {
        "shared/python/net.py": source,
        "shared/nodejs/node_modules/left-pad/package.json": manifest,
        "shared/nodejs/node_modules/left-pad/run.sh": "ls\n",
    }
    write(**{"template.yaml": template, **files})
    assert "  own code can: network\n  pkg:npm/left-pad@1.3.0 can: exec\n  it runs in Orders" in run("layers").out
    told = {each["layer"]: each["capabilities"] for each in json.loads(run("layers", "--format", "json").out)["layers"]}
    assert told == {
        INSIGHTS: None,
        "template.yaml/Shared": {"own code": ["network"], "pkg:npm/left-pad@1.3.0": ["exec"]},
    }


def test_a_layer_that_an_account_described_is_its_publishers_not_ones_own(run, write):
    arn, own = "arn:aws:lambda:eu-west-1:111122223333", "arn:aws:lambda:eu-west-1:111122223333:layer:tools:2"
    layers = [{"Arn": layer} for layer in (INSIGHTS, STRANGE, own)]
    function = {"FunctionName": "orders", "FunctionArn": f"{arn}:function:orders", "CodeSha256": "x", "Layers": layers}
    described = {"LayerVersionArn": STRANGE, "Content": {"CodeSha256": "x"}}
    write(**{"functions.json": json.dumps({"Functions": [function]}), "layer.json": json.dumps(described)})
    ran = run("layers")
    assert ran.code == 1
    assert f"{INSIGHTS}: AWS\n" in ran.out
    assert f"{STRANGE}: nobody known\n" in ran.out
    assert f"{own}: own\n" in ran.out
