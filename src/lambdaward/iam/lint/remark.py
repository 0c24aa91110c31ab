"""A remark on a policy."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.model import Path


class Remark(Struct, frozen=True):
    """Something that is wrong: by which rule, where in the document, and why."""

    rule: str
    path: Path
    reason: str
