"""What the files of a package can do, by the words in them: enough to see that a new version can do more than the old one.

A word is no proof that code runs, and code that hides what it does has none of these words: a capability that is not listed may
still be there.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from lambdaward.packages.unpack import Entry

if TYPE_CHECKING:
    import re2

_OVERLAP = 64
_PROGRAMS = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\x00asm")


class Capability(StrEnum):
    """What a file can do: run programs, use the network, read credentials, run text as code; that it is native code; that it runs
    at start-up, before the function's own code."""

    EXEC = "exec"
    NETWORK = "network"
    CREDENTIALS = "credentials"
    DYNAMIC = "dynamic-code"
    NATIVE = "native"
    STARTUP = "start-up"


_ANYWHERE = (
    (Capability.CREDENTIALS, r"AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|AWS_CONTAINER_CREDENTIALS"),
    (Capability.CREDENTIALS, r"169\.254\.(?:169\.254|170\.2)|/proc/self/environ|\.aws/credentials"),
)
_PYTHON = (
    *_ANYWHERE,
    (Capability.EXEC, r"\bsubprocess\b|\bos\.(?:system|popen|exec[lv]|spawn|fork)|\bpty\.spawn|create_subprocess_"),
    (Capability.NETWORK, r"\b(?:import|from) +(?:socket|ssl|urllib|urllib3|requests|httpx?|aiohttp|ftplib|smtplib|telnetlib)\b"),
    (Capability.DYNAMIC, r"\b(?:exec|eval|compile)\(|\bmarshal\.loads|\bpickle\.loads?|\b__import__\("),
)  # fmt: skip
_JAVASCRIPT = (
    *_ANYWHERE,
    (Capability.EXEC, r"child_process|process\.binding\("),
    (Capability.NETWORK, r"""['"](?:node:)?(?:https?|http2|net|tls|dgram|dns)['"]|\bfetch\(|XMLHttpRequest|WebSocket\("""),
    (Capability.DYNAMIC, r"\beval\(|\bnew Function\(|\bvm\.(?:run|Script|compile)|process\.dlopen"),
)  # fmt: skip
_RUBY = (
    *_ANYWHERE,
    (Capability.EXEC, r"\bKernel\.(?:exec|system|spawn)|\bOpen3\b|\bIO\.popen|%x[{(]|\bsystem[ (]"),
    (Capability.NETWORK, r"\bNet::HTTP|\bTCPSocket|\bUDPSocket|\bSocket\.|require ['\"](?:socket|net/http|open-uri)"),
    (Capability.DYNAMIC, r"\b(?:instance_|class_|module_)?eval\b|Marshal\.load"),
)
_SHELL = (
    *_ANYWHERE,
    (Capability.EXEC, r"(?m)^[^#\n]*\S"),
    (Capability.NETWORK, r"\b(?:curl|wget|nc|ncat)\b|/dev/tcp/"),
)
_BY_ENDING = {
    **dict.fromkeys((".py", ".pyi", ".pth"), "python"),
    **dict.fromkeys((".js", ".mjs", ".cjs", ".ts"), "javascript"),
    ".rb": "ruby",
    ".sh": "shell",
}
_PATTERNS = {"python": _PYTHON, "javascript": _JAVASCRIPT, "ruby": _RUBY, "shell": _SHELL, "native": _ANYWHERE}
_STARTUP_NAMES = ("sitecustomize.py", "usercustomize.py", "sitecustomize.pyc", "usercustomize.pyc")


def capabilities(entry: Entry) -> tuple[Capability, ...]:
    """What a file can do, in the order of the names. Its content is read."""
    head = entry.content.head()
    native = head.startswith(_PROGRAMS)
    language = "native" if native else "shell" if head.startswith(b"#!") else _language(entry.path)
    found = {Capability.NATIVE} if native else set()
    if runs_at_start(entry.path):
        found.add(Capability.STARTUP)
    if language:
        found |= _matched(entry, language)
    return tuple(sorted(found))


def runs_at_start(path: str) -> bool:
    """Whether a file with a path in a package runs before the function's own code: Python's hooks, extensions, a bootstrap."""
    folder, _, name = path.rpartition("/")
    return name in _STARTUP_NAMES or name.endswith(".pth") or folder == "extensions" or path == "bootstrap"


def _language(path: str) -> str:
    return _BY_ENDING.get("." + path.rpartition(".")[2], "")


def _matched(entry: Entry, language: str) -> set[Capability]:
    """The capabilities whose words are in a file."""
    patterns, words = _PATTERNS[language], _words(language)
    found: set[Capability] = set()
    most = len({capability for capability, _ in patterns})
    tail = b""
    for chunk in entry.content.chunks():
        window = tail + chunk
        found.update(patterns[index][0] for index in words.Match(window) or ())
        if len(found) == most:
            break
        tail = window[-_OVERLAP:]
    return found


@cache
def _words(language: str) -> re2.Set:
    import re2  # noqa: PLC0415 - only where packages are locked

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    words = re2.Set.SearchSet(options)
    for _, pattern in _PATTERNS[language]:
        words.Add(pattern)
    words.Compile()
    return words
