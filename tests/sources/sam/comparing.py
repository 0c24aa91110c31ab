"""Compares our lowering with AWS's own, `aws-sam-translator`, by what both make of the same nodes.

Both results are brought to one spelling first: parameters are replaced by their values, `Fn::Sub` by the text that it means,
`${Api.ApiId}` by `${Api}`, which is the same, and scalars by their texts. The hash in a deployment's id is dropped: the
translator's rests on the order of dictionaries in Python 2, ours does not. Local code is replaced by a place in S3 on both
sides, as `sam package` does.
"""

import json
import logging
import os
import re
from collections.abc import Iterator
from typing import Any

from lambdaward.model import literal
from lambdaward.sources.cloudformation.node import Entry, ListNode, MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.program.parameters import parameters
from lambdaward.sources.cloudformation.sam import Lowered, lower
from lambdaward.sources.cloudformation.sam.reading import plain

REGION = "us-east-1"
PSEUDO = {"AWS::Region": REGION, "AWS::Partition": "aws"}
PACKAGED = "s3://bucket/key"
LOCAL = {"CodeUri", "ContentUri", "DefinitionUri", "SchemaUri", "Location"}
HOLE = re.compile(r"\$\{([^!{}]+)\}")
DEPLOYMENT = "AWS::ApiGateway::Deployment"


class RefusedError(Exception):
    """The translator does not take the template."""


def packaged(node: Node) -> Node:
    """A template with local code replaced by a place in S3."""
    match node:
        case ListNode():
            return ListNode(tuple(map(packaged, node.items)), node.span)
        case MapNode():
            return MapNode({k: Entry(e.key_span, _packaged(k, e.value)) for k, e in node.entries.items()}, node.span)
    return node


def _packaged(key: str, node: Node) -> Node:
    local = key in LOCAL and isinstance(node, ScalarNode) and node.value is not None
    if local and not node.text.startswith(("s3://", "https://")):
        return ScalarNode(PACKAGED, node.span, PACKAGED)
    return packaged(node)


def theirs(root: MapNode) -> dict[str, Any]:
    """What the translator makes of a template. Raises `RefusedError`."""
    os.environ["AWS_DEFAULT_REGION"] = REGION
    logging.getLogger("samtranslator").setLevel(logging.CRITICAL)
    from samtranslator.model.exceptions import ExceptionWithMessage
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    try:
        return Translator({}, Parser()).translate(json.loads(json.dumps(plain(root))), {})
    except ExceptionWithMessage as error:
        causes = getattr(error, "causes", None) or [error]
        raise RefusedError("; ".join(cause.message for cause in causes)) from None
    except (AttributeError, TypeError, KeyError, ValueError, RecursionError) as error:
        raise RefusedError(f"internal failure: {error!r}") from None


def ours(root: MapNode) -> Lowered:
    """What we make of it."""
    return lower(root, {name: parameter.value for name, parameter in parameters(root, {}).items()}, digests=True)


def resources(template: dict[str, Any], root: MapNode) -> dict[str, dict[str, Any]]:
    """The resources of a lowered template in one spelling. `root` is the template as written, for its parameters' values."""
    known = _known(root)
    held = {name: _settled(one, known) for name, one in template["Resources"].items()}
    renamed = {name: name[:-10] for name, one in held.items() if one.get("Type") == DEPLOYMENT}
    return {renamed.get(name, name): _telling(_renamed(one, renamed)) for name, one in held.items()}


def others(template: dict[str, Any], root: MapNode) -> dict[str, Any]:
    """The conditions and outputs of a lowered template in one spelling."""
    return _settled({key: template.get(key) or {} for key in ("Conditions", "Outputs")}, _known(root))


def _known(root: MapNode) -> dict[str, Any]:
    known = dict(PSEUDO)
    for name, parameter in (plain(root).get("Parameters") or {}).items():
        if isinstance(parameter, dict) and literal(parameter.get("Default")) is not None:
            known[name] = parameter["Default"]
    return known


# What we leave out or write differently on purpose, by resource type (every type under ""). `Metadata` and the `Description` of
# a deployment say nothing of the stack; `Definition` stays a structure, which engines read, while the translator writes a text
# of it with substitutions; the order of deployment that connectors, resolvers and WebSocket stages ask for (`DependsOn`) grants
# nothing; the code of a resolver that only runs its functions is not ours to write.
UNTOLD = {
    "": {"Metadata"},
    DEPLOYMENT: {"Description"},
    "AWS::StepFunctions::StateMachine": {"Definition", "DefinitionString", "DefinitionSubstitutions", "DependsOn"},
    "AWS::Lambda::EventSourceMapping": {"DependsOn"},
    "AWS::AppSync::Resolver": {"Code", "DependsOn"},
    "AWS::ApiGatewayV2::Stage": {"DependsOn"},
}
NO_VALUE = {"Ref": "AWS::NoValue"}


