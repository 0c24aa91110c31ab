"""Layers of an account: their versions, who may use them, and which are there at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lambdaward.model import Value, dig, items, literal
from lambdaward.sources.account.found import Found, document_of, resource, text_at, value_of
from lambdaward.sources.account.listings import listing

_KEPT = ("CodeSha256", "CodeSize", "SigningProfileVersionArn", "SigningJobArn")


def layer_version(answer: Mapping[str, Any]) -> Found:
    """One version as `get-layer-version` answers. The address that gives out its content is left. Raises `Fault` for what is
    none."""
    arn = text_at(answer, "LayerVersionArn")
    content = value_of(answer.get("Content"))
    properties: dict[str, Value] = {
        "LayerName": arn.split(":")[-2],
        "Description": value_of(answer.get("Description")) or None,
        "CompatibleRuntimes": value_of(answer.get("CompatibleRuntimes")),
        "Content": {key: value for key in _KEPT if (value := dig(content, key)) is not None},
    }
    return resource(arn, "AWS::Lambda::LayerVersion", properties)


def versions_listed(answer: Mapping[str, Any]) -> Found | None:
    """All versions of one layer; `None` when there is none, as then the answer does not say of which layer."""
    found = tuple(text_at(version, "LayerVersionArn") for version in answer["LayerVersions"])
    return listing(answer, found[0].rpartition(":")[0], found, "layer") if found else None


def layers_listed(answer: Mapping[str, Any]) -> Found | None:
    """The newest version of every layer of a Region; `None` when there is none."""
    versions = (layer.get("LatestMatchingVersion") or {} for layer in answer["Layers"])
    found = tuple(text_at(version, "LayerVersionArn") for version in versions)
    return listing(answer, "layers", found, "layers") if found else None


def permissions(answer: Mapping[str, Any]) -> Iterator[Found]:
    """The statements of a layer version's policy. Raises `Fault` when it is no policy."""
    for statement in items(dig(document_of(answer["Policy"]), "Statement")):
        arn, sid = literal(dig(statement, "Resource")), literal(dig(statement, "Sid"))
        if arn is None or ":layer:" not in arn:
            continue
        principal = dig(statement, "Principal", "AWS") or dig(statement, "Principal")
        properties: dict[str, Value] = {
            "Action": dig(statement, "Action"),
            "LayerVersionArn": arn,
            "Principal": principal,
            "OrganizationId": dig(statement, "Condition", "StringEquals", "aws:PrincipalOrgID"),
        }
        yield resource(f"{arn}:{sid or 'statement'}", "AWS::Lambda::LayerVersionPermission", properties)
