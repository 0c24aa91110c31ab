"""What JavaScript does, by the modules that it loads and the functions that it calls by their own names.

The text is not parsed: what stands in a comment is told by its line, and a method or function that a file defines itself under
such a name by what follows. All patterns take linear time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import islice
from typing import cast

from lambdaward.packages.behaviour.acts import Act, Capability, told

LARGEST = 32 << 20
"""Longer source is judged by its words."""

_MODULES = {
    Capability.EXEC: "child_process cross-spawn execa shelljs node-pty",
    Capability.NETWORK: "http https http2 net tls dgram dns dns/promises undici axios got node-fetch cross-fetch request needle "
    "superagent ws follow-redirects http-proxy ioredis redis pg mysql mysql2 mongodb nodemailer ssh2 @smithy/node-http-handler "
    "@grpc/grpc-js",
    Capability.DYNAMIC: "vm vm2 isolated-vm",
    Capability.NATIVE: "ffi-napi ffi-rs koffi bindings node-gyp-build",
}
_MODULE = {name: able for able, names in _MODULES.items() for name in names.split()}
_CLIENTS = ("@aws-sdk/client-", "@aws-sdk/lib-")
_LOADS = (
    r"(?:\brequire\s{0,9}\(\s{0,9}|\bimport\s{0,9}\(\s{0,9}|\bfrom\s{0,9}|\bimport\s{0,9})"
    r"""["'`](?:node:)?([\w@./-]{2,60})["'`]"""
)
_WRITES = "writeFile|appendFile|createWriteStream|unlink|rm|rmdir|rename|copyFile|mkdir|chmod|symlink"
_VARIABLES = (
    r"AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|CONTAINER_CREDENTIALS_\w{8,12}"
    r"|CONTAINER_AUTHORIZATION_TOKEN\w{0,5}|WEB_IDENTITY_TOKEN_FILE|SHARED_CREDENTIALS_FILE)"
    r"|GOOGLE_APPLICATION_CREDENTIALS|AZURE_CLIENT_SECRET|NPM_TOKEN|GITHUB_TOKEN|GH_TOKEN"
)
_PLACES = r"(?:https?://)?(?:169\.254\.169\.254|169\.254\.170\.2|metadata\.google\.internal|/proc/(?:self|1)/environ)"
_CALLS = {
    Capability.NETWORK: {
        "fetch": r"(?:\b(?:globalThis|window|self)\.)?\bfetch\s{0,3}\(",
        "a request": r"\bnew\s{1,3}(?:XMLHttpRequest|WebSocket|EventSource)\b",
    },
    Capability.EXEC: {"process.binding": r"""\bprocess\.binding\(\s{0,3}["'](?:spawn_sync|process_wrap)"""},
    Capability.DYNAMIC: {"eval": r"\beval\s{0,3}\(", "Function": r"\bFunction\s{0,3}\("},
    Capability.NATIVE: {"process.dlopen": r"\bprocess\.dlopen\("},
    Capability.FILES: {"fs": rf"\b(?:fs\w{{0,8}}|promises)\.(?:{_WRITES})(?:Sync)?\("},
    Capability.CREDENTIALS: {
        "a variable with credentials": rf"""(?:process\.env\.|["'`])(?:{_VARIABLES})\b""",
        "an address or file with credentials": rf"""["'`]{_PLACES}\b""",
    },
}
_OWN = frozenset(("fetch", "eval", "Function"))
"""What a method may be called like too, and what texts speak of."""

_NO_NAME = (b".", b"#", b"$", b'"', b"'", b"`")
_ARGUMENTS = re.compile(rb"\s{0,3}\)|\?|[\w\s,={}.]{0,80}\)\s{0,9}(?:\{|=>|:)|\s{0,3}[\"']return this")
_ONLY_NAMES = re.compile(rb"^\s{0,3}\)?\.(?:METHODS|STATUS_CODES|isIP\w{0,2})\b")
_TAKEN = re.compile(rb"\{([\s\w,:]{1,200})\}\s{0,9}(?:=\s{0,9}|from\s{0,9})?(?:\w{1,20}\()?$")
_HARMLESS = frozenset((b"METHODS", b"STATUS_CODES", b"isIP", b"isIPv4", b"isIPv6"))
_TYPES = re.compile(rb"\bimport\s{1,9}type\b[^;\n]{0,200}$")
_MANGLED = re.compile(rb"\b_0x[0-9a-f]{4,6}\b")
_MANY, _MOST, _BEFORE = 40, 500, 200


def javascript_acts(source: bytes, spoken: Collection[Capability]) -> tuple[Act, ...]:
    """Everything that some source can do and that names tell, of the capabilities that its words speak of."""
    acts = [act for act in _loaded(source) if act.capability in spoken]
    for able in spoken:
        for what, pattern in _CALLS.get(able, {}).items():
            acts += _called(source, able, what, pattern)
    if Capability.OBFUSCATED in spoken and len(set(islice(_mangled(source), _MOST))) >= _MANY:
        acts.append(Act(Capability.OBFUSCATED, "names that are made up"))
    return told(acts)


def _mangled(source: bytes) -> Iterator[bytes]:
    return (match[0] for match in _MANGLED.finditer(source))


@cache
def _compiled(pattern: str) -> re.Pattern[bytes]:
    """A pattern for the engine that takes linear time."""
    import re2  # noqa: PLC0415 - only where packages are read closely

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    return cast("re.Pattern[bytes]", re2.compile(pattern.encode(), options))


def _loaded(source: bytes) -> Iterator[Act]:
    for match in islice(_compiled(_LOADS).finditer(source), _MOST):
        name = match[1].decode("ascii", "replace")
        able = Capability.NETWORK if name.startswith(_CLIENTS) else _MODULE.get(name)
        if able is not None and not _is_comment(source, match.start()) and not _only_names(source, match):
            yield Act(able, name, _line(source, match.start()))


def _called(source: bytes, able: Capability, what: str, pattern: str) -> Iterator[Act]:
    for match in islice(_compiled(pattern).finditer(source), _MOST):
        if what in _OWN and not _is_own_name(source, match):
            continue
        if not _is_comment(source, match.start()):
            yield Act(able, what, _line(source, match.start()))
            return


def _is_own_name(source: bytes, match: re.Match[bytes]) -> bool:
    """Whether a name stands for what the language calls so: not for a method, a definition, or a word of a text."""
    before = source[max(0, match.start() - 12) : match.start()]
    if before.endswith(_NO_NAME) or before.rstrip().endswith((b"function", b"async", b"function*")):
        return False
    return _ARGUMENTS.match(source, match.end()) is None


def _only_names(source: bytes, match: re.Match[bytes]) -> bool:
    """Whether only lists and checks are taken of a module, or types."""
    before = source[max(0, match.start() - _BEFORE) : match.start()]
    if _ONLY_NAMES.match(source[match.end() : match.end() + 40]) or _TYPES.search(before):
        return True
    taken = _TAKEN.search(before)
    return taken is not None and {name for name in re.split(rb"[\s,:]+", taken[1]) if name} <= _HARMLESS


def _is_comment(source: bytes, at: int) -> bool:
    """Whether a place is in a comment, by the beginning of its line."""
    start = max(source.rfind(b"\n", max(0, at - _BEFORE), at) + 1, at - _BEFORE, 0)
    line = source[start:at]
    return line.lstrip().startswith((b"*", b"/*", b"//")) or b" // " in line or b"\t// " in line


def _line(source: bytes, at: int) -> int:
    return source.count(b"\n", 0, at) + 1
