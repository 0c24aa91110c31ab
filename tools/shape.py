"""Holds the source tree to its shape budget: python tools/shape.py ROOT. Exit 1 names every measure that is over.

A small file or function is not a goal in itself; a tree in which all of these hold is one that a stranger can read.
"""

from __future__ import annotations

import ast
import re
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)


@dataclass(frozen=True)
class Measure:
    """One measure of the tree: its value, its limit, and whether the value must stay below (or reach) the limit."""

    name: str
    value: float
    limit: float
    at_most: bool = True
    worst: str = ""

    @property
    def holds(self) -> bool:
        """Whether the measure is within its budget."""
        return self.value <= self.limit if self.at_most else self.value >= self.limit


@dataclass(frozen=True)
class Module:
    """A parsed source file."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """Lines of the file."""
        return self.text.count("\n")

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function, methods and nested ones included."""
        return (node for node in ast.walk(self.tree) if isinstance(node, FUNCTIONS))

    def public(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
        """Every public function and class."""
        for node in ast.walk(self.tree):
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_"):
                yield node


def nesting(node: ast.AST, depth: int = 0) -> int:
    """The deepest control flow below a node; an `elif` is as deep as its `if`."""
    deepest = depth
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, (*FUNCTIONS, ast.ClassDef, ast.Lambda)):
                continue
            chained = isinstance(node, ast.If) and name == "orelse" and isinstance(child, ast.If)
            deepest = max(deepest, nesting(child, depth + (isinstance(child, BLOCKS) and not chained)))
    return deepest


def quantile(values: list[int], share: float) -> int:
    """The value that a share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0


def typed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the return and every parameter but self and cls are annotated."""
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    missing = [a for a in every if a and a.annotation is None and a.arg not in ("self", "cls")]
    return function.returns is not None and not missing


def read(root: Path) -> list[Module]:
    """Every module below a folder."""
    paths = sorted(root.rglob("*.py"))
    return [Module(path, text := path.read_text("utf-8"), ast.parse(text)) for path in paths]


def sizes(modules: list[Module]) -> Iterator[Measure]:
    """How much a reader meets at once."""
    files = {module.path: module.lines for module in modules}
    bodies = {
        f"{m.path}:{f.lineno}": f.end_lineno - f.lineno + 1 for m in modules for f in m.functions() if f.end_lineno
    }
    depths = {f"{m.path}:{f.lineno}": nesting(f) for m in modules for f in m.functions()}
    longest, deepest = max(bodies, key=bodies.__getitem__), max(depths, key=depths.__getitem__)
    yield Measure("file lines, median", statistics.median(files.values()), 130)
    yield Measure("file lines, p90", quantile(list(files.values()), 0.9), 300)
    yield Measure("file lines, max", max(files.values()), 600, worst=str(max(files, key=files.__getitem__)))
    yield Measure("function lines, median", statistics.median(bodies.values()), 9)
    yield Measure("function lines, p90", quantile(list(bodies.values()), 0.9), 30)
    yield Measure("function lines, max", bodies[longest], 80, worst=longest)
    yield Measure("nesting, p90", quantile(list(depths.values()), 0.9), 2)
    yield Measure("nesting, max", depths[deepest], 4, worst=deepest)


def manners(modules: list[Module]) -> Iterator[Measure]:
    """What is documented, typed and caught."""
    code = sum(
        1
        for module in modules
        for line in module.text.splitlines()
        if line.strip() and not line.strip().startswith("#")
    )
    bare = [str(m.path) for m in modules if m.lines and not ast.get_docstring(m.tree)]
    public = [(f"{m.path}:{node.lineno}", ast.get_docstring(node)) for m in modules for node in m.public()]
    untyped = [f"{m.path}:{f.lineno}" for m in modules for f in m.functions() if not typed(f)]
    silent = [place for place, doc in public if not doc]
    broad = [
        f"{m.path}:{h.lineno}"
        for m in modules
        for h in ast.walk(m.tree)
        if isinstance(h, ast.ExceptHandler) and is_broad(h)
    ]
    escapes = sum(len(re.findall(r"#\s*type: ignore", module.text)) for module in modules)
    yield Measure("modules without docstring", len(bare), 0, worst=", ".join(bare[:3]))
    yield Measure(
        "public names documented, %",
        100 - 100 * len(silent) / len(public),
        95,
        at_most=False,
        worst=", ".join(silent[:3]),
    )
    yield Measure("functions untyped", len(untyped), 0, worst=", ".join(untyped[:3]))
    yield Measure("broad excepts per 1,000 lines", 1000 * len(broad) / code, 0.3, worst=", ".join(broad[:3]))
    yield Measure("type ignores per 1,000 lines", 1000 * escapes / code, 1)


def is_broad(node: ast.AST) -> bool:
    """Whether a node is a handler that catches everything."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    return node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")


def main(arguments: list[str]) -> int:
    """Print every measure; 1 when one is over its budget."""
    modules = read(Path(arguments[0]))
    measures = [*sizes(modules), *manners(modules)]
    for measure in measures:
        sign = "<=" if measure.at_most else ">="
        verdict = "ok  " if measure.holds else "OVER"
        print(
            f"{verdict} {measure.name:32} {measure.value:7.1f} {sign} {measure.limit:g}  {'' if measure.holds else measure.worst}"
        )
    return int(not all(measure.holds for measure in measures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
