"""Whether a JSON file is an answer that is read here, told by what stands at its top."""

from __future__ import annotations

import re
from pathlib import Path

from lambdaward.sources.files import is_file, read_bytes

_HEAD = 1 << 16
_IDENTITIES = re.compile(rb'"(?:UserDetailList|GroupDetailList|RoleDetailList)"\s*:\s*\[')
_POLICIES = re.compile(rb'"Policies"\s*:\s*\[\s*\{[^{}\[\]]*"(?:PolicyId|DefaultVersionId)"')
_FUNCTIONS = re.compile(rb'"Functions"\s*:\s*\[')
_FUNCTION_ARN = re.compile(rb'"FunctionArn"\s*:\s*"arn:')


def looks_like_answer(file: Path, shown: str) -> bool:
    """Whether a file has the marks of one of the two answers. Reads its first 64 KiB; raises `InputError`."""
    if file.suffix.lower() != ".json" or not is_file(file):
        return False
    head = read_bytes(file, shown, _HEAD)
    if not head.lstrip().startswith(b"{"):
        return False
    listed = bool(_FUNCTIONS.search(head)) and bool(_FUNCTION_ARN.search(head))
    return listed or bool(_IDENTITIES.search(head)) or bool(_POLICIES.search(head))
