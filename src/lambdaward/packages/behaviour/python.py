"""What Python source does, by its syntax tree. Nothing is run."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cached_property

from lambdaward.packages.behaviour.acts import Act, Capability, told
from lambdaward.packages.behaviour.names import METHODS, OPENERS, capability_of, reads_secrets

LARGEST = 2 << 20
"""Source beyond this size is not parsed."""

_DENSE = 384 << 10
"""Nor is source with more code than this, comments and texts left out: its tree would take more than 200 MB."""

_NO_CODE = re.compile(
    rb"#[^\n]*"
    rb"|([A-Za-z]{0,2})(?:\"\"\"(?:[^\\\"]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^\\']|\\.|'(?!''))*'''"
    rb"|\"(?:[^\\\"\n]|\\.)*\"|'(?:[^\\'\n]|\\.)*')",
    re.DOTALL,
)
"""Comments and texts; the first group is what stands in front of a text: an `f` says that there is code in it."""

_ESCAPES, _LINE = 300, 20_000

_BUILTIN = frozenset(("eval", "exec", "open", "compile", "getattr", "__import__"))
_ASKS = frozenset(("isinstance", "issubclass", "hasattr", "cast", "typing.cast", "TypeVar"))
_LOADERS = frozenset(("builtins.__import__", "importlib.import_module"))
_TEMPORARY = ("/tmp/", "/dev/null")  # noqa: S108 - names of places, nothing is written
_TYPES = ("types.", "socket.socket")
"""What is handed over more often to tell kinds of objects apart than to be called."""

_DEEPEST = 10
"""How deep names in names are followed."""

_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}
_PLAIN_WORDS = """
ctx op ops id attr arg name names asname module level kind lineno simple is_async type_comment type_ignores conversion
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())
"""Fields of a tree that hold no code."""


def parsed(source: bytes) -> ast.Module | None:
    """The tree of some source; `None` for what is no Python of this version, or nested deeper than a parser goes."""
    if len(source) > LARGEST or (len(source) > _DENSE and _code_in(source) > _DENSE):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _code_in(source: bytes) -> int:
    """How many bytes of some source are code; all, where escapes are so many that telling would take long."""
    if source.count(b"\\") > _ESCAPES or max(map(len, source.splitlines()), default=0) > _LINE:
        return len(source)
    return len(_NO_CODE.sub(lambda match: match[0] if match[1] and b"f" in match[1].lower() else b"", source))


def python_acts(tree: ast.Module) -> tuple[Act, ...]:
    """Everything that the code of a tree can do and that names tell."""
    return told(list(_acts(tree, Names(tree))))


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node of a tree that is code, those above before those below."""
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        pending += below(node)


def below(node: ast.AST) -> list[ast.AST]:
    """The nodes right below one, the last first."""
    kind = type(node)
    fields = _FIELDS.get(kind)
    if fields is None:
        fields = _FIELDS[kind] = tuple(field for field in reversed(kind._fields) if field not in _PLAIN)
    found: list[ast.AST] = []
    for field in fields:
        value = getattr(node, field, None)
        if isinstance(value, list):
            found += [each for each in reversed(value) if isinstance(each, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


class Names:
    """What the names of a file stand for. Names that are bound to something of the file's own stand for no builtin."""

    def __init__(self, tree: ast.Module) -> None:
        self._imported: dict[str, set[str]] = {}
        self._bound: set[str] = set()
        self._opened: list[str] = []
        methods: set[int] = set()
        for node in nodes(tree):
            if isinstance(node, ast.ClassDef):
                methods.update(id(child) for child in node.body)
            if id(node) not in methods:
                self._see(node)

    def _see(self, node: ast.AST) -> None:
        match node:
            case ast.Import():
                for alias in node.names:
                    top = alias.name.partition(".")[0]
                    self._imported.setdefault(alias.asname or top, set()).add(alias.name if alias.asname else top)
            case ast.ImportFrom(module=str(module), level=0, names=[ast.alias(name="*")]):
                self._opened.append(module)
            case ast.ImportFrom(module=str(module), level=0):
                for alias in node.names:
                    self._imported.setdefault(alias.asname or alias.name, set()).add(f"{module}.{alias.name}")
            case ast.ImportFrom():
                self._bound.update(alias.asname or alias.name for alias in node.names)
            case ast.Name(ctx=ast.Store()):
                self._bound.add(node.id)
            case ast.arg():
                self._bound.add(node.arg)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self._bound.add(node.name)

    @cached_property
    def methods(self) -> frozenset[str]:
        """The methods that are called like nothing else: those of paths only where paths are imported."""
        paths = any(name.startswith("pathlib") for names in self._imported.values() for name in names)
        return frozenset(name for name, able in METHODS.items() if paths or able is not Capability.FILES)

    def _named(self, name: str) -> frozenset[str]:
        if name in self._imported:
            return frozenset(self._imported[name])
        modules = [] if name in self._bound else [*self._opened, *(["builtins"] if name in _BUILTIN else [])]
        return frozenset(f"{module}.{name}" for module in modules)

    def meant(self, node: ast.AST, depth: int = 0) -> frozenset[str]:
        """The dotted names that an expression may stand for; none for what is no name of a library's."""
        attributes: list[str] = []
        while isinstance(node, ast.Attribute) and len(attributes) < _DEEPEST:
            attributes.append(node.attr)
            node = node.value
        owners = self._owners(node, depth)
        return frozenset(".".join([owner, *reversed(attributes)]) for owner in owners) if attributes else owners

    def _owners(self, node: ast.AST, depth: int) -> frozenset[str]:
        """What an expression stands for that is a name, or a call that imports or looks up by a written name."""
        match node:
            case ast.Name(id=name):
                return self._named(name)
            case ast.Call(func=func, args=[first, *rest]) if depth < _DEEPEST:
                loader = self.meant(func, depth + 1)
                if loader & _LOADERS and (module := text_of(first)):
                    return frozenset((module,))
                if "builtins.getattr" in loader and rest and (attribute := text_of(rest[0])):
                    return frozenset(f"{each}.{attribute}" for each in self.meant(first, depth + 1))
        return frozenset()


