"""Which operations answer with what stands in a template and in its resources' properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lambdaward.analysis.access import Access
from lambdaward.model import Place, Pseudo, Unknown, Value, dig, literal, text

# Operations that answer with a property, by type and first key; the rest of a template is told by CloudFormation alone.
_BY_TYPE: Mapping[str, tuple[str, ...]] = {
    "AWS::ApiGateway::Stage": ("apigateway:GET",),
    "AWS::ApiGatewayV2::Stage": ("apigateway:GET",),
    "AWS::ApiGateway::Method": ("apigateway:GET",),
    "AWS::CodeBuild::Project": ("codebuild:BatchGetProjects",),
    "AWS::EC2::Instance": ("ec2:DescribeInstanceAttribute",),
    "AWS::EC2::LaunchTemplate": ("ec2:DescribeLaunchTemplateVersions",),
    "AWS::ECS::TaskDefinition": ("ecs:DescribeTaskDefinition",),
    "AWS::Events::Rule": ("events:ListTargetsByRule",),
    "AWS::Lambda::EventSourceMapping": ("lambda:GetEventSourceMapping", "lambda:ListEventSourceMappings"),
    "AWS::Lambda::Function": ("lambda:GetFunction", "lambda:GetFunctionConfiguration", "lambda:ListFunctions"),
    "AWS::Lambda::LayerVersion": ("lambda:GetLayerVersion", "lambda:ListLayerVersions"),
    "AWS::Scheduler::Schedule": ("scheduler:GetSchedule",),
    "AWS::SecretsManager::Secret": ("secretsmanager:GetSecretValue",),
    "AWS::SSM::Parameter": ("ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:GetParameterHistory"),
    "AWS::StepFunctions::StateMachine": ("states:DescribeStateMachine",),
}  # fmt: skip
_TAGS = {
    "AWS::Lambda::Function": ("lambda:ListTags", "lambda:GetFunction", "tag:GetResources"),
    "AWS::S3::Bucket": ("s3:GetBucketTagging", "tag:GetResources"),
    "AWS::DynamoDB::Table": ("dynamodb:ListTagsOfResource", "tag:GetResources"),
}
_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Description": ("GetTemplate", "GetTemplateSummary", "DescribeStacks", "ListStacks"),
    "Metadata": ("GetTemplate", "GetTemplateSummary"),
    "Outputs": ("DescribeStacks", "GetTemplate"),
    "Parameters": ("GetTemplate", "GetTemplateSummary", "DescribeStacks"),
}


def ways(access: Access, place: Place) -> Iterator[tuple[str, Value]]:
    """The operations that answer with what stands at a place of a template, each with the resource it is called on."""
    stack, path = _stack(place), place.path
    part = access.estate.parts.get(place.resource)
    if part:
        named = _SECTIONS.get(str(path[0]), ("GetTemplate",))
        hidden = literal(dig(part.properties, *path[:2], "NoEcho")) in ("true", True)
        yield from ((f"cloudformation:{name}", stack) for name in named if not (hidden and name == "DescribeStacks"))
        if path[0] == "Outputs" and dig(part.properties, *path[:2], "Export") is not None:
            yield "cloudformation:ListExports", "*"
        return
    resource = access.estate.resources[place.resource]
    tagged = ("tag:GetResources",) if path[:1] == ("Tags",) else ()
    own = (_TAGS.get(resource.type) or tagged) if tagged else _BY_TYPE.get(resource.type, ())
    target = access.names.arn(place.resource)
    yield from ((name, target) for name in own)
    if place.resource.stack not in access.estate.accounts:
        yield "cloudformation:GetTemplate", stack


def _stack(place: Place) -> Value:
    """The ARN of the stack that a template becomes: its name is given at deployment."""
    name = place.resource.stack
    where = (Pseudo("AWS::Region", name), ":", Pseudo("AWS::AccountId", name))
    made = Pseudo("AWS::StackName", name)
    return text("arn:", Pseudo("AWS::Partition", name), ":cloudformation:", *where, ":stack/", made, "/", Unknown(_ID))


_ID = "the id of a stack is made when it is created"
