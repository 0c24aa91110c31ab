"""What Ref and GetAtt return, composed so that every spelling of a reference to one resource is the same value.

Facts: "Return values" of each type in the AWS CloudFormation template reference (read November 2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lambdaward.model import Pseudo, Ref, ResourceId, Text, Value, text

# Type -> (attributes that are the name, attributes that are the ARN, ARN). In an ARN, P is the partition, R the Region,
# A the account and N the name. `Ref` is among the names or among the ARNs.
_TABLE: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "AWS::ApiGateway::RestApi": ("Ref RestApiId", "", "arn:P:apigateway:R::/restapis/N"),
        "AWS::ApiGatewayV2::Api": ("Ref ApiId", "", "arn:P:apigateway:R::/apis/N"),
        "AWS::AppSync::GraphQLApi": ("ApiId", "Ref Arn", "arn:P:appsync:R:A:apis/N"),
        "AWS::CloudFront::Distribution": ("Ref Id", "", "arn:P:cloudfront::A:distribution/N"),
        "AWS::CodeBuild::Project": ("Ref", "Arn", "arn:P:codebuild:R:A:project/N"),
        "AWS::Cognito::IdentityPool": ("Ref", "", "arn:P:cognito-identity:R:A:identitypool/N"),
        "AWS::Cognito::UserPool": ("Ref UserPoolId", "Arn", "arn:P:cognito-idp:R:A:userpool/N"),
        "AWS::DynamoDB::GlobalTable": ("Ref", "Arn", "arn:P:dynamodb:R:A:table/N"),
        "AWS::DynamoDB::Table": ("Ref", "Arn", "arn:P:dynamodb:R:A:table/N"),
        "AWS::EC2::SecurityGroup": ("Ref GroupId Id", "", "arn:P:ec2:R:A:security-group/N"),
        "AWS::EC2::Subnet": ("Ref SubnetId", "", "arn:P:ec2:R:A:subnet/N"),
        "AWS::EC2::VPC": ("Ref VpcId", "", "arn:P:ec2:R:A:vpc/N"),
        "AWS::ECR::Repository": ("Ref", "Arn", "arn:P:ecr:R:A:repository/N"),
        "AWS::ECS::Cluster": ("Ref", "Arn", "arn:P:ecs:R:A:cluster/N"),
        "AWS::EFS::AccessPoint": ("Ref AccessPointId", "Arn", "arn:P:elasticfilesystem:R:A:access-point/N"),
        "AWS::EFS::FileSystem": ("Ref FileSystemId", "Arn", "arn:P:elasticfilesystem:R:A:file-system/N"),
        "AWS::Events::EventBus": ("Ref Name", "Arn", "arn:P:events:R:A:event-bus/N"),
        "AWS::Events::Rule": ("Ref", "Arn", "arn:P:events:R:A:rule/N"),
        "AWS::IAM::Group": ("Ref", "Arn", "arn:P:iam::A:group/N"),
        "AWS::IAM::ManagedPolicy": ("Name", "Ref PolicyArn", "arn:P:iam::A:policy/N"),
        "AWS::IAM::Role": ("Ref", "Arn", "arn:P:iam::A:role/N"),
        "AWS::IAM::User": ("Ref", "Arn", "arn:P:iam::A:user/N"),
        "AWS::KMS::Key": ("Ref KeyId", "Arn", "arn:P:kms:R:A:key/N"),
        "AWS::Kinesis::Stream": ("Ref", "Arn", "arn:P:kinesis:R:A:stream/N"),
        "AWS::KinesisFirehose::DeliveryStream": ("Ref", "Arn", "arn:P:firehose:R:A:deliverystream/N"),
        "AWS::Lambda::CodeSigningConfig": (
            "CodeSigningConfigId",
            "Ref CodeSigningConfigArn",
            "arn:P:lambda:R:A:code-signing-config:N",
        ),
        "AWS::Lambda::Function": ("Ref", "Arn", "arn:P:lambda:R:A:function:N"),
        "AWS::Logs::LogGroup": ("Ref", "", "arn:P:logs:R:A:log-group:N"),
        "AWS::OpenSearchService::Domain": ("Ref", "Arn DomainArn", "arn:P:es:R:A:domain/N"),
        "AWS::S3::Bucket": ("Ref", "Arn", "arn:P:s3:::N"),
        "AWS::SNS::Topic": ("TopicName", "Ref TopicArn", "arn:P:sns:R:A:N"),
        "AWS::SQS::Queue": ("QueueName", "Arn", "arn:P:sqs:R:A:N"),
        "AWS::SSM::Parameter": ("Ref", "", "arn:P:ssm:R:A:parameter/N"),
        "AWS::SecretsManager::Secret": ("Name", "Ref Id", "arn:P:secretsmanager:R:A:secret:N"),
        "AWS::Serverless::StateMachine": ("Name", "Ref Arn", "arn:P:states:R:A:stateMachine:N"),
        "AWS::Signer::SigningProfile": ("ProfileName", "Arn", "arn:P:signer:R:A:/signing-profiles/N"),
        "AWS::StepFunctions::StateMachine": ("Name", "Ref Arn", "arn:P:states:R:A:stateMachine:N"),
    }
)

_PARTS = {"P": "AWS::Partition", "R": "AWS::Region", "A": "AWS::AccountId"}


def returned(kind: str, attribute: str, resource: ResourceId) -> Value:
    """What `Ref` (attribute `Ref`) or `Fn::GetAtt` returns for a resource of a type.

    ARNs are composed of the stack's pseudo parameters and the name; the name, and everything only deployment gives, is a
    `Ref` hole of the resource.
    """
    names, arns, pattern = _TABLE.get(kind, ("", "", ""))
    if attribute in names.split():
        return Text((name_hole(kind, resource),))
    if attribute in arns.split():
        return _arn(pattern, kind, resource)
    if kind == "AWS::Logs::LogGroup" and attribute == "Arn":
        return text(_arn(pattern, kind, resource), ":*")
    if kind == "AWS::SQS::Queue" and attribute in ("Ref", "QueueUrl"):
        return text("https://sqs.", *_symbols("R", resource), ".", Pseudo("AWS::URLSuffix", resource.stack), "/",
                    *_symbols("A", resource), "/", name_hole(kind, resource))  # fmt: skip
    return Text((Ref(resource, attribute),))


def arn_of(kind: str, resource: ResourceId) -> Value:
    """The ARN of a resource whose type's ARN form is known, else `None`."""
    pattern = _TABLE.get(kind, ("", "", ""))[2]
    return _arn(pattern, kind, resource) if pattern else None


def name_hole(kind: str, resource: ResourceId) -> Ref:
    """The hole that stands for a resource's name."""
    names = _TABLE.get(kind, ("Ref", "", ""))[0].split()
    return Ref(resource, "Ref" if not names or "Ref" in names else names[0])


def _arn(pattern: str, kind: str, resource: ResourceId) -> str | Text:
    head, name, tail = pattern.partition("N")
    pieces: list[str | Pseudo] = []
    for field in head.split(":"):
        pieces += [*_symbols(field, resource), ":"]
    return text(*pieces[:-1], name_hole(kind, resource) if name else "", tail)


def _symbols(field: str, resource: ResourceId) -> list[str | Pseudo]:
    return [Pseudo(_PARTS[field], resource.stack)] if field in _PARTS else [field]
