"""Python packages whose metadata were deleted: known by the name of their folder, their version by what their code states."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from lambdaward.packages.components.component import Component, Ecosystem, Evidence, Method, normal_python_name
from lambdaward.packages.components.detector import METADATA_LIMIT, component, evidence
from lambdaward.packages.components.files import Files
from lambdaward.packages.components.python import PythonDistributions, Root
from lambdaward.packages.components.tables import table
from lambdaward.packages.components.versions import declared_version, stated_version
from lambdaward.packages.unpack import Entry

_ROOT = re.compile(r"(?:.*/(?:site|dist)-packages/|python/)?")
_FILES = (
    "_version.py", "version.py", "__version__.py", "_version_meson.py", "__about__.py", "about.py", "_meta.py", "__meta__.py",
    "_dist_ver.py", "version/__init__.py", "shared/version.py", "release.py", "_release.py", "package_data.py",
    "_grpcio_metadata.py", "versions.py", "_const.py", "const.py", "VERSION", "version.txt", "_version.txt", "__init__.py",
    "_jsii/__init__.py", "__main__.py", "core.py", "_core.py", "constants.py", "metadata.py",
)  # fmt: skip
"""Files that state a version, most telling first."""
_OWN_NAMES = """
api app apps auth base cache cli client clients common config configs conf constants core data database db decorators domain
email entities errors events exceptions handler handlers helper helpers infra infrastructure init lambda lib libs local log
logger logging main messages middleware model models modules notifications orders package payment payments plugins project queue
repositories resources routes runtime schema schemas scripts security server service services settings shared shop source src
storage support task tasks template templates test tests tool tools types user users util utilities utils validation validators
version views web worker workers
"""
OWN = frozenset(_OWN_NAMES.split())
"""What people call modules of their own."""

_FAMILIES = {"airflow.providers.": "apache-airflow-providers."}
"""Folders that many distributions have a module in, and what these distributions' names begin with."""

_NATIVE_LIMIT = 64 << 20
_DEEP = 2
_FOREIGN = re.compile(r"(?:^|/)(?:_?vendor(?:ed)?|_?vendored_packages|third_?party|_?extern(?:al)?|tests?|testing)/")
"""How deep inside a module a declared version is looked for, and where what is found is another's."""


class _Module:
    """What was seen of one module: the best statement of its version, the digests of its source files, and whether it is a
    module by itself (`whole`), or a folder that others may have a part of."""

    def __init__(self, proof: Evidence) -> None:
        self.rank = len(_FILES) + 1
        self.version = ""
        self.proof = proof
        self.whole = False
        self.declared: dict[str, Evidence] = {}
        self.sources: dict[str, str] = {}

    def stated(self, rank: int, version: str, proof: Evidence) -> None:
        """Take a version, if it stands in a more telling file than the one that is known."""
        if version and rank < self.rank:
            self.rank, self.version, self.proof = rank, version, proof

    def settled(self) -> tuple[str, Evidence]:
        """The version that stands in the most telling file, else the one that all other files agree on; and its proof."""
        if not self.version and len(self.declared) == 1:
            return next(iter(self.declared.items()))
        return self.version, self.proof


@cache
def modules() -> Mapping[str, str]:
    """The distribution that a module belongs to, by the module's dotted name."""
    return table("modules", dict[str, str])


@cache
def imports() -> Mapping[str, str]:
    """The well-known distribution of a module that is named otherwise; empty where several may bring it."""
    return table("imports", dict[str, str])


@cache
def releases() -> Mapping[str, Mapping[str, str]]:
    """For modules whose code does not state a version: the version by the fingerprint of the module."""
    return table("releases", dict[str, dict[str, str]])


@cache
def extensions() -> Mapping[str, re.Pattern[bytes]]:
    """How the native part of a module states the version, by the module's name."""
    return {name: re.compile(pattern.encode()) for name, pattern in table("extensions", dict[str, str]).items()}


