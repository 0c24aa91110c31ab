"""The `Policies` of a function or state machine: managed policies, inline documents, and SAM's policy templates."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lambdaward.model import pattern
from lambdaward.sources.cloudformation.node import MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.sam.building import Draft, build, when
from lambdaward.sources.cloudformation.sam.facts import managed_policy, policy_templates
from lambdaward.sources.cloudformation.sam.reading import branches, entries, intrinsic, is_no_value, items
from lambdaward.sources.cloudformation.sam.roles import Role
from lambdaward.sources.cloudformation.sam.stack import Stack

MANAGED, DOCUMENT, TEMPLATE, NOTHING, UNKNOWN = "managed", "document", "template", "nothing", "unknown"
HOLE = pattern(r"\$\{(\w+)\}")


def add_policies(stack: Stack, role: Role, policies: Node | None) -> None:
    """Add the user's policies to a role. An inline policy is named by its place in the list."""
    for index, policy in enumerate(items(policies)):
        kind = _kind(policy)
        if kind == MANAGED:
            role.attach(_each(policy, _arn), policy.span)
        elif kind in (DOCUMENT, TEMPLATE):
            name = f"{role.name}Policy{index}"
            role.allow(_each(policy, partial(_inline, stack, name)), policy.span)
        elif kind == UNKNOWN:
            remedy = "give a managed policy, a document with `Statement`, or one of SAM's policy templates"
            stack.problem(policy.span, f"policy {index} of {role.name} is of no known kind", remedy)


def _kind(policy: Node) -> str:
    if (parts := branches(policy)) is not None:
        kinds = {_kind(parts[1]), _kind(parts[2])} - {NOTHING}
        return kinds.pop() if len(kinds) == 1 else UNKNOWN if kinds else NOTHING
    if is_no_value(policy):
        return NOTHING
    if isinstance(policy, ScalarNode) or intrinsic(policy):
        return MANAGED
    held = entries(policy)
    if "Statement" in held:
        return DOCUMENT
    return TEMPLATE if len(held) == 1 and next(iter(held)) in policy_templates() else UNKNOWN


def _each(policy: Node, step: Callable[[Node], Draft]) -> Draft:
    """Apply a step to a policy, or to each branch of an `Fn::If`."""
    parts = branches(policy)
    if parts is None:
        return policy if is_no_value(policy) else step(policy)
    return when(parts[0], _each(parts[1], step), _each(parts[2], step))


def _arn(policy: Node) -> Node:
    if not isinstance(policy, ScalarNode):
        return policy
    arn = managed_policy(policy.text)
    return ScalarNode(arn, policy.span, arn)


def _inline(stack: Stack, name: str, policy: Node) -> Draft:
    document = policy if "Statement" in entries(policy) else _expanded(stack, policy)
    return build({"PolicyName": name, "PolicyDocument": document}, policy.span)


def _expanded(stack: Stack, policy: Node) -> Draft:
    name, held = next(iter(entries(policy).items()))
    template = policy_templates()[name]
    values = held.value.entries if isinstance(held.value, MapNode) else {}
    missing = [parameter for parameter in template.parameters if parameter not in values]
    if missing:
        stack.problem(policy.span, f"policy template {name} has no {', '.join(missing)}", "give each of its parameters")
    given = {key: values[key].value for key in template.parameters if key in values}
    return {"Statement": [_filled(statement, given) for statement in template.statements]}


def _filled(value: Draft, given: dict[str, Node]) -> Draft:
    """A part of a template's statement with its parameters filled in."""
    if isinstance(value, dict):
        return {key: _filled(item, given) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, given) for item in value]
    if not isinstance(value, str) or "${" not in value:
        return value
    used = {name: given[name] for name in HOLE.findall(value) if name in given}
    return {"Fn::Sub": [value, used] if used else value}
