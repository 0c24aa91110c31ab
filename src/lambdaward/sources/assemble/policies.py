"""Resource policies: read from wherever a type keeps them into one record, with the resources they guard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lambdaward.model import Link, Resource, ResourceId, ResourcePolicy, Value, dig, items
from lambdaward.model.record import split
from lambdaward.sources.assemble.links import Linker

# Type -> path of the document, path of the resources it guards (empty: the resource itself), their type.
PLACES: Mapping[str, tuple[str, str, str]] = {
    "AWS::ApiGateway::RestApi": ("Policy", "", "AWS::ApiGateway::RestApi"),
    "AWS::Backup::BackupVault": ("AccessPolicy", "", "AWS::Backup::BackupVault"),
    "AWS::CodeArtifact::Domain": ("PermissionsPolicyDocument", "", "AWS::CodeArtifact::Domain"),
    "AWS::CodeArtifact::Repository": ("PermissionsPolicyDocument", "", "AWS::CodeArtifact::Repository"),
    "AWS::DynamoDB::Table": ("ResourcePolicy.PolicyDocument", "", "AWS::DynamoDB::Table"),
    "AWS::EC2::VPCEndpoint": ("PolicyDocument", "", "AWS::EC2::VPCEndpoint"),
    "AWS::ECR::Repository": ("RepositoryPolicyText", "", "AWS::ECR::Repository"),
    "AWS::EFS::FileSystem": ("FileSystemPolicy", "", "AWS::EFS::FileSystem"),
    "AWS::Events::EventBus": ("Policy", "", "AWS::Events::EventBus"),
    "AWS::Events::EventBusPolicy": ("Statement", "EventBusName", "AWS::Events::EventBus"),
    "AWS::KMS::Key": ("KeyPolicy", "", "AWS::KMS::Key"),
    "AWS::Kinesis::ResourcePolicy": ("ResourcePolicy", "ResourceArn", "AWS::Kinesis::Stream"),
    "AWS::Lambda::ResourcePolicy": ("PolicyDocument|Policy", "ResourceArn", "AWS::Lambda::Function"),
    "AWS::Logs::ResourcePolicy": ("PolicyDocument", "", "AWS::Logs::LogGroup"),
    "AWS::OpenSearchService::Domain": ("AccessPolicies", "", "AWS::OpenSearchService::Domain"),
    "AWS::S3::AccessPoint": ("Policy", "Bucket", "AWS::S3::Bucket"),
    "AWS::S3::BucketPolicy": ("PolicyDocument", "Bucket", "AWS::S3::Bucket"),
    "AWS::SNS::TopicInlinePolicy": ("PolicyDocument", "TopicArn", "AWS::SNS::Topic"),
    "AWS::SNS::TopicPolicy": ("PolicyDocument", "Topics", "AWS::SNS::Topic"),
    "AWS::SQS::QueueInlinePolicy": ("PolicyDocument", "Queue", "AWS::SQS::Queue"),
    "AWS::SQS::QueuePolicy": ("PolicyDocument", "Queues", "AWS::SQS::Queue"),
    "AWS::SecretsManager::ResourcePolicy": ("ResourcePolicy", "SecretId", "AWS::SecretsManager::Secret"),
    "AWS::VpcLattice::AuthPolicy": ("Policy", "ResourceIdentifier", "AWS::VpcLattice::Service"),
}


def resource_policies(resources: Mapping[ResourceId, Resource], linker: Linker) -> Iterator[ResourcePolicy]:
    """Every resource policy that is written."""
    for resource in resources.values():
        if resource.type not in PLACES:
            continue
        paths, guarded, kind = PLACES[resource.type]
        for path in paths.split("|"):
            document = dig(resource.properties, *split(path))
            if document is not None:
                yield ResourcePolicy(
                    id=resource.id,
                    shown=resource.shown,
                    subjects=_subjects(resource, guarded, kind, linker),
                    subject_type=kind,
                    path=path,
                    document=_document(resource.type, document),
                )
                break


def _subjects(resource: Resource, guarded: str, kind: str, linker: Linker) -> tuple[Link, ...]:
    if not guarded:
        return (Link(None, resource.id),)
    values = items(dig(resource.properties, *split(guarded)))
    return tuple(link for value in values if (link := linker.link(value, (kind,))))


def _document(kind: str, document: Value) -> Value:
    """A bus policy is written as one bare statement; every other policy is a document."""
    if kind == "AWS::Events::EventBusPolicy" and isinstance(document, Mapping) and "Statement" not in document:
        return {"Version": "2012-10-17", "Statement": document}
    return document
