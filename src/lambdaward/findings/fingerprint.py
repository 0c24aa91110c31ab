"""The identity of a finding over time: it survives moved lines and reworded messages."""

from __future__ import annotations

import hashlib

from lambdaward.model import ResourceId

LENGTH = 20


def fingerprint(rule_id: str, resource: ResourceId, key: str = "") -> str:
    """A stable name of one finding: 20 hexadecimal digits over the rule, the resource's identity and the evidence's own key."""
    parts = f"{rule_id}\x1f{resource.stack}\x1f{resource.name}\x1f{key}"
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
