"""AWS::Serverless::MicrovmImage and AWS::Serverless::NetworkConnector: images of MicroVMs, and their way into a VPC."""

from __future__ import annotations

from lambdaward.sources.cloudformation.sam.building import Draft, get_att, sub
from lambdaward.sources.cloudformation.sam.functions.code import s3_parts
from lambdaward.sources.cloudformation.sam.operators import LAMBDA, inherited_tags, operator_role, own_tags
from lambdaward.sources.cloudformation.sam.reading import entries, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.roles import VERSION, Role, trust
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

SAME = (
    "Name",
    "BaseImageArn",
    "BaseImageVersion",
    "Description",
    "Logging",
    "EgressNetworkConnectors",
    "CpuConfigurations",
    "Resources",
    "AdditionalOsCapabilities",
    "Hooks",
)
DEFAULTS: dict[str, Draft] = {
    "Description": "",
    "Logging": {},
    "EgressNetworkConnectors": [],
    "CpuConfigurations": [],
    "Resources": [],
    "AdditionalOsCapabilities": [],
    "Hooks": {},
}
LOGS = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]


def lower_network_connector(stack: Stack, connector: Resource) -> None:
    """Replace a network connector."""
    kinds = connector.get("ComputeTypes") or ["MicroVm"]
    network = {**entries(connector.get("VpcConfig")), "AssociatedComputeResourceTypes": kinds}
    properties: dict[str, Draft] = {
        **connector.held("Name"),
        "Configuration": {"VpcEgressConfiguration": network},
        "OperatorRole": operator_role(stack, connector, "AWSLambdaNetworkConnectorOperatorPolicy"),
        "Tags": own_tags(connector),
    }
    stack.make(connector.id, "AWS::Lambda::NetworkConnector", properties, Made(connector.at, connector.kept))


def lower_microvm_image(stack: Stack, image: Resource) -> None:
    """Replace a MicroVM image."""
    variables = entries(image.get("EnvironmentVariables"))
    properties: dict[str, Draft] = {
        **DEFAULTS,
        **image.held(*SAME),
        "CodeArtifact": {"Uri": image.get("CodeUri")},
        "BuildRoleArn": image.get("BuildRoleArn") or _build_role(stack, image),
        "EnvironmentVariables": [{"Key": name, "Value": held} for name, held in variables.items()],
        "Tags": own_tags(image),
    }
    stack.make(image.id, "AWS::Lambda::MicrovmImage", properties, Made(image.at, image.kept))


def _build_role(stack: Stack, image: Resource) -> Draft:
    """A role that may read the code from its bucket, and log."""
    code = stack.known(image.get("CodeUri"))
    bucket: Draft = s3_parts(text(code)).get("Bucket") or {"Fn::Select": [2, {"Fn::Split": ["/", code]}]}
    objects = sub("arn:${AWS::Partition}:s3:::${__Bucket__}/*", __Bucket__=bucket)
    statements: list[Draft] = [
        {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": objects},
        {"Effect": "Allow", "Action": LOGS, "Resource": "*"},
    ]
    role = Role(f"{image.id}BuildRole")
    document: Draft = {"Version": VERSION, "Statement": statements}
    role.allow({"PolicyName": "MicrovmImageBuildPolicy", "PolicyDocument": document}, image.at)
    made = Made(image.at, image.inherited)
    return get_att(role.make(stack, made, trust(LAMBDA), {"Tags": inherited_tags(image)}))
