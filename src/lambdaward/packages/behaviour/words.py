"""The words of each language that something is done with: no proof that it is done, but without them it is not done plainly.

They tell in one quick pass which files are worth reading closely. Where a file cannot be read closely, they are all there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from lambdaward.packages.behaviour.acts import Capability
from lambdaward.packages.behaviour.names import python_words

if TYPE_CHECKING:
    import re2

_ANYWHERE = (
    (Capability.CREDENTIALS, r"AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|AWS_(?:CONTAINER_|WEB_IDENTITY_TOKEN)"),
    (Capability.CREDENTIALS, r"169\.254\.(?:169\.254|170\.2)|/proc/(?:self|1)/environ|\.aws/credentials|\.ssh/id_"),
    (Capability.CREDENTIALS, r"metadata\.google\.internal|GOOGLE_APPLICATION_CREDENTIALS|\.docker/config\.json|\.kube/config"),
    (Capability.CREDENTIALS, r"AZURE_CLIENT_SECRET|\b(?:GITHUB|GH|NPM)_TOKEN\b|AWS_SECURITY_TOKEN|AWS_SHARED_CREDENTIALS_FILE"),
)  # fmt: skip
_PYTHON = (
    *_ANYWHERE,
    *python_words(),
    (Capability.DYNAMIC, r"(?m)(?:^|[^\w.])(?:exec|eval|compile|__import__)\s*\(|import_module\("),
    (Capability.FILES, r"""\bopen\(.{0,200}['"](?:[wax][bt]?\+?[bt]?|r[bt]?\+[bt]?)['"]"""),
)
_JAVASCRIPT = (
    *_ANYWHERE,
    (Capability.EXEC, r"child_process|process\.binding\(|cross-spawn|execa|shelljs|node-pty"),
    (
        Capability.NETWORK,
        r"""['"`](?:node:)?(?:https?|http2|net|tls|dgram|dns(?:/promises)?|undici|axios|got|node-fetch|ws)['"`]""",
    ),
    (
        Capability.NETWORK,
        r"""['"`](?:cross-fetch|request|superagent|needle|follow-redirects|http-proxy|ioredis|redis|pg)['"`]""",
    ),
    (
        Capability.NETWORK,
        r"""['"`](?:mysql2?|mongodb|nodemailer|ssh2|@smithy/node-http-handler|@grpc/grpc-js|@aws-sdk/)""",
    ),
    (Capability.NETWORK, r"\bfetch\b|XMLHttpRequest|WebSocket|EventSource"),
    (Capability.DYNAMIC, r"\beval\s*\(|\bFunction\s*\(|['\"`](?:node:)?(?:vm2?|isolated-vm)['\"`]"),
    (Capability.NATIVE, r"process\.dlopen|ffi-napi|ffi-rs|koffi|['\"`](?:bindings|node-gyp-build)['\"`]"),
    (
        Capability.FILES,
        r"\.(?:writeFile|appendFile|createWriteStream|unlink|rm|rmdir|rename|copyFile|mkdir|chmod|symlink)(?:Sync)?\(",
    ),
    (Capability.OBFUSCATED, r"\b_0x[0-9a-f]{4,6}\b"),
)
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
Row = tuple[Capability, *tuple[str, ...]]
"""A capability, and the patterns that all match in a text that speaks of it."""

_PATTERNS: Mapping[str, tuple[Row, ...]] = {
    "python": _PYTHON,
    "javascript": _JAVASCRIPT,
    "ruby": _RUBY,
    "shell": _SHELL,
    "native": _ANYWHERE,
}


def words(data: bytes, language: str) -> frozenset[Capability]:
    """The capabilities that the words of some text in a language speak of."""
    rows, patterns = _set(language)
    matched = frozenset(patterns.Match(data) or ())
    return frozenset(capability for capability, wanted in rows if matched >= wanted) if matched else frozenset()


@cache
def _set(language: str) -> tuple[tuple[tuple[Capability, frozenset[int]], ...], re2.Set]:
    """The rows of a language, each with the patterns that all have to match, and all patterns."""
    import re2  # noqa: PLC0415 - only where packages are read closely

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    found = re2.Set.SearchSet(options)
    numbers: dict[str, int] = {}
    rows: list[tuple[Capability, frozenset[int]]] = []
    for capability, *patterns in _PATTERNS[language]:
        for pattern in patterns:
            if pattern not in numbers:
                numbers[pattern] = found.Add(pattern)
        rows.append((capability, frozenset(numbers[each] for each in patterns)))
    found.Compile()
    return tuple(rows), found
