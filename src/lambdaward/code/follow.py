"""Following imports from a function's handler."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from lambdaward.catalog import search_paths
from lambdaward.code.imports import Imports
from lambdaward.code.javascript import find_javascript, javascript_imports
from lambdaward.code.python import find_python, package_of, python_imports
from lambdaward.model import Unknown

_MOST = 20_000
_TASK = "/var/task"
_SOURCES = {"python": (".py",), "nodejs": (".js", ".mjs", ".cjs")}


class Followed(Struct, frozen=True):
    """The files that imports lead to from a handler, each with the file that first imports it (empty for the handler's own);
    why more may be imported."""

    files: Mapping[str, str]
    unknowns: tuple[Unknown, ...] = ()

    def way(self, path: str) -> tuple[str, ...]:
        """The files from the handler to one that it reaches."""
        found = [path]
        while before := self.files.get(found[-1], ""):
            found.append(before)
        return tuple(reversed(found))


def follow(
    sources: Mapping[str, bytes], *, handler: str, runtime: str, files: Collection[str] = frozenset()
) -> Followed:
    """Follow imports from a handler (`app.handler`). `sources` are the sources and manifests that a function runs, by their
    place in the sandbox, `files` all its files where there are more. Nothing is run: what is imported under a name that is
    computed is not found, and said."""
    family = runtime.rstrip("0123456789.x")
    if family not in _SOURCES:
        return Followed({}, (Unknown(f"imports of the runtime {runtime or '(none)'} are not followed", ""),))
    walk = _Walk(sources, frozenset(files) | sources.keys(), family, runtime)
    start = walk.handler(handler)
    if not start:
        reason = f"the handler {handler} is not among the function's sources"
        return Followed({}, (Unknown(reason, "build the function, or correct the handler"),))
    return walk.run(start)


class _Walk:
    """One search through imports."""

    def __init__(self, sources: Mapping[str, bytes], files: Collection[str], family: str, runtime: str) -> None:
        self._sources = sources
        self._files = files
        self._family = family
        self._runtime = runtime

    @cached_property
    def _folders(self) -> tuple[str, ...]:
        """Where modules are looked for, in order."""
        paths = [path for path in search_paths(self._runtime) if path.family == self._family]
        found = [folder.rstrip("/") for path in paths for folder in path.folders]
        return tuple(dict.fromkeys([_TASK, *found] if self._family == "python" else found))

    def handler(self, handler: str) -> tuple[str, ...]:
        """The files that loading the handler runs first."""
        module = handler.rpartition(".")[0]
        if self._family == "python":
            return tuple(find_python(module.replace("/", "."), self._folders, self._files))
        return tuple(find_javascript(f"./{module.removeprefix('./')}", f"{_TASK}/x", (), self._files, self._sources))

    def run(self, start: tuple[str, ...]) -> Followed:
        """Everything that imports lead to."""
        found = dict.fromkeys(start, "")
        pending, computed, unread = list(start), [], []
        while pending and len(found) < _MOST:
            path = pending.pop(0)
            imports = self._imports(path)
            if imports.computed:
                computed.append(path)
            if not imports.readable:
                unread.append(path)
            for name in imports.names:
                for target in self._targets(name, path):
                    if target not in found:
                        found[target] = path
                        pending.append(target)
        return Followed(found, tuple(_unknowns(computed, unread, full=bool(pending))))

    def _imports(self, path: str) -> Imports:
        if not path.endswith(_SOURCES[self._family]):
            return Imports()
        source = self._sources.get(path)
        if source is None:
            return Imports(readable=False)
        if self._family == "python":
            return python_imports(source, package_of(path, self._folders))
        return javascript_imports(source)

    def _targets(self, name: str, importer: str) -> Iterator[str]:
        if self._family == "python":
            return find_python(name, self._folders, self._files)
        return find_javascript(name, importer, self._folders, self._files, self._sources)


def _unknowns(computed: list[str], unread: list[str], *, full: bool) -> Iterator[Unknown]:
    if computed:
        more = f" and {len(computed) - 1} other files" if len(computed) > 1 else ""
        yield Unknown(f"{computed[0]}{more} import modules by computed names", "read what they may import")
    if unread:
        yield Unknown(f"the imports of {unread[0]} cannot be read", "read it")
    if full:
        yield Unknown("there are more files than are followed", "take the function apart")
