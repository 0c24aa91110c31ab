"""Names of entries: decoded, judged, and made into a path that stays below its root."""

from __future__ import annotations

import unicodedata

from lambdaward.model import pattern
from lambdaward.packages.unpack.faults import FaultKind
from lambdaward.packages.unpack.limits import Limits

_DRIVE = pattern(r"[A-Za-z]:|\\\\|//")
# Control characters, and those that turn the direction of text or hide inside it.
_UNSEEN = pattern("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_PLAIN = pattern(
    r"[A-Za-z0-9_@+=~#,()\[\] -][A-Za-z0-9_.@+=~#,()\[\] -]*(/[A-Za-z0-9_@+=~#,()\[\] -][A-Za-z0-9_.@+=~#,()\[\] -]*)*"
)


def decode(raw: bytes, *, says_utf8: bool = True) -> tuple[str, bool]:
    """A name as text, and whether its bytes are what they say. Bytes that are not UTF-8 are read as code page 437."""
    try:
        return raw.decode(), says_utf8 or raw.isascii()
    except UnicodeDecodeError:
        return raw.decode("cp437"), False


def shown(text: str) -> str:
    """A name for people: characters that could disturb a terminal or mislead a reader are escaped."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else f"\\u{{{ord(letter):x}}}" for letter in text)


def judge(name: str, limits: Limits) -> tuple[str, list[FaultKind]]:
    """A name without its closing slash as a path below the root, and what is wrong with it. The path is never empty,
    absolute, or with dot components: what would leave the root is cut off."""
    if _PLAIN.fullmatch(name) and len(name) <= 255 and name.count("/") < limits.components:
        return name, []
    faults = list(_faults(name, limits))
    components = [part for part in name[: limits.name].split("/") if part not in ("", ".", "..")]
    return shown("/".join(components[: limits.components])) or "(empty)", faults


def _faults(name: str, limits: Limits) -> list[FaultKind]:
    components = name.split("/")
    checks = {
        FaultKind.NAME_EMPTY: not name,
        FaultKind.NAME_ABSOLUTE: name.startswith("/"),
        FaultKind.NAME_DRIVE: bool(_DRIVE.match(name)),
        FaultKind.NAME_BACKSLASH: "\\" in name,
        FaultKind.NAME_ESCAPES: leaves(name.replace("\\", "/")),
        FaultKind.NAME_DOTS: name not in (".", "") and any(part in ("", ".", "..") for part in components),
        FaultKind.NAME_CONTROL: bool(_UNSEEN.search(name)),
        FaultKind.NAME_LONG: len(name.encode("utf-8", "surrogatepass")) > limits.name
        or any(len(part.encode("utf-8", "surrogatepass")) > 255 for part in components),
        FaultKind.NAME_DEEP: len(components) > limits.components,
    }
    return [kind for kind, holds in checks.items() if holds]


def leaves(path: str) -> bool:
    """Whether a relative path leads outside where it starts, at any point of its way."""
    depth = 0
    for part in path.split("/"):
        depth += {"..": -1, "": 0, ".": 0}.get(part, 1)
        if depth < 0:
            return True
    return False


def folded(path: str) -> str:
    """The form in which two names are one to a file system that ignores case or composes letters."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def link_faults(path: str, target: str, limits: Limits) -> list[FaultKind]:
    """What is wrong with where a symbolic link at a path points to."""
    if target.startswith("/"):
        return [FaultKind.LINK_ABSOLUTE]
    if len(target) > limits.name:
        return [FaultKind.LINK_LONG]
    parent = path.rpartition("/")[0]
    return [FaultKind.LINK_ESCAPES] if leaves(f"{parent}/{target}") else []
