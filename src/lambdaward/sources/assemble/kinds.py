"""How resources are named: what Ref and GetAtt return by type, the form of the ARN, and the property that sets the name.

Facts: "Return values" of each type in the AWS CloudFormation template reference, and the ARN formats of the service
authorization reference (both read November 2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct


class Kind(Struct, frozen=True):
    """How resources of one type are named. `names` are the attributes that are the name, `arns` those that are the ARN; the
    word `Ref` stands in one of them, or in neither where Ref returns something that only deployment gives. In `arn`, P is the
    partition, R the Region, A the account and N the name. `declared` is the property that sets the name."""

    names: str = ""
    arns: str = ""
    arn: str = ""
    declared: str = ""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "AWS::ApiGateway::RestApi": Kind("Ref RestApiId", "", "arn:P:apigateway:R::/restapis/N"),
        "AWS::ApiGatewayV2::Api": Kind("Ref ApiId", "", "arn:P:apigateway:R::/apis/N"),
        "AWS::AppSync::DataSource": Kind("Name", "Ref DataSourceArn", "", "Name"),
        "AWS::AppSync::GraphQLApi": Kind("ApiId", "Ref Arn", "arn:P:appsync:R:A:apis/N"),
        "AWS::Athena::WorkGroup": Kind("Ref", "", "arn:P:athena:R:A:workgroup/N", "Name"),
        "AWS::CloudFront::Distribution": Kind("Ref Id", "", "arn:P:cloudfront::A:distribution/N"),
        "AWS::CloudWatch::Alarm": Kind("Ref", "Arn", "arn:P:cloudwatch:R:A:alarm:N", "AlarmName"),
        "AWS::CodeBuild::Project": Kind("Ref", "Arn", "arn:P:codebuild:R:A:project/N", "Name"),
        "AWS::CodeCommit::Repository": Kind("Name", "Arn", "arn:P:codecommit:R:A:N", "RepositoryName"),
        "AWS::CodePipeline::Pipeline": Kind("Ref", "", "arn:P:codepipeline:R:A:N", "Name"),
        "AWS::Cognito::IdentityPool": Kind("Ref Id", "", "arn:P:cognito-identity:R:A:identitypool/N"),
        "AWS::Cognito::UserPool": Kind("Ref UserPoolId", "Arn", "arn:P:cognito-idp:R:A:userpool/N"),
        "AWS::DynamoDB::GlobalTable": Kind("Ref", "Arn", "arn:P:dynamodb:R:A:table/N", "TableName"),
        "AWS::DynamoDB::Table": Kind("Ref", "Arn", "arn:P:dynamodb:R:A:table/N", "TableName"),
        "AWS::EC2::SecurityGroup": Kind("Ref GroupId Id", "", "arn:P:ec2:R:A:security-group/N"),
        "AWS::EC2::Subnet": Kind("Ref SubnetId", "", "arn:P:ec2:R:A:subnet/N"),
        "AWS::EC2::VPC": Kind("Ref VpcId", "", "arn:P:ec2:R:A:vpc/N"),
        "AWS::EC2::VPCEndpoint": Kind("Ref Id", "", "arn:P:ec2:R:A:vpc-endpoint/N"),
        "AWS::ECR::Repository": Kind("Ref", "Arn", "arn:P:ecr:R:A:repository/N", "RepositoryName"),
        "AWS::ECS::Cluster": Kind("Ref", "Arn", "arn:P:ecs:R:A:cluster/N", "ClusterName"),
        "AWS::EFS::AccessPoint": Kind("Ref AccessPointId", "Arn", "arn:P:elasticfilesystem:R:A:access-point/N"),
        "AWS::EFS::FileSystem": Kind("Ref FileSystemId", "Arn", "arn:P:elasticfilesystem:R:A:file-system/N"),
        "AWS::Events::EventBus": Kind("Ref Name", "Arn", "arn:P:events:R:A:event-bus/N", "Name"),
        "AWS::Events::Rule": Kind("Ref", "Arn", "arn:P:events:R:A:rule/N", "Name"),
        "AWS::IAM::Group": Kind("Ref", "Arn", "arn:P:iam::A:group/N", "GroupName"),
        "AWS::IAM::InstanceProfile": Kind("Ref", "Arn", "arn:P:iam::A:instance-profile/N", "InstanceProfileName"),
        "AWS::IAM::ManagedPolicy": Kind("Name", "Ref PolicyArn", "arn:P:iam::A:policy/N", "ManagedPolicyName"),
        "AWS::IAM::Role": Kind("Ref", "Arn", "arn:P:iam::A:role/N", "RoleName"),
        "AWS::IAM::User": Kind("Ref", "Arn", "arn:P:iam::A:user/N", "UserName"),
        "AWS::IoT::TopicRule": Kind("Ref", "Arn", "arn:P:iot:R:A:rule/N", "RuleName"),
        "AWS::KMS::Alias": Kind("Ref", "", "arn:P:kms:R:A:N", "AliasName"),
        "AWS::KMS::Key": Kind("Ref KeyId", "Arn", "arn:P:kms:R:A:key/N"),
        "AWS::Kinesis::Stream": Kind("Ref", "Arn", "arn:P:kinesis:R:A:stream/N", "Name"),
        "AWS::KinesisFirehose::DeliveryStream": Kind(
            "Ref", "Arn", "arn:P:firehose:R:A:deliverystream/N", "DeliveryStreamName"
        ),
        "AWS::Lambda::CapacityProvider": Kind(
            "Ref", "Arn", "arn:P:lambda:R:A:capacity-provider:N", "CapacityProviderName"
        ),
        "AWS::Lambda::CodeSigningConfig": Kind(
            "CodeSigningConfigId", "Ref CodeSigningConfigArn", "arn:P:lambda:R:A:code-signing-config:N"
        ),
        "AWS::Lambda::Function": Kind("Ref", "Arn", "arn:P:lambda:R:A:function:N", "FunctionName"),
        "AWS::Lambda::LayerVersion": Kind("", "", "", "LayerName"),
        "AWS::Lambda::NetworkConnector": Kind("", "", "", "Name"),
        "AWS::Lambda::WebFunction": Kind("Ref", "Arn FunctionArn", "arn:P:lambda:R:A:web-function/N", "FunctionName"),
        "AWS::Logs::LogGroup": Kind("Ref", "", "arn:P:logs:R:A:log-group:N", "LogGroupName"),
        "AWS::OpenSearchService::Domain": Kind("Ref", "Arn DomainArn", "arn:P:es:R:A:domain/N", "DomainName"),
        "AWS::S3::Bucket": Kind("Ref", "Arn", "arn:P:s3:::N", "BucketName"),
        "AWS::SNS::Topic": Kind("TopicName", "Ref TopicArn", "arn:P:sns:R:A:N", "TopicName"),
        "AWS::SQS::Queue": Kind("QueueName", "Arn", "arn:P:sqs:R:A:N", "QueueName"),
        "AWS::SSM::Parameter": Kind("Ref", "", "", "Name"),
        "AWS::SecretsManager::Secret": Kind("Name", "Ref Id", "arn:P:secretsmanager:R:A:secret:N", "Name"),
        "AWS::Serverless::StateMachine": Kind("Name", "Ref Arn", "arn:P:states:R:A:stateMachine:N", "Name"),
        "AWS::Signer::SigningProfile": Kind(
            "ProfileName", "Arn", "arn:P:signer:R:A:/signing-profiles/N", "ProfileName"
        ),
        "AWS::StepFunctions::Activity": Kind("Name", "Ref Arn", "arn:P:states:R:A:activity:N", "Name"),
        "AWS::StepFunctions::StateMachine": Kind(
            "Name", "Ref Arn", "arn:P:states:R:A:stateMachine:N", "StateMachineName"
        ),
    }
)