class StrippedPython:
    """Packages that lie where modules are imported from, and that no installed distribution accounts for."""

    endings: tuple[str, ...] = ("py", "pyi", "so", "VERSION", "txt")

    def __init__(self, installed: PythonDistributions) -> None:
        self._installed = installed
        self._seen: dict[tuple[Root, str], _Module] = {}

    def see(self, entry: Entry) -> None:
        """Look at a file."""
        path = entry.path
        if not path.endswith((".py", ".pyi", ".so", "VERSION", "ersion.txt")):
            return
        match = _ROOT.match(path)
        root = match[0] if match else ""
        module, file = _module(path[len(root) :])
        if module and not self._installed.claims((entry.chain, root), module.partition(".")[0]):
            self._look(entry, ((entry.chain, root), module), file)

    def _look(self, entry: Entry, key: tuple[Root, str], file: str) -> None:
        module = key[1]
        known = module in releases()
        if file.endswith(".so"):
            self._native(entry, key)
            return
        if not known and (file.count("/") > _DEEP or _FOREIGN.search(file)):
            return
        data = entry.content.read(METADATA_LIMIT)
        seen, proof = self._module(entry, key, data)
        seen.whole |= "/" not in file and not module.endswith("-stubs")
        if file in _FILES or file.startswith(f"{module}."):
            rank = _FILES.index(file) if file in _FILES else len(_FILES)
            seen.stated(rank, stated_version(data, alone=not file.endswith(".py")), proof)
        elif not _FOREIGN.search(file) and (declared := declared_version(data)):
            seen.declared.setdefault(declared, proof)
        if known and file.endswith((".py", ".pyi")):
            seen.sources[file] = proof.sha256

    def _module(self, entry: Entry, key: tuple[Root, str], data: bytes) -> tuple[_Module, Evidence]:
        proof = Evidence(entry.place, Method.SOURCE, hashlib.sha256(data).hexdigest())
        return self._seen.setdefault(key, _Module(proof)), proof

    def _native(self, entry: Entry, key: tuple[Root, str]) -> None:
        pattern = extensions().get(key[1])
        if pattern is None:
            return
        match = pattern.search(entry.content.read(_NATIVE_LIMIT))
        if match is not None:
            proof = evidence(entry, Method.STRINGS)
            self._seen.setdefault(key, _Module(proof)).stated(0, match[1].decode(), proof)

    def __len__(self) -> int:
        """How many components may be recognised so far."""
        return len(self._seen)

    def found(self, files: Files) -> Iterable[Component]:  # noqa: ARG002 - the files are not asked
        """Every package without metadata, its version empty where nothing tells it."""
        for (root, module), seen in self._seen.items():
            name = modules().get(module) or _named_after(module)
            if self._is_package(root, module, seen):
                exact = releases().get(module, {}).get(_combined(seen.sources), "")
                version, proof = seen.settled()
                if exact:
                    proof = Evidence(seen.proof.place, Method.DIGEST, seen.proof.sha256)
                yield component(Ecosystem.PYPI, name, exact or version, proof)

    def _is_package(self, root: Root, module: str, seen: _Module) -> bool:
        """Whether a module is one of a distribution without metadata, and no folder that others have a part of."""
        if not seen.whole and not seen.settled()[0]:
            return False
        if self._installed.lie_in(_folder(root, module)) or self._installed.claims(root, module.partition(".")[0]):
            return False
        return module in modules() or self._installed_here(root, module, seen)

    def _installed_here(self, root: Root, module: str, seen: _Module) -> bool:
        """Whether a module that merely has the name of a well-known distribution is one. Among a function's own code it may be
        the function's own: there it has to state a version, be called as nobody calls a module of one's own, and lie beside
        packages that are known otherwise."""
        if module.partition(".")[0] in OWN:
            return False
        if root[1]:
            return True
        beside = any(other in modules() for where, other in self._seen if where == root)
        return bool(seen.settled()[0]) and beside


def fingerprint(sources: Mapping[str, bytes]) -> str:
    """What tells a module of one release from that of any other: a digest over its source files by path."""
    return _combined({path: hashlib.sha256(data).hexdigest() for path, data in sources.items()})


def _combined(digests: Mapping[str, str]) -> str:
    lines = "".join(f"{path} {digest}\n" for path, digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode("utf-8", "replace")).hexdigest()[:24]


@cache
def _well_known() -> frozenset[str]:
    return frozenset(table("popular", dict[str, str])["pypi"].split())


def _named_after(module: str) -> str:
    """The well-known distribution that a module is likely of: the one that brings it, else the one of its name; empty when
    there is none."""
    if (owner := imports().get(module)) is not None:
        return owner
    for folder, family in _FAMILIES.items():
        module = module.replace(folder, family, 1) if module.startswith(folder) else module
    name = normal_python_name(module)
    return name if name in _well_known() else ""


def _folder(root: Root, module: str) -> Root:
    """A module's own folder."""
    return root[0], f"{root[1]}{module.replace('.', '/')}/"


def _module(path: str) -> tuple[str, str]:
    """The known module that a file belongs to, and the file's path inside it; empty when none is known. Modules that share a
    folder with others (`google.protobuf`) are known by their whole name."""
    parts = path.split("/")
    if len(parts) == 1:
        name, dot, _ = path.partition(".")
        return (name, path) if dot and _known(name) else ("", "")
    for depth in range(min(4, len(parts) - 1), 0, -1):
        dotted = ".".join(parts[:depth])
        if _known(dotted):
            return dotted, "/".join(parts[depth:])
    return "", ""


@lru_cache(maxsize=10_000)
def _known(module: str) -> bool:
    return module in modules() or bool(_named_after(module))
