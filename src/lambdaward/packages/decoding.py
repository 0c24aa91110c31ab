"""JSON from strangers, read into records."""

from __future__ import annotations

from typing import TypeVar

import msgspec

T = TypeVar("T")


def decoded(data: bytes, kind: type[T]) -> T | None:
    """JSON as a record, `None` when it is damaged, is nested too deep, or does not fit. A byte order mark is passed over."""
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
