# ruff: noqa: E501 - tables of words
"""Templates at random: mostly sensible, some nonsense, and some damaged afterwards."""

import json
from random import Random

import yaml

NAMES = ["Name", "Stage", "Names", "Secret", "Table", "Queue", "Handler", "Role", "Child", "Loop", "Missing", "AWS::Region",
         "AWS::NoValue", "AWS::StackName", "Map", "Yes", "No", "Open", "", "Handler.Arn", "Child.Outputs.Out", "x" * 300]  # fmt: skip
TEXTS = ["", "x", "${Name}", "${Table.Arn}-${!x}", "{{resolve:ssm:/a}}", "{{resolve:secretsmanager:${Name}}}", "a,b,c", "*",
         "arn:aws:s3:::b/*", "../../etc/passwd", "child.yaml", "snippet.yaml", "template.yaml", "src/", "10.0.0.0/16", "\u2028", "é\ud800",
         "<script>", "\x1b[31m", "-1", "99999999999999999999", "true", "${", "${${Name}}", "&{Loop}", "python3.12", "NONE"]  # fmt: skip
FUNCTIONS = ["Ref", "Fn::GetAtt", "Fn::Sub", "Fn::Join", "Fn::Split", "Fn::Select", "Fn::FindInMap", "Fn::If", "Fn::And", "Fn::Or",
             "Fn::Not", "Fn::Equals", "Condition", "Fn::Base64", "Fn::Cidr", "Fn::GetAZs", "Fn::ImportValue", "Fn::Length",
             "Fn::ToJsonString", "Fn::Transform", "Fn::ForEach::Loop", "Fn::Frobnicate"]  # fmt: skip
TYPES = ["AWS::Serverless::Function", "AWS::Serverless::Api", "AWS::Serverless::HttpApi", "AWS::Serverless::SimpleTable",
         "AWS::Serverless::LayerVersion", "AWS::Serverless::StateMachine", "AWS::Serverless::Connector", "AWS::Serverless::Application",
         "AWS::Lambda::Function", "AWS::Lambda::Permission", "AWS::Lambda::Url", "AWS::IAM::Role", "AWS::IAM::Policy", "AWS::S3::Bucket",
         "AWS::SQS::QueuePolicy", "AWS::ApiGateway::RestApi", "AWS::CloudFormation::Stack", "Custom::Thing", "Nonsense", ""]  # fmt: skip
KEYS = ["Handler", "Runtime", "CodeUri", "Code", "ZipFile", "S3Key", "Role", "Policies", "Statement", "Effect", "Action", "Resource",
        "Principal", "Events", "Type", "Properties", "Path", "Method", "Environment", "Variables", "Layers", "VpcConfig", "Auth",
        "DefinitionBody", "paths", "/x", "get", "Cors", "StageName", "FunctionUrlConfig", "AuthType", "Queue", "Bucket", "Schedule",
        "AutoPublishAlias", "DeploymentPreference", "PolicyDocument", "AssumeRolePolicyDocument", "ManagedPolicyArns", "TemplateURL",
        "Location", "Parameters", "Source", "Destination", "Permissions", "Id", "Tags", "Metadata", "<<", "Fn::Transform", "Name"]  # fmt: skip


def files(rng: Random) -> dict[str, bytes]:
    """The files of one input: a template, and what it may nest or include."""
    names = [
        "template.yaml",
        *(name for name in ("child.yaml", "snippet.yaml", "samconfig.toml") if rng.random() < 0.3),
    ]
    return {name: _damaged(rng, _written(rng, template(rng))) for name in names}


def template(rng: Random) -> dict:
    """A template with all sections, each now and then replaced by anything."""
    sections = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": rng.choice(
            [["AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"], "AWS::Serverless-2016-10-31", "Mine"]
        ),
        "Parameters": {
            "Name": {"Type": "String"},
            "Stage": {"Type": "String", "Default": rng.choice(TEXTS)},
            "Names": {"Type": "CommaDelimitedList", "Default": "a,b"},
            "Secret": {"Type": "String", "NoEcho": True, "Default": "hunter2"},
        },
        "Mappings": {"Map": {"a": {"b": rng.choice(TEXTS), "c": [1, 2]}}},
        "Conditions": {name: anything(rng, 4) for name in ("Yes", "No", "Open")},
        "Globals": {"Function": anything(rng, 3), "Api": anything(rng, 3)},
        "Resources": {name: _resource(rng) for name in rng.sample(NAMES, rng.randint(1, 8))},
        "Outputs": {"Out": {"Value": anything(rng, 4), "Export": {"Name": anything(rng, 2)}}},
    }
    for name in sections:
        if rng.random() < 0.05:
            sections[name] = anything(rng, 3)
    return sections


def _resource(rng: Random) -> object:
    if rng.random() < 0.05:
        return anything(rng, 3)
    properties = {rng.choice(KEYS): anything(rng, 5) for _ in range(rng.randint(0, 8))}
    return {
        "Type": rng.choice(TYPES),
        "Properties": properties,
        **({"Condition": rng.choice(NAMES)} if rng.random() < 0.3 else {}),
    }


def anything(rng: Random, depth: int) -> object:
    """A scalar, a function, a list or a mapping."""
    choice = rng.random()
    if depth == 0 or choice < 0.3:
        return rng.choice([rng.choice(TEXTS), rng.choice(NAMES), rng.randint(-2, 2000), True, False, None, 1.5])
    if choice < 0.6:
        return {rng.choice(FUNCTIONS): _argument(rng, depth - 1)}
    if choice < 0.8:
        return [anything(rng, depth - 1) for _ in range(rng.randint(0, 4))]
    return {rng.choice(KEYS): anything(rng, depth - 1) for _ in range(rng.randint(0, 4))}


def _argument(rng: Random, depth: int) -> object:
    choice = rng.random()
    if choice < 0.4:
        return rng.choice(NAMES)
    if choice < 0.8:
        return [rng.choice([*NAMES, 0, 1, ","]), *(anything(rng, depth) for _ in range(rng.randint(1, 3)))]
    return (
        {"Name": "AWS::Include", "Parameters": {"Location": rng.choice(TEXTS)}}
        if choice < 0.85
        else anything(rng, depth)
    )


def _written(rng: Random, data: dict) -> bytes:
    if rng.random() < 0.5:
        return json.dumps(data, indent=rng.choice([None, 2])).encode()
    return yaml.safe_dump(json.loads(json.dumps(data).replace("\\ud800", "")), sort_keys=False).encode()


def _damaged(rng: Random, data: bytes) -> bytes:
    """The text with a few bytes changed, cut, doubled or moved."""
    damaged = bytearray(data)
    for _ in range(rng.choice([0, 0, 0, 1, 2, 5, 20])):
        start, length = rng.randrange(len(damaged) + 1), rng.choice([1, 2, 10, 100])
        piece = damaged[start : start + length]
        match rng.randrange(5):
            case 0:
                damaged[start : start + 1] = rng.choice(
                    [b"\0", b"\xff", b"\t", b"&a ", b"*a", b"!", b"{", b"]", b"#", b"\n", b"\xef\xbb\xbf"]
                )
            case 1:
                del damaged[start : start + length]
            case 2:
                damaged[start:start] = piece * rng.choice([1, 3, 30])
            case 3:
                other = rng.randrange(len(damaged) + 1)
                damaged[other:other] = piece
            case _:
                damaged[start:start] = rng.choice([*NAMES, *FUNCTIONS]).encode()
    return bytes(damaged)
