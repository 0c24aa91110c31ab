"""AWS::Serverless::Function."""

from __future__ import annotations

from collections.abc import Mapping

from lambdaward.sources.cloudformation.node import MapNode
from lambdaward.sources.cloudformation.sam.building import Draft, build, get_att, when
from lambdaward.sources.cloudformation.sam.events import Subject, lower_events
from lambdaward.sources.cloudformation.sam.functions.alias import Published, publish
from lambdaward.sources.cloudformation.sam.functions.code import function_code
from lambdaward.sources.cloudformation.sam.functions.deployment import prefer
from lambdaward.sources.cloudformation.sam.functions.invocation import lower_invocation
from lambdaward.sources.cloudformation.sam.functions.url import lower_url
from lambdaward.sources.cloudformation.sam.policies import add_policies
from lambdaward.sources.cloudformation.sam.reading import branches, dig, is_no_value, is_null, is_set, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.roles import VERSION, Role, trust
from lambdaward.sources.cloudformation.sam.stack import Made, Stack
from lambdaward.sources.cloudformation.sam.tags import propagate, sam_tags

SAME = (
    "FunctionName",
    "Handler",
    "Runtime",
    "Description",
    "MemorySize",
    "Timeout",
    "VpcConfig",
    "Role",
    "Environment",
    "KmsKeyArn",
    "ReservedConcurrentExecutions",
    "Layers",
    "FileSystemConfigs",
    "ImageConfig",
    "PackageType",
    "Architectures",
    "SnapStart",
    "EphemeralStorage",
    "CodeSigningConfigArn",
    "RuntimeManagementConfig",
    "LoggingConfig",
    "TenancyConfig",
    "RecursiveLoop",
    "DurableConfig",
    "FunctionScalingConfig",
    "PublishToLatestPublished",
)
CAPACITY = {
    "Arn": "CapacityProviderArn",
    "PerExecutionEnvironmentMaxConcurrency": "PerExecutionEnvironmentMaxConcurrency",
    "ExecutionEnvironmentMemoryGiBPerVCpu": "ExecutionEnvironmentMemoryGiBPerVCpu",
}
QUEUE_ACTIONS = {"SQS": "sqs:SendMessage", "SNS": "sns:Publish"}


def lower_function(stack: Stack, function: Resource) -> None:
    """Replace a function by what SAM makes of it."""
    before = len(stack.made)
    properties = _properties(stack, function)
    published = publish(stack, function, properties)
    lower_url(stack, function, published)
    prefer(stack, function, published)
    role = _role(stack, function)
    lower_invocation(stack, function, role, published)
    add_policies(stack, role, function.get("Policies"))
    lower_events(stack, function, _subject(function, published, role))
    properties["Role"] = _execution_role(stack, function, role)
    stack.make(function.id, "AWS::Lambda::Function", properties, Made(function.at, function.kept))
    propagate(stack, function, before)


def _subject(function: Resource, published: Published | None, role: Role) -> Subject:
    if published:
        arn: Draft = {"Ref": published.alias}
        return Subject(function, published.alias, arn, arn, role)
    return Subject(function, function.id, {"Ref": function.id}, get_att(function.id), role)


def _properties(stack: Stack, function: Resource) -> dict[str, Draft]:
    queue = dig(function.get("DeadLetterQueue"), "TargetArn")
    provider = function.get("CapacityProviderConfig")
    held = provider.entries if isinstance(provider, MapNode) else {}
    capacity = {name: held[key] for key, name in CAPACITY.items() if key in held}
    return {
        "Code": function_code(stack, function),
        **{key: value for key, value in function.held(*SAME).items() if not is_null(function.get(key))},
        "Tags": sam_tags(function.get("Tags")),
        "TracingConfig": {"Mode": function.get("Tracing")} if _traced(stack, function) else None,
        "DeadLetterConfig": {"TargetArn": queue} if queue else None,
        "CapacityProviderConfig": {"LambdaManagedInstancesCapacityProviderConfig": capacity} if capacity else None,
    }


def _traced(stack: Stack, function: Resource) -> bool:
    tracing = stack.known(function.get("Tracing"))
    return is_set(tracing) and text(tracing) != "Disabled"


def _role(stack: Stack, function: Resource) -> Role:
    """The function's own role, with what its settings ask for."""
    role = Role(f"{function.id}Role")
    basic = (
        "AWSLambdaBasicDurableExecutionRolePolicy" if function.get("DurableConfig") else "AWSLambdaBasicExecutionRole"
    )
    role.attach_aws(f"service-role/{basic}", function.at)
    if _traced(stack, function):
        role.attach_aws("AWSXrayWriteOnlyAccess", function.key("Tracing"))
    if is_set(function.get("VpcConfig")):
        role.attach_aws("service-role/AWSLambdaVPCAccessExecutionRole", function.key("VpcConfig"))
    _allow_dead_letters(stack, role, function)
    return role


def _allow_dead_letters(stack: Stack, role: Role, function: Resource) -> None:
    queue, at = function.get("DeadLetterQueue"), function.key("DeadLetterQueue")
    if queue is None:
        return
    kind, arn = text(stack.known(dig(queue, "Type"))), dig(queue, "TargetArn")
    if kind not in QUEUE_ACTIONS or arn is None:
        stack.problem(at, "DeadLetterQueue needs Type (SQS or SNS) and TargetArn", "give both")
        return
    statement: Draft = {"Action": QUEUE_ACTIONS[kind], "Resource": arn, "Effect": "Allow"}
    document = {"Version": VERSION, "Statement": [statement]}
    role.allow({"PolicyName": "DeadLetterQueuePolicy", "PolicyDocument": document}, at)


def _execution_role(stack: Stack, function: Resource, role: Role) -> Draft:
    """The user's role, or the function's own; an `Fn::If` may give the one or the other."""
    given = function.get("Role")
    if given is None or is_null(given):
        _make_role(stack, function, role, function.inherited)
        return get_att(role.name)
    parts = branches(given)
    if parts is None or not (is_no_value(parts[1]) or is_no_value(parts[2])):
        return given
    condition, yes, no = parts
    if is_no_value(yes) and is_no_value(no):
        _make_role(stack, function, role, function.inherited)
        return get_att(role.name)
    if is_no_value(yes):
        _make_role(stack, function, role, {**function.inherited, "Condition": condition})
        return build(when(condition, get_att(role.name), no), given.span)
    negated = stack.condition(f"NOT{text(condition)}", {"Fn::Not": [{"Condition": condition}]}, given.span)
    _make_role(stack, function, role, {**function.inherited, "Condition": negated})
    return build(when(condition, yes, get_att(role.name)), given.span)


def _make_role(stack: Stack, function: Resource, role: Role, attributes: Mapping[str, Draft]) -> None:
    extras = {
        "Path": function.get("RolePath"),
        "PermissionsBoundary": function.get("PermissionsBoundary"),
        "Tags": sam_tags(function.get("Tags")),
    }
    document = function.get("AssumeRolePolicyDocument")
    role.make(stack, Made(function.at, attributes), document or trust("lambda.amazonaws.com"), extras)