def _telling(resource: dict[str, Any]) -> dict[str, Any]:
    """A resource without what is left out on purpose; what has no order or says nothing is spelled in one way."""
    untold = UNTOLD[""] | UNTOLD.get(resource.get("Type", ""), set())
    held = {key: value for key, value in resource.items() if key not in untold}
    if isinstance(held.get("DependsOn"), list):
        held["DependsOn"] = sorted(held["DependsOn"])
    properties = held.get("Properties")
    if not isinstance(properties, dict):
        return held
    kept = {key: value for key, value in properties.items() if key not in untold}
    managed = kept.pop("ManagedPolicyArns", None)
    if isinstance(managed, list):
        managed = [arn for arn in managed if arn != NO_VALUE]
    return {**held, "Properties": {**kept, **({"ManagedPolicyArns": managed} if managed else {})}}


def _settled(value: Any, known: dict[str, Any]) -> Any:
    """A value with parameters resolved and one spelling for texts with holes."""
    match value:
        case {"Ref": str(name)} if len(value) == 1:
            settled = _settled(known[name], known) if name in known else value
        case {"Fn::Sub": str(text)}:
            settled = _text(text, {}, known)
        case {"Fn::Sub": [str(text), {**variables}]}:
            settled = _text(text, {name: _settled(one, known) for name, one in variables.items()}, known)
        case {"Fn::Or": list()}:
            settled = {"Fn::Or": sorted(value["Fn::Or"], key=lambda one: json.dumps(one, sort_keys=True))}
        case {"Version": _, "Statement": list()}:
            settled = _policy(value, known)
        case {"Fn::GetAtt": str(name)}:
            settled = {"Fn::GetAtt": name.split(".", 1)}
        case dict():
            settled = {key: _settled(one, known) for key, one in value.items() if one is not None}
        case list():
            settled = [_settled(one, known) for one in value]
        case bool() | int() | float():
            settled = str(value).lower().removesuffix(".0")
        case _:
            settled = value
    return settled


def _policy(document: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """A policy whose statements and resources are in an order of their own, as their order says nothing."""
    settled = {key: _settled(one, known) for key, one in document.items() if key != "Statement"}
    statements = [_settled(one, known) for one in document["Statement"]]
    for statement in statements:
        if isinstance(statement, dict) and isinstance(statement.get("Resource"), list):
            statement["Resource"].sort(key=lambda one: json.dumps(one, sort_keys=True))
    return {**settled, "Statement": sorted(statements, key=lambda one: json.dumps(one, sort_keys=True))}


def _text(text: str, variables: dict[str, Any], known: dict[str, Any]) -> Any:
    left: dict[str, Any] = {}

    def fill(match: re.Match[str]) -> str:
        name = match[1].strip()
        match variables.get(name, known.get(name)):
            case None:
                filled = f"${{{name.removesuffix('.ApiId')}}}"
            case {"Ref": str(other)}:
                filled = f"${{{other}}}"
            case {"Fn::GetAtt": [str(other), str(attribute)]}:
                filled = f"${{{other}.{attribute}}}"
            case {"Fn::Sub": str(inner)}:
                filled = inner
            case str() | bool() | int() | float() as given:
                filled = str(given)
            case other:
                left[name] = other
                filled = match[0]
        return filled

    filled = HOLE.sub(fill, text)
    if left:
        order = {name: f"Variable{index}" for index, name in enumerate(left)}
        filled = HOLE.sub(lambda match: f"${{{order.get(match[1], match[1])}}}", filled)
        return {"Fn::Sub": [filled, {order[name]: one for name, one in left.items()}]}
    if re.fullmatch(r"\$\{[A-Za-z0-9:]+\}", filled):
        return {"Ref": filled[2:-1]}
    return {"Fn::Sub": filled} if HOLE.search(filled) else filled


def _renamed(value: Any, names: dict[str, str]) -> Any:
    match value:
        case {"Ref": str(name)} if name in names:
            return {"Ref": names[name]}
        case dict():
            return {key: _renamed(one, names) for key, one in value.items()}
        case list():
            return [_renamed(one, names) for one in value]
    return value


def differences(mine: Any, other: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Where two values differ, one line each: the path, what is ours, what is the translator's."""
    if isinstance(mine, dict) and isinstance(other, dict):
        for key in dict.fromkeys([*mine, *other]):
            yield from differences(mine.get(key), other.get(key), (*path, str(key)))
    elif isinstance(mine, list) and isinstance(other, list) and len(mine) == len(other):
        for index, (one, two) in enumerate(zip(mine, other, strict=True)):
            yield from differences(one, two, (*path, str(index)))
    elif mine != other:
        yield f"{'.'.join(path)}: ours {json.dumps(mine)} theirs {json.dumps(other)}"
