"""Logical ids that end in a hash of content, as SAM makes them, so that a change of content makes a new resource."""

from __future__ import annotations

import hashlib
import json
from typing import Any

LENGTH = 10


def hashed_id(prefix: str, content: Any) -> str:  # noqa: ANN401 - any JSON value
    """A prefix with the first digits of the content's SHA-1; the prefix alone when there is no content."""
    if not content:
        return prefix
    data = content if isinstance(content, str) else json.dumps(content, separators=(",", ":"), sort_keys=True)
    return prefix + hashlib.sha1(data.encode(), usedforsecurity=False).hexdigest()[:LENGTH]


def stage_id(api: str, name: str) -> str:
    """The logical id of an API's stage: the stage's name stands inside, or a hash of it behind."""
    return f"{api}{name}Stage" if name.isalnum() else suffixed_id(f"{api}Stage", name)


def suffixed_id(prefix: str, suffix: str) -> str:
    """A prefix with a suffix, which is hashed when it holds more than letters and digits."""
    return prefix + suffix if suffix.isalnum() else hashed_id(prefix, suffix)