def _acts(tree: ast.Module, names: Names) -> Iterator[Act]:
    for node in _running(tree):
        match node:
            case ast.Call():
                yield from _call(node, names)
            case ast.ClassDef():
                yield from _used(node.bases, names)
            case ast.Assign() | ast.AnnAssign() | ast.Return():
                yield from _used([node.value] if node.value else [], names)
            case ast.Constant(value=str(text)) if reads_secrets(text):
                yield Act(Capability.CREDENTIALS, text, node.lineno)


def _running(tree: ast.Module) -> Iterator[ast.AST]:
    """Every node of code, without annotations, texts that document, and names of variables that are written to."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        yield node
        match node:
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.AnnAssign():
                pending += [node.target, *([node.value] if node.value else [])]
            case ast.arg():
                continue
            case ast.Subscript(ctx=ast.Store() | ast.Del()):
                pending.append(node.value)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                pending += [*node.decorator_list, *node.args.defaults, *node.body]
                pending += [default for default in node.args.kw_defaults if default]
            case _:
                pending += below(node)


def _call(node: ast.Call, names: Names) -> Iterator[Act]:
    """What a call does: by what is called, and by what is handed over to be called."""
    meant = names.meant(node.func)
    yield from _used([node.func], names)
    if meant & OPENERS and _writes(node):
        yield Act(Capability.FILES, min(meant).removeprefix("builtins."), node.lineno)
    if "builtins.compile" in meant and _mode(node) == "exec":
        yield Act(Capability.DYNAMIC, "compile", node.lineno)
    if isinstance(node.func, ast.Attribute) and not meant and node.func.attr in names.methods:
        yield Act(METHODS[node.func.attr], f".{node.func.attr}()", node.lineno)
    if not (isinstance(node.func, ast.Name) and node.func.id in _ASKS):
        yield from _used(node.args, names, _TYPES)


def _used(nodes: Iterable[ast.expr], names: Names, passed: tuple[str, ...] = ()) -> Iterator[Act]:
    for node in nodes:
        for dotted in sorted(names.meant(node)) if isinstance(node, (ast.Name, ast.Attribute, ast.Call)) else ():
            if not dotted.startswith(passed or "?") and (capability := capability_of(dotted)) is not None:
                yield Act(capability, dotted.removeprefix("builtins."), node.lineno)


def text_of(node: ast.AST) -> str:
    """The text that an expression is, empty for another one."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _mode(node: ast.Call) -> str:
    """The mode of a call to `compile`."""
    given = [*node.args[2:3], *(word.value for word in node.keywords if word.arg == "mode")]
    return text_of(given[0]) if given else ""


def _writes(node: ast.Call) -> bool:
    """Whether a call opens a file to write to it, and not one of the temporary folder."""
    given = [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "mode")]
    path = text_of(node.args[0]) if node.args else ""
    return bool(given) and bool(set(text_of(given[0])) & set("wax+")) and not path.startswith(_TEMPORARY)
