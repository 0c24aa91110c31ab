"""Links: which resource of the estate a value means, by identity first, by declared name where it is unique."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lambdaward.model import Link, Ref, Resource, ResourceId, Text, Value, alternatives, literal, show

# Where a resource's physical name is declared. Types that are not here are not linked by name.
NAMES: Mapping[str, str] = {
    "AWS::ApiGateway::RestApi": "Name",
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::Cognito::UserPool": "UserPoolName",
    "AWS::DynamoDB::GlobalTable": "TableName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::ECR::Repository": "RepositoryName",
    "AWS::Events::EventBus": "Name",
    "AWS::Events::Rule": "Name",
    "AWS::IAM::Group": "GroupName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName",
    "AWS::KMS::Alias": "AliasName",
    "AWS::Kinesis::Stream": "Name",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Lambda::LayerVersion": "LayerName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::SSM::Parameter": "Name",
    "AWS::SecretsManager::Secret": "Name",
    "AWS::Signer::SigningProfile": "ProfileName",
    "AWS::StepFunctions::StateMachine": "StateMachineName",
}
_NOT_GLOBAL = ("AWS::ApiGateway::RestApi", "AWS::Cognito::UserPool")


class Linker:
    """Resolves values to resources of one estate."""

    def __init__(self, resources: Mapping[ResourceId, Resource]) -> None:
        self._types = {identity: resource.type for identity, resource in resources.items()}
        self.names: dict[ResourceId, Value] = {}
        self._named: dict[tuple[str, str], list[ResourceId]] = {}
        for identity, resource in resources.items():
            name = resource.properties.get(NAMES.get(resource.type, ""))
            if isinstance(name, str | Text):
                self.names[identity] = name
                if resource.type not in _NOT_GLOBAL:
                    self._named.setdefault((resource.type, show(name)), []).append(identity)

    def link(self, value: Value, types: Iterable[str]) -> Link | None:
        """The link that a value is, or `None` when it is absent. Alternatives that disagree have no target."""
        options = alternatives(value)
        found = [self._resolve(option, tuple(types)) for option in options if option is not None]
        if not found:
            return None
        targets = {target for target, _ in found}
        target, qualifier = found[0] if len(targets) == 1 else (None, None)
        return Link(value, target, qualifier, possible=None in options)

    def _resolve(self, value: Value, types: tuple[str, ...]) -> tuple[ResourceId | None, Value]:
        if isinstance(value, Text):
            for position, part in enumerate(value.parts):
                if isinstance(part, Ref) and self._types.get(part.resource) in types:
                    return part.resource, _qualifier(value.parts[position + 1 :])
        written = show(value) if isinstance(value, str | Text) else literal(value)
        if not written:
            return None, None
        name, qualifier = name_in(written)
        for kind in types:
            for candidate in (name, written):
                identities = self._named.get((kind, candidate), [])
                if len(identities) == 1:
                    return identities[0], qualifier
        return None, None


def _qualifier(rest: tuple[object, ...]) -> Value:
    """What follows a function's name or ARN behind a colon: a version or alias."""
    if not rest or not isinstance(rest[0], str) or not rest[0].startswith(":"):
        return None
    head = rest[0][1:]
    if len(rest) == 1:
        return head or None
    return Text((head, *rest[1:]) if head else tuple(rest[1:]))  # type: ignore[arg-type]


def name_in(written: str) -> tuple[str, Value]:
    """The resource's name inside of a name, ARN or URL, and a function's qualifier."""
    if written.startswith(("http://", "https://")):
        return written.rstrip("/").rsplit("/", 1)[-1], None
    if not written.startswith("arn:"):
        name, colon, qualifier = written.partition(":")
        return (name, qualifier) if colon else (written, None)
    fields = written.split(":", 5)
    resource = fields[5] if len(fields) == 6 else ""
    if len(fields) == 6 and fields[2] == "lambda" and resource.startswith("function:"):
        name, _, qualifier = resource.removeprefix("function:").partition(":")
        return name, qualifier or None
    if fields[2:3] == ["s3"]:
        return resource.split("/", 1)[0], None
    if fields[2:3] == ["secretsmanager"]:
        name = resource.removeprefix("secret:")
        return (name[:-7] if len(name) > 7 and name[-7] == "-" else name), None
    for separator in ("/", ":"):
        head, found, tail = resource.partition(separator)
        if found and head.islower():
            return tail, None
    return resource, None
