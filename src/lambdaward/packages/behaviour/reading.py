"""What one file of a package does."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.packages.behaviour.acts import Act, Capability, told
from lambdaward.packages.behaviour.compiled import compiled_acts
from lambdaward.packages.behaviour.javascript import LARGEST as SCRIPT_LARGEST
from lambdaward.packages.behaviour.javascript import javascript_acts
from lambdaward.packages.behaviour.native import PROGRAMS, native_acts
from lambdaward.packages.behaviour.python import LARGEST, parsed, python_acts
from lambdaward.packages.behaviour.words import words
from lambdaward.packages.formats import pyc
from lambdaward.packages.unpack import Entry

_OVERLAP = 64
_BY_ENDING = {
    **dict.fromkeys((".py", ".pth"), "python"),
    **dict.fromkeys((".js", ".mjs", ".cjs", ".ts"), "javascript"),
    ".rb": "ruby",
    ".sh": "shell",
}
_DECLARATIONS = (".d.ts", ".d.mts", ".d.cts", ".pyi")
"""Endings of files with types only, which nothing runs."""

_STARTUP_NAMES = ("sitecustomize.py", "usercustomize.py", "sitecustomize.pyc", "usercustomize.pyc")


def acts_of(entry: Entry) -> tuple[Act, ...]:
    """What a file does. Its content is read."""
    head = entry.content.head()
    if head.startswith(PROGRAMS):
        acts = list(native_acts(entry))
        acts += [Act(able, "words") for able in _spoken(entry, "native")]
    elif entry.path.endswith(".pyc"):
        acts = list(_compiled(entry, head))
    else:
        language = language_of(entry.path, head)
        acts = list(_read(entry, language)) if language else []
    if runs_at_start(entry.path):
        acts.append(Act(Capability.STARTUP, "its name"))
    return told(acts)


def runs_at_start(path: str) -> bool:
    """Whether a file with a path in a package runs before the function's own code: Python's hooks, extensions, a bootstrap."""
    folder, _, name = path.rpartition("/")
    return name in _STARTUP_NAMES or name.endswith(".pth") or folder == "extensions" or path == "bootstrap"


def language_of(path: str, head: bytes) -> str:
    """The language of a script, by its name, else by the program that its first line names; empty for what is none."""
    if path.endswith(_DECLARATIONS):
        return ""
    named = _BY_ENDING.get("." + path.rpartition(".")[2], "")
    if named or not head.startswith(b"#!"):
        return named
    program = head.partition(b"\n")[0]
    return "python" if b"python" in program else "javascript" if b"node" in program else "shell"


def _read(entry: Entry, language: str) -> Iterator[Act]:
    """What a script does: closely, where it is of a language that is read closely and is no longer than is read; else by its
    words."""
    most = SCRIPT_LARGEST if language == "javascript" else LARGEST
    start = entry.content.read(most + 1)
    whole = len(start) <= most
    spoken = words(start, language) if whole else _spoken(entry, language)
    tree = parsed(start) if spoken and whole and language == "python" else None
    if spoken and whole and language == "javascript":
        yield from javascript_acts(start, spoken)
    elif tree is not None:
        yield from python_acts(tree)
    else:
        yield from (Act(able, "words") for able in spoken)


def _compiled(entry: Entry, head: bytes) -> tuple[Act, ...]:
    """What compiled Python does that has no source beside it: what the interpreter keeps in `__pycache__` has."""
    if "__pycache__/" in entry.path or not pyc.is_pyc(head):
        return ()
    return compiled_acts(entry.content.read(LARGEST))


def _spoken(entry: Entry, language: str) -> frozenset[Capability]:
    """The capabilities that a file of any length speaks of."""
    found: set[Capability] = set()
    tail = b""
    for chunk in entry.content.chunks():
        window = tail + chunk
        found |= words(window, language)
        tail = window[-_OVERLAP:]
    return frozenset(found)
