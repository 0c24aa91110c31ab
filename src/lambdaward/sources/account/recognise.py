"""Whether a JSON file is an answer that is read here, told by what stands at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lambdaward.model import pattern
from lambdaward.sources.files import is_file, read_bytes

_HEAD = 1 << 16
_IDENTITIES = pattern(rb'"(?:UserDetailList|GroupDetailList|RoleDetailList)"\s*:\s*\[')
_POLICIES = pattern(rb'"Policies"\s*:\s*\[\s*\{[^{}\[\]]*"(?:PolicyId|DefaultVersionId)"')
_TOKEN = pattern(rb'"((?:[^"\\]|\\.)*)"(\s*:)?|[{}\[\]]')

# A key on the top of an answer of Lambda, AWS Signer or Organizations, and what such an answer has in it.
_MARKS = (
    ("Functions", rb'"FunctionArn"\s*:\s*"arn:'),
    ("Versions", rb'"FunctionArn"\s*:\s*"arn:'),
    ("Configuration", rb'"FunctionArn"\s*:\s*"arn:'),
    ("FunctionArn", rb'"CodeSha256"\s*:'),
    ("Aliases", rb'"AliasArn"\s*:\s*"arn:'),
    ("AliasArn", rb'"FunctionVersion"\s*:'),
    ("Layers", rb'"LatestMatchingVersion"\s*:'),
    ("LayerVersions", rb'"LayerVersionArn"\s*:\s*"arn:'),
    ("LayerVersionArn", rb'"Content"\s*:'),
    ("Content", rb'"LayerVersionArn"\s*:\s*"arn:'),
    ("Policy", rb"lambda:GetLayerVersion"),
    ("CodeSigningConfigs", rb'"CodeSigningConfigArn"\s*:\s*"arn:'),
    ("CodeSigningConfig", rb'"CodeSigningConfigArn"\s*:\s*"arn:'),
    ("CodeSigningConfigArn", rb'"FunctionName"\s*:'),
    ("Policy", rb'"PolicySummary"\s*:'),
    ("Accounts", rb":organizations::\d{12}:account/"),
    ("imageDetails", rb'"repositoryName"\s*:'),
    ("profiles", rb'"profileVersionArn"\s*:\s*"arn:'),
    ("profileVersionArn", rb'"platformId"\s*:'),
)


def looks_like_answer(file: Path, shown: str) -> bool:
    """Whether a file has the marks of an answer. Reads its first 64 KiB; raises `InputError`."""
    if file.suffix.lower() != ".json" or not is_file(file):
        return False
    head = read_bytes(file, shown, _HEAD)
    if not head.lstrip().startswith(b"{"):
        return False
    if _IDENTITIES.search(head) or _POLICIES.search(head):
        return True
    marks = [(key, mark) for key, mark in _MARKS if key.encode() in head and re.search(mark, head)]
    return bool(marks) and not {key for key, _ in marks}.isdisjoint(_top(head))


def _top(head: bytes) -> Iterator[str]:
    """The keys of the outermost object, as far as the head of a file shows them."""
    depth = 0
    for token in _TOKEN.finditer(head):
        if token[1] is not None:
            if depth == 1 and token[2]:
                yield token[1].decode("utf-8", "replace")
        else:
            depth += 1 if token[0] in b"{[" else -1
