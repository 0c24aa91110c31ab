"""Making rows small: what they repeat of themselves is left out, like stands beside like, then deflated, as text."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

RAW_DEFLATE = -15
NAME, STACK = "\x01", "\x02"
SPELLED_OUT = str.maketrans({NAME: "␁", STACK: "␂"})


def columns(rows: Sequence[msgspec.Struct]) -> Mapping[str, list[object]]:
    """A table column by column. In rows that have a name and a stack, these stand once, and everywhere else a mark."""
    short = [_shortened(msgspec.to_builtins(row, str_keys=True, enc_hook=dict)) for row in rows]
    return {name: [row[name] for row in short] for name in short[0]} if short else {}


def _shortened(row: dict[str, Any]) -> dict[str, Any]:
    if "stack" not in row:
        return row
    own = {key: _unmarked(row[key]) for key in ("shown", "stack")}
    return {key: _without(value, own["shown"], own["stack"]) for key, value in row.items() if key not in own} | own


def _without(value: Any, name: str, stack: str) -> Any:  # noqa: ANN401 - any JSON value
    match value:
        case str():
            text = _unmarked(value)
            text = text.replace(stack, STACK) if stack else text
            return text.replace(name, NAME) if name else text
        case list() | tuple():
            return [_without(member, name, stack) for member in value]
        case dict():
            return {key: _without(member, name, stack) for key, member in value.items()}
    return value


def _unmarked(text: str) -> str:
    return text.translate(SPELLED_OUT) if NAME in text or STACK in text else text


def pack(value: object) -> str:
    """A value as JSON, deflated, in base64: text that no markup can be in. The page's script unpacks it."""
    plain = msgspec.to_builtins(value, str_keys=True, enc_hook=dict)
    source = json.dumps(plain, separators=(",", ":"))  # ASCII, so that a lone surrogate is no error
    packer = zlib.compressobj(9, zlib.DEFLATED, RAW_DEFLATE)
    data = packer.compress(source.encode("ascii")) + packer.flush()
    return base64.b64encode(data).decode("ascii")
