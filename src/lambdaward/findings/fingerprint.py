"""The identity of a finding over time.

It survives whatever leaves the rule, the resource and the evidence's own key as they are: moved and reordered lines,
reworded messages, another severity, another working folder. It does not survive a resource's new logical id, or a template's
new path inside its project: these are other resources to CloudFormation and to us.
"""

from __future__ import annotations

import hashlib

from lambdaward.model import ResourceId

LENGTH = 20


def fingerprint(rule_id: str, resource: ResourceId, key: str = "") -> str:
    """A stable name of one finding: 20 hexadecimal digits over the rule, the resource's identity and the evidence's own key."""
    parts = (rule_id, resource.stack, resource.name, key)
    # Each part with its length, so that no text in one of them can pass for the next.
    plain = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
