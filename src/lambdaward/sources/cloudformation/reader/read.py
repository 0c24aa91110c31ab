"""The reader's entry: decoding, and choosing between YAML and JSON."""

from __future__ import annotations

from lambdaward.model import InputError
from lambdaward.sources.cloudformation.node import Document
from lambdaward.sources.cloudformation.reader.comments import comments_of
from lambdaward.sources.cloudformation.reader.json import compose_json
from lambdaward.sources.cloudformation.reader.limits import LIMITS, Limits, too_large
from lambdaward.sources.cloudformation.reader.yaml import Composed, compose_yaml

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read(data: bytes, file: str, limits: Limits = LIMITS) -> Document:
    """Read a template. `file` is the name for positions and errors. Raises `InputError` for what cannot be read."""
    if len(data) > limits.size:
        raise too_large(file, f"has {len(data):,} bytes, more than the {limits.size:,} that are read")
    source = _decode(data, file)
    composed = _compose(source, file, limits)
    lines = tuple(source.split("\n"))
    return Document(file, composed.root, comments_of(lines, composed.quoted), lines, composed.problems, composed.nodes)


def _compose(source: str, file: str, limits: Limits) -> Composed:
    """JSON where it looks like JSON, and YAML where it does not or the JSON is faulty: YAML has braces too."""
    if source.lstrip()[:1] not in ("{", "["):
        return compose_yaml(source, file, limits)
    try:
        return compose_json(source, file, limits)
    except InputError as error:
        if file.endswith(".json"):
            raise
        json_error = error
    try:
        return compose_yaml(source, file, limits)
    except InputError:
        raise json_error from None


def _decode(data: bytes, file: str) -> str:
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        source = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(file, "the file is not valid UTF-8", "save it as UTF-8", line=line, column=1) from None
    if "\0" in source:
        line = source.count("\n", 0, source.index("\0")) + 1
        raise InputError(file, "the file holds a NUL character", "is it a text file?", line=line, column=1)
    return source.replace("\r\n", "\n").replace("\r", "\n")
