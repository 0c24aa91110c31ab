"""The version that Python source states of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lambdaward.model import pattern

_QUOTED = rb"(?:\w+[ \t]*=[ \t]*){0,2}(?:\w+\([ \t]*)?[rbu]?(?:\"\"\"|\"|')v?(\d[\w.+!-]*)"
_FIRST = pattern(rb"VERSION_STRING[ \t]*=[ \t]*" + _QUOTED)
_NAMES = (
    rb"__version__|[Vv]ersion|VERSION|_?version_string|__VERSION__|_VERSION|__pkg_version__|full_version|__versionstr__"
)
_NAMES += rb"|tag|_version_"
_STATED = pattern(rb"[ \t]*(?:" + _NAMES + rb")[ \t]*(?::[ \t]*[\w.\[\]]+[ \t]*)?=[ \t]*" + _QUOTED)
_NUMBER = rb"[ \t]*[\"']?(\d+)[\"']?[ \t]*"
_TUPLE = pattern(
    rb"[ \t]*(?:__version_info__|__version__|VERSION|version_info|version_tuple|__version_tuple__)[ \t]*(?::[^=\n]+)?="
    rb"[ \t]*(?:\w+[ \t]*=[ \t]*)?\w*\(?[ \t]*\(?" + _NUMBER + b"," + _NUMBER + b"(?:," + _NUMBER + rb")?[,)]"
)
_OWN = pattern(
    rb"(?:__version__|VERSION|version_tuple|__version_info__)[ \t]*(?::[^=\n]+)?=[ \t]*"
    rb"(?:" + _QUOTED + rb"|\(" + _NUMBER + b"," + _NUMBER + b"(?:," + _NUMBER + rb")?,?[ \t]*\))"
)
_JSII = pattern(rb"JSIIAssembly\.load\(\s*\"[^\"]+\",\s*\"(\d[\w.+-]*)\"")
_JSON = pattern(rb"[ \t]*\"version\": \"(\d[\w.+!-]*)\"")
_LATER = rb"(?:\s|#[^\n]*)+"
_PARTS = pattern(rb"MAJOR = (\d+)" + _LATER + rb"MINOR = (\d+)" + _LATER + rb"(?:MICRO|PATCH) = (\d+)")
_STANDS_IN = pattern(r"0+(?:\.0+)*(?:[+-].*|\.?[a-z].*)?")
"""What stands for a version until a build writes one."""
_LONE = pattern(rb"\s*v?(\d+(?:\.\w+)+)\s*")
_LINE = 300


def stated_version(data: bytes, *, alone: bool = False) -> str:
    """The version that source states; with `alone` the text is nothing but a version. Empty when there is none.

    Source is not run: a version that it computes is not found.
    """
    if alone:
        match = _LONE.fullmatch(data)
        return match[1].decode() if match else ""
    lines = list(_lines_about_versions(data))
    for form in (_FIRST, _STATED, _TUPLE, _JSON):
        for line in lines:
            if (match := form.match(line)) and not _STANDS_IN.fullmatch(found := _joined(match)):
                return found
    match = _PARTS.search(data) or _JSII.search(data)
    return _joined(match) if match else ""


def declared_version(data: bytes) -> str:
    """The version that a module declares as its own, at its top level, under a name that is used for nothing else."""
    for line in _lines_about_versions(data):
        match = _OWN.match(line)
        found = _joined(match) if match else ""
        if "." in found and not _STANDS_IN.fullmatch(found):
            return found
    return ""


def _joined(match: re.Match[bytes]) -> str:
    return ".".join(part.decode() for part in match.groups() if part is not None)


def _lines_about_versions(data: bytes) -> Iterator[bytes]:
    """The beginning of every line with a word about versions."""
    for word in (b"ersion", b"ERSION"):
        at = data.find(word)
        while at >= 0:
            start = data.rfind(b"\n", 0, at) + 1
            yield data[start : start + _LINE]
            at = data.find(word, at + len(word))
