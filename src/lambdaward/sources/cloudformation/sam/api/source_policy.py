"""ResourcePolicy of a REST API: who may call it, by account, address, VPC or endpoint, and statements of the user's own."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import MapNode, Node, ScalarNode, Span
from lambdaward.sources.cloudformation.sam.api.document import ANY, REST_PARAMETER, methods_of
from lambdaward.sources.cloudformation.sam.building import Draft, build, put, sub
from lambdaward.sources.cloudformation.sam.reading import canonical, is_null, items, text
from lambdaward.sources.cloudformation.sam.roles import VERSION

POLICY = "x-amazon-apigateway-policy"
ACCOUNTS = {"AwsAccountWhitelist": "Allow", "AwsAccountBlacklist": "Deny"}
ADDRESSES = {"IpRangeWhitelist": "NotIpAddress", "IpRangeBlacklist": "IpAddress"}
NETWORKS = {"Blacklist": "StringEquals", "Whitelist": "StringNotEquals"}
INVOKE = "execute-api:Invoke"


class Statements:
    """The statements of an API's resource policy. Those that are there already are not added again."""

    def __init__(self, written: Node | None) -> None:
        self._held = list(items(written))
        self._known = {canonical(node) for node in self._held}
        self._added = False

    def add(self, statement: Draft, at: Span, *, always: bool = False) -> None:
        """Add a statement, unless it is there; `always` adds it in any case."""
        node = build(statement, at)
        content = canonical(node)
        if always or content not in self._known:
            self._held.append(node)
        self._known.add(content)
        self._added = True

    def into(self, document: MapNode) -> MapNode:
        """A definition with the statements, when any were added."""
        if not self._added:
            return document
        document = put(document, (POLICY, "Version"), VERSION, document.span)
        return put(document, (POLICY, "Statement"), self._held, document.span)


def add_resource_policy(statements: Statements, policy: MapNode, *paths: list[Draft]) -> None:
    """Add the statements that a resource policy means for the resources of some paths."""
    for resources in paths:
        _restrict(statements, policy, resources)
    for custom in _values(policy, "CustomStatements"):
        statements.add(custom, policy.span)


def _restrict(statements: Statements, policy: MapNode, resources: list[Draft]) -> None:
    for key, effect in ACCOUNTS.items():
        if named := _values(policy, key):
            statement: Draft = {"Effect": effect, "Action": INVOKE, "Resource": resources, "Principal": {"AWS": named}}
            statements.add(statement, policy.span, always=True)
    for key, operator in ADDRESSES.items():
        if named := _values(policy, key):
            _only(statements, policy, resources, {operator: {"aws:SourceIp": named}})
    for suffix, operator in NETWORKS.items():
        if found := _networks(policy, suffix):
            _only(statements, policy, resources, {operator: found})


def path_resources(path: str, item: Node | None, stage: Draft) -> list[Draft]:
    """The resources of a path for its policy: each of its methods in a stage."""
    methods = ["*" if name in (ANY, "any") else name.upper() for name in methods_of(item)]
    bare = REST_PARAMETER.sub("*", path)
    return [sub("execute-api:/${__Stage__}/" + method + bare, __Stage__=stage) for method in methods]


def _values(policy: MapNode, key: str) -> list[Node]:
    return [node for node in items(policy.get(key)) if not is_null(node)]


def _networks(policy: MapNode, suffix: str) -> dict[str, Draft]:
    """VPCs and endpoints of one list: by their ids, or in the lists for intrinsic functions."""
    named = [node for node in _values(policy, f"SourceVpc{suffix}") if isinstance(node, ScalarNode)]
    vpcs = [node for node in named if text(node).startswith("vpc-")] + _values(policy, f"IntrinsicVpc{suffix}")
    ends = [node for node in named if text(node).startswith("vpce-")] + _values(policy, f"IntrinsicVpce{suffix}")
    found: dict[str, Draft] = {"aws:SourceVpc": vpcs, "aws:SourceVpce": ends}
    return {key: nodes for key, nodes in found.items() if nodes}


def _only(statements: Statements, policy: MapNode, resources: list[Draft], condition: Draft) -> None:
    """Everybody is allowed, and what the condition meets is denied."""
    shared: dict[str, Draft] = {"Action": INVOKE, "Resource": resources, "Principal": "*"}
    statements.add({"Effect": "Allow", **shared}, policy.span)
    statements.add({"Effect": "Deny", **shared, "Condition": condition}, policy.span)
