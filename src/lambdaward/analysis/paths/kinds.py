"""Which resources of an estate are of a kind of AWS's service authorization reference."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# By service and kind, the CloudFormation type and the property that names the role it runs as.
TYPES: Mapping[tuple[str, str], tuple[str, str]] = MappingProxyType(
    {
        ("apigateway", "RestApi"): ("AWS::ApiGateway::RestApi", ""),
        ("cloudfront", "distribution"): ("AWS::CloudFront::Distribution", ""),
        ("codebuild", "project"): ("AWS::CodeBuild::Project", "ServiceRole"),
        ("cognito-idp", "userpool"): ("AWS::Cognito::UserPool", ""),
        ("ecr", "repository"): ("AWS::ECR::Repository", ""),
        ("iam", "group"): ("AWS::IAM::Group", ""),
        ("iam", "policy"): ("AWS::IAM::ManagedPolicy", ""),
        ("iam", "role"): ("AWS::IAM::Role", ""),
        ("iam", "user"): ("AWS::IAM::User", ""),
        ("kms", "key"): ("AWS::KMS::Key", ""),
        ("lambda", "capacityProvider"): ("AWS::Lambda::CapacityProvider", ""),
        ("lambda", "code-signing-config"): ("AWS::Lambda::CodeSigningConfig", ""),
        ("lambda", "eventSourceMapping"): ("AWS::Lambda::EventSourceMapping", ""),
        ("lambda", "function"): ("AWS::Lambda::Function", "Role"),
        ("lambda", "microvmImage"): ("AWS::Lambda::MicrovmImage", ""),
        ("lambda", "networkConnector"): ("AWS::Lambda::NetworkConnector", ""),
        ("lambda", "webFunction"): ("AWS::Lambda::WebFunction", ""),
        ("lambda", "webFunctionEndpoint"): ("AWS::Lambda::WebFunctionEndpoint", ""),
        ("logs", "log-group"): ("AWS::Logs::LogGroup", ""),
        ("s3", "bucket"): ("AWS::S3::Bucket", ""),
        ("sns", "topic"): ("AWS::SNS::Topic", ""),
        ("states", "statemachine"): ("AWS::StepFunctions::StateMachine", "RoleArn"),
    }
)
