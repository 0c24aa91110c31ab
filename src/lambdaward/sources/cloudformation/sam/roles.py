"""The role that SAM makes for a function or state machine: what it may do by default, and what the user's policies add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lambdaward.sources.cloudformation.node import Node, Span
from lambdaward.sources.cloudformation.sam.building import Draft, build
from lambdaward.sources.cloudformation.sam.facts import MANAGED_POLICY
from lambdaward.sources.cloudformation.sam.reading import canonical, dig
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

ROLE = "AWS::IAM::Role"
VERSION = "2012-10-17"


class Role:
    """A role under construction. Policies are added by whatever needs them, each with its position."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._managed: dict[str, Node] = {}
        self._inline: list[Node] = []
        self._documents: set[str] = set()

    def attach(self, policy: Draft, at: Span) -> None:
        """Attach a managed policy, unless it is attached already."""
        node = build(policy, at)
        self._managed.setdefault(canonical(node), node)

    def attach_aws(self, name: str, at: Span) -> None:
        """Attach one of AWS's managed policies by its path and name."""
        self.attach(MANAGED_POLICY + name, at)

    def allow(self, policy: Draft, at: Span, *, once: bool = False) -> None:
        """Add an inline policy; with `once`, unless one with the same document is there."""
        node = build(policy, at)
        document = canonical(dig(node, "PolicyDocument"))
        if not once or document not in self._documents:
            self._inline.append(node)
        self._documents.add(document)

    def make(self, stack: Stack, by: Made, trust: Draft, extras: Mapping[str, Draft]) -> str:
        """Add the role to the stack. `trust` is its assume-role policy, `extras` are further properties."""
        properties = {
            "AssumeRolePolicyDocument": trust,
            "ManagedPolicyArns": [*self._managed.values()] or None,
            "Policies": self._inline or None,
            **extras,
        }
        return stack.make(self.name, ROLE, properties, by)


def trust(service: str) -> dict[str, Draft]:
    """The assume-role policy that lets one service take the role."""
    statement: dict[str, Draft] = {"Action": ["sts:AssumeRole"], "Effect": "Allow", "Principal": {"Service": [service]}}
    return {"Version": VERSION, "Statement": [statement]}


def allowing(name: str, actions: Draft, resource: Draft) -> dict[str, Draft]:
    """An inline policy of one statement."""
    return policy(name, [{"Action": actions, "Effect": "Allow", "Resource": resource}])


def policy(name: str, statements: Sequence[Draft]) -> dict[str, Draft]:
    """An inline policy."""
    return {"PolicyName": name, "PolicyDocument": {"Statement": statements}}
