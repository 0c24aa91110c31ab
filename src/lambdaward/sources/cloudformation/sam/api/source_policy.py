"""ResourcePolicy of a REST API: who may call it, by account, address, VPC or endpoint, and statements of the user's own."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import MapNode, Node, ScalarNode
from lambdaward.sources.cloudformation.sam.api.document import ANY, REST_PARAMETER, methods_of
from lambdaward.sources.cloudformation.sam.building import Draft, build, put, sub
from lambdaward.sources.cloudformation.sam.reading import dig, is_null, items, plain, text
from lambdaward.sources.cloudformation.sam.roles import VERSION

POLICY = "x-amazon-apigateway-policy"
ACCOUNTS = {"AwsAccountWhitelist": "Allow", "AwsAccountBlacklist": "Deny"}
ADDRESSES = {"IpRangeWhitelist": "NotIpAddress", "IpRangeBlacklist": "IpAddress"}
NETWORKS = {"Blacklist": "StringEquals", "Whitelist": "StringNotEquals"}
INVOKE = "execute-api:Invoke"


def add_resource_policy(document: MapNode, policy: MapNode, where: tuple[str, Node | None]) -> MapNode:
    """Add the statements that a resource policy means for one path. `where` is the path and the stage's name."""
    resources = _resources(document, where)
    for key, effect in ACCOUNTS.items():
        if named := _values(policy, key):
            statement: dict[str, Draft] = {"Effect": effect, "Principal": {"AWS": named}}
            document = _add(document, policy, [{**statement, "Action": INVOKE, "Resource": resources}], always=True)
    for key, operator in ADDRESSES.items():
        if named := _values(policy, key):
            document = _only(document, policy, resources, {operator: {"aws:SourceIp": named}})
    for suffix, operator in NETWORKS.items():
        if found := _networks(policy, suffix):
            document = _only(document, policy, resources, {operator: found})
    custom: list[Draft] = [node for node in items(policy.get("CustomStatements")) if not is_null(node)]
    return _add(document, policy, custom) if custom else document


def _values(policy: MapNode, key: str) -> list[Node]:
    return [node for node in items(policy.get(key)) if not is_null(node)]


def _resources(document: MapNode, where: tuple[str, Node | None]) -> list[Draft]:
    path, stage = where
    methods = ["*" if name in (ANY, "any") else name.upper() for name in methods_of(document, path)]
    bare = REST_PARAMETER.sub("*", path)
    return [sub("execute-api:/${__Stage__}/" + method + bare, __Stage__=stage) for method in methods]


def _networks(policy: MapNode, suffix: str) -> dict[str, Draft]:
    """VPCs and endpoints of one list: by their ids, or in the lists for intrinsic functions."""
    named = [node for node in _values(policy, f"SourceVpc{suffix}") if isinstance(node, ScalarNode)]
    vpcs = [node for node in named if text(node).startswith("vpc-")] + _values(policy, f"IntrinsicVpc{suffix}")
    ends = [node for node in named if text(node).startswith("vpce-")] + _values(policy, f"IntrinsicVpce{suffix}")
    found: dict[str, Draft] = {"aws:SourceVpc": vpcs, "aws:SourceVpce": ends}
    return {key: nodes for key, nodes in found.items() if nodes}


def _only(document: MapNode, policy: MapNode, resources: list[Draft], condition: Draft) -> MapNode:
    """Everybody is allowed, and what the condition meets is denied."""
    shared: dict[str, Draft] = {"Action": INVOKE, "Resource": resources, "Principal": "*"}
    deny = {"Effect": "Deny", **shared, "Condition": condition}
    return _add(document, policy, [{"Effect": "Allow", **shared}, deny])


def _add(document: MapNode, policy: MapNode, statements: list[Draft], *, always: bool = False) -> MapNode:
    held = list(items(dig(document, POLICY, "Statement")))
    for statement in statements:
        node = build(statement, policy.span)
        if always or plain(node) not in map(plain, held):
            held.append(node)
    document = put(document, (POLICY, "Version"), VERSION, policy.span)
    return put(document, (POLICY, "Statement"), held, policy.span)
