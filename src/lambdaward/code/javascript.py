"""Imports of JavaScript: what a file names, and where Node.js looks for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from posixpath import dirname, normpath

import msgspec

from lambdaward.code.imports import Imports

_MOST = 8 << 20
_LONGEST = 500
_DEEPEST = 12
_STOP = re.compile(r"//|/\*|[\"'`/]|\b(?:require|import|from)\b")
_STRING = {
    '"': re.compile(r'"(?:[^"\\\n]|\\.)*"', re.DOTALL),
    "'": re.compile(r"'(?:[^'\\\n]|\\.)*'", re.DOTALL),
    "`": re.compile(r"`(?:[^`\\]|\\.)*`", re.DOTALL),
}
_EXPRESSION = re.compile(r"/(?:[^/\\\n\[]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+/")
_NAME = r"\s*(?:\(\s*)?([\"'])([^\"'\\\n]{1,300})\1"
_REQUIRED = re.compile(r"(?:\.resolve)?\s*\(\s*([\"'`])([^\"'`\\\n$]{1,300})\1\s*\)")
_IMPORTED = re.compile(_NAME)
_CALLED = re.compile(r"\s*\(\s*[^)\s]")
_BEFORE_EXPRESSION = frozenset("(,=:[!&|?{};+-*%<>~^\n")
_ENDINGS = ("", ".js", ".mjs", ".cjs", ".json", ".node", "/index.js", "/index.mjs", "/index.cjs", "/index.json")
_BUILTIN = "node:"


def javascript_imports(source: bytes) -> Imports:
    """What a file imports or requires. Comments, texts and regular expressions are told apart from code; what looks like an
    import in between counts as one."""
    if len(source) > _MOST:
        return Imports(readable=False)
    text = source.decode("utf-8", "replace")
    names: dict[str, None] = {}
    computed = False
    at = 0
    while (stop := _STOP.search(text, at)) is not None:
        word, at = stop[0], stop.end()
        if word in ("//", "/*"):
            at = _behind(text, at, "\n" if word == "//" else "*/")
        elif word in _STRING:
            whole = _STRING[word].match(text, stop.start())
            at = whole.end() if whole else at
        elif word == "/":
            at = _behind_expression(text, stop.start(), at)
        else:
            pattern = _REQUIRED if word == "require" else _IMPORTED
            if (named := pattern.match(text, at)) is not None:
                names[named[2]] = None
                at = named.end()
            elif word != "from" and _CALLED.match(text, at):
                computed = True
    return Imports(tuple(names), computed)


def _behind(text: str, at: int, end: str) -> int:
    """Where what ends with some characters is over."""
    found = text.find(end, at)
    return len(text) if found < 0 else found + len(end)


def _behind_expression(text: str, start: int, at: int) -> int:
    """Where a regular expression is over that begins at a slash, and just behind the slash where it is a division."""
    before = text[max(0, start - 40) : start].rstrip(" \t")
    if before and before[-1] not in _BEFORE_EXPRESSION and not before.endswith(("return", "typeof", "case")):
        return at
    whole = _EXPRESSION.match(text, start, start + _LONGEST)
    return whole.end() if whole else at


class _Manifest(msgspec.Struct, frozen=True):
    """What is read of a package.json."""

    main: object = None
    module: object = None
    exports: object = None


def find_javascript(
    name: str, importer: str, folders: Sequence[str], files: Collection[str], sources: Mapping[str, bytes]
) -> Iterator[str]:
    """The files that a name may mean in a file that imports it; nothing when it is Node.js's own, or not there."""
    if name.startswith(("./", "../", "/")) or name in (".", ".."):
        yield from _file(normpath(name if name.startswith("/") else f"{dirname(importer)}/{name}"), files, sources)
        return
    if name.startswith((_BUILTIN, "#")):
        return
    size = 2 if name.startswith("@") else 1
    parts = name.split("/")
    package, inside = "/".join(parts[:size]), "/".join(parts[size:])
    for folder in (*_above(importer), *folders):
        root = f"{folder}/{package}"
        if found := list(_in_package(root, inside, files, sources)):
            yield from found
            return


def _above(importer: str) -> Iterator[str]:
    """Every `node_modules` above a file, the nearest first."""
    folder = dirname(importer)
    while len(folder) > 1:
        if not folder.endswith("/node_modules"):
            yield f"{folder}/node_modules"
        folder = dirname(folder)


def _in_package(root: str, inside: str, files: Collection[str], sources: Mapping[str, bytes]) -> Iterator[str]:
    manifest = f"{root}/package.json"
    if inside:
        yield from _file(f"{root}/{inside}", files, sources)
    elif manifest in files:
        yield from _file(root, files, sources)
    if manifest in files and (exports := _read(sources.get(manifest, b"")).exports) is not None:
        for target in _targets(exports, f"./{inside}" if inside else "."):
            yield from _file(normpath(f"{root}/{target}"), files, sources)


def _targets(exports: object, wanted: str, depth: int = 0) -> Iterator[str]:
    """Every file that a package exports under a name, whatever the conditions."""
    if isinstance(exports, str):
        yield exports
    elif isinstance(exports, list) and depth < _DEEPEST:
        for each in exports[:50]:
            yield from _targets(each, wanted, depth + 1)
    elif isinstance(exports, dict) and depth < _DEEPEST:
        for key, value in list(exports.items())[:500]:
            before, star, after = str(key).partition("*")
            if not before.startswith("."):
                yield from _targets(value, wanted, depth + 1)
            elif key == wanted:
                yield from _targets(value, ".", depth + 1)
            elif star and wanted.startswith(before) and wanted.endswith(after):
                middle = wanted[len(before) : len(wanted) - len(after)]
                yield from (target.replace("*", middle) for target in _targets(value, ".", depth + 1))


def _file(path: str, files: Collection[str], sources: Mapping[str, bytes]) -> Iterator[str]:
    """The file that a path means: itself, with an ending, or the main file of a folder."""
    for ending in _ENDINGS:
        if path + ending in files:
            yield path + ending
            return
    manifest = _read(sources.get(f"{path}/package.json", b""))
    for main in (manifest.main, manifest.module):
        if isinstance(main, str):
            target = normpath(f"{path}/{main}")
            for ending in _ENDINGS:
                if target + ending in files:
                    yield target + ending
                    return


def _read(data: bytes) -> _Manifest:
    try:
        return msgspec.json.decode(data, type=_Manifest) if data else _Manifest()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Manifest()
