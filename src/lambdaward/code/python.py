"""Imports of Python: what a file names, and where the interpreter looks for it."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection, Iterator, Sequence

from lambdaward.code.imports import Imports

_MOST = 2 << 20
_ENDINGS = (".py", ".so", ".pyc")
_BY_NAME = frozenset(("import_module", "__import__", "run_module", "find_spec"))


def python_imports(source: bytes, package: str) -> Imports:
    """What a file imports, relative names made whole. `package` is the dotted name of the package that the file lies in. What
    only type checkers import is left out; what may or may not be imported is not."""
    if len(source) > _MOST:
        return Imports(readable=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Imports(readable=False)
    names: dict[str, None] = {}
    computed = False
    for node in _nodes(tree):
        match node:
            case ast.Import():
                names.update(dict.fromkeys(alias.name for alias in node.names))
            case ast.ImportFrom():
                names.update(dict.fromkeys(_from(node, package)))
            case ast.Call() if _called(node) in _BY_NAME:
                name = _constant(node, package)
                computed |= name is None
                names.update({name: None} if name else {})
    return Imports(tuple(names), computed)


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node, without the bodies of `if TYPE_CHECKING`."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, ast.If) and _only_for_types(node.test):
            pending.extend(node.orelse)
        else:
            pending.extend(ast.iter_child_nodes(node))


def _only_for_types(test: ast.expr) -> bool:
    name = test.id if isinstance(test, ast.Name) else test.attr if isinstance(test, ast.Attribute) else ""
    return name == "TYPE_CHECKING"


def _from(node: ast.ImportFrom, package: str) -> Iterator[str]:
    base = node.module or ""
    if node.level:
        above = package.split(".")
        above = above[: len(above) - node.level + 1] if node.level <= len(above) else []
        base = ".".join([*above, *([base] if base else [])])
    if base:
        yield base
    for alias in node.names:
        if alias.name != "*":
            yield f"{base}.{alias.name}" if base else alias.name


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
    return ""


def _constant(node: ast.Call, package: str) -> str | None:
    """The module that a call names, where it is written out."""
    if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
        name = node.args[0].value
        return f"{package}{name}" if name.startswith(".") else name
    return None


def find_python(name: str, folders: Sequence[str], files: Collection[str]) -> Iterator[str]:
    """The files that importing a dotted name runs: every package on the way and the module itself, from the first folder of the
    search path that has it. Nothing, when none has it."""
    parts = name.split(".")
    for folder in folders:
        found = list(_in_folder(folder.rstrip("/") + "/", parts, files))
        if found:
            yield from found
            return


def _in_folder(folder: str, parts: Sequence[str], files: Collection[str]) -> Iterator[str]:
    for depth in range(1, len(parts) + 1):
        base = folder + "/".join(parts[:depth])
        for ending in _ENDINGS:
            for path in (f"{base}/__init__{ending}", base + ending):
                if path in files:
                    yield path


def package_of(path: str, folders: Sequence[str]) -> str:
    """The dotted name of the package that a file lies in, by the longest folder of the search path above it."""
    root = max((folder for folder in folders if path.startswith(folder.rstrip("/") + "/")), key=len, default="")
    inside = path[len(root) :].strip("/").rpartition("/")[0]
    return inside.replace("/", ".")
