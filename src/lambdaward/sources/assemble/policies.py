"""Resource policies: read from wherever a type keeps them into one record, with the resources they guard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from lambdaward.model import Link, Resource, ResourceId, ResourcePolicy, Value, dig, items
from lambdaward.model.record import split
from lambdaward.sources.assemble.links import Linker

_FUNCTIONS = ("AWS::Lambda::Function", "AWS::Lambda::Version", "AWS::Lambda::Alias", "AWS::Lambda::WebFunction")


class Written(Struct, frozen=True):
    """Where a type keeps a resource policy. `guarded` is the path of the resources it guards, of the given types; when it is
    empty, the resource guards itself."""

    path: str
    guarded: str = ""
    types: tuple[str, ...] = ()


PLACES: Mapping[str, Written] = {
    "AWS::ApiGateway::RestApi": Written("Policy"),
    "AWS::Backup::BackupVault": Written("AccessPolicy"),
    "AWS::CodeArtifact::Domain": Written("PermissionsPolicyDocument"),
    "AWS::CodeArtifact::Repository": Written("PermissionsPolicyDocument"),
    "AWS::DynamoDB::Table": Written("ResourcePolicy.PolicyDocument"),
    "AWS::EC2::VPCEndpoint": Written("PolicyDocument"),
    "AWS::ECR::PublicRepository": Written("RepositoryPolicyText"),
    "AWS::ECR::Repository": Written("RepositoryPolicyText"),
    "AWS::EFS::FileSystem": Written("FileSystemPolicy"),
    "AWS::Events::EventBus": Written("Policy"),
    "AWS::Events::EventBusPolicy": Written("Statement", "EventBusName", ("AWS::Events::EventBus",)),
    "AWS::KMS::Key": Written("KeyPolicy"),
    "AWS::KMS::ReplicaKey": Written("KeyPolicy"),
    "AWS::Kinesis::ResourcePolicy": Written("ResourcePolicy", "ResourceArn", ("AWS::Kinesis::Stream",)),
    "AWS::Lambda::ResourcePolicy": Written("PolicyDocument", "ResourceArn", _FUNCTIONS),
    "AWS::Logs::LogGroup": Written("ResourcePolicyDocument"),
    "AWS::Logs::ResourcePolicy": Written("PolicyDocument", "ResourceArn", ("AWS::Logs::LogGroup",)),
    "AWS::OpenSearchService::Domain": Written("AccessPolicies"),
    "AWS::S3::AccessPoint": Written("Policy", "Bucket", ("AWS::S3::Bucket",)),
    "AWS::S3::BucketPolicy": Written("PolicyDocument", "Bucket", ("AWS::S3::Bucket",)),
    "AWS::SNS::TopicInlinePolicy": Written("PolicyDocument", "TopicArn", ("AWS::SNS::Topic",)),
    "AWS::SNS::TopicPolicy": Written("PolicyDocument", "Topics", ("AWS::SNS::Topic",)),
    "AWS::SQS::QueueInlinePolicy": Written("PolicyDocument", "Queue", ("AWS::SQS::Queue",)),
    "AWS::SQS::QueuePolicy": Written("PolicyDocument", "Queues", ("AWS::SQS::Queue",)),
    "AWS::SecretsManager::ResourcePolicy": Written("ResourcePolicy", "SecretId", ("AWS::SecretsManager::Secret",)),
    "AWS::VpcLattice::AuthPolicy": Written(
        "Policy", "ResourceIdentifier", ("AWS::VpcLattice::Service", "AWS::VpcLattice::ServiceNetwork")
    ),
}


def resource_policies(resources: Mapping[ResourceId, Resource], linker: Linker) -> Iterator[ResourcePolicy]:
    """Every resource policy that is written."""
    for resource in resources.values():
        written = PLACES.get(resource.type)
        document = dig(resource.properties, *split(written.path)) if written else None
        if written and document is not None:
            yield ResourcePolicy(
                id=resource.id,
                shown=resource.shown,
                subjects=_subjects(resource, written, linker),
                subject_type=(*written.types, resource.type)[0],
                path=written.path,
                document=_document(resource.type, document),
            )


def _subjects(resource: Resource, written: Written, linker: Linker) -> tuple[Link, ...]:
    if not written.guarded:
        return (Link(None, resource.id),)
    values = items(dig(resource.properties, *split(written.guarded)))
    return tuple(link for value in values if (link := linker.link(value, written.types)))


def _document(kind: str, document: Value) -> Value:
    """A bus policy is written as one bare statement; every other policy is a document."""
    if kind == "AWS::Events::EventBusPolicy" and isinstance(document, Mapping) and "Statement" not in document:
        return {"Version": "2012-10-17", "Statement": document}
    return document
