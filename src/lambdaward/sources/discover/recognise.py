"""What a file is, told cheaply: by its name, else by what its text has at the top."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

from lambdaward.model import pattern
from lambdaward.sources.cloudformation.reader import LIMITS
from lambdaward.sources.files import is_file, read_bytes

SUFFIXES = frozenset({".yaml", ".yml", ".json", ".template", ".cfn", ".cform"})
_TYPED = pattern(rb"""["']?Type["']?[ \t]*:[ \t]*["']?(?:AWS|Alexa|Custom)::""")
_YAML = pattern(rb"""^["']?Resources["']?[ \t]*:""", re.MULTILINE)
_YAML_MARK = pattern(rb"""^["']?(?:AWSTemplateFormatVersion|Transform)["']?[ \t]*:""", re.MULTILINE)
_JSON = pattern(rb"""["']?Resources["']?\s*:\s*\{""")
_JSON_MARK = b'"AWSTemplateFormatVersion"'

# Sources that later versions read: the name of the file, and what to do until then.
_LATER = (
    (pattern(r"serverless\.(?:ya?ml|json|[jt]s)"),
     "the Serverless Framework's own format is not read: run `serverless package`"),
    (pattern(r"Pulumi\.ya?ml"), "Pulumi programs are not read: scan the live account"),
    (pattern(r".+\.tf(?:\.json)?"), "Terraform is not read yet"),
    (pattern(r"cdk\.json"), "a CDK app is read from its output: run `cdk synth`"),
)  # fmt: skip


def may_be_source(name: str) -> bool:
    """Whether a file may matter here at all, by its name."""
    return os.path.splitext(name)[1].lower() in SUFFIXES or bool(later(name))  # noqa: PTH122 - asked for every file


@lru_cache(maxsize=1024)
def later(name: str) -> str:
    """Why a file of a known kind is not read and what to do, by its name; empty for any other file."""
    return next((reason for pattern, reason in _LATER if pattern.fullmatch(name)), "")


def looks_like_template(file: Path, shown: str) -> bool:
    """Whether a file has the marks of a CloudFormation template. Reads no more than a template may hold; raises `InputError`."""
    if file.suffix.lower() not in SUFFIXES or not is_file(file):
        return False
    text = _bytes(read_bytes(file, shown, LIMITS.size))
    if b"Resources" not in text:
        return False
    if text.lstrip()[:1] == b"{":
        return bool(_JSON.search(text)) and (_JSON_MARK in text or bool(_TYPED.search(text)))
    return bool(_YAML.search(text)) and bool(_YAML_MARK.search(text) or _TYPED.search(text))


def has_mark(file: Path, shown: str) -> bool:
    """Whether a file that looks like a template also says that it is one. Raises `InputError`."""
    text = _bytes(read_bytes(file, shown, LIMITS.size))
    return _JSON_MARK in text or bool(_YAML_MARK.search(text))


def _bytes(head: bytes) -> bytes:
    """The text in a one-byte encoding: some editors save UTF-16."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.decode("utf-16", errors="replace").encode() if wide else head.removeprefix(b"\xef\xbb\xbf")
