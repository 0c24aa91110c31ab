"""Holds one documented example against what its rule finds."""

import json
import re
import secrets
import shutil
import string
from pathlib import Path

from examples import Example
from recipes import RECIPES

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import Finding, Unsettled
from lambdaward.model import FileOrigin
from lambdaward.packages.advisories import import_advisories
from lambdaward.rules.rule import REGISTRY
from lambdaward.rules.runner import answers
from lambdaward.sources import load

COMMENT = re.compile(r"(?m) # (?:<-|\?-) LW[A-Z]\d+$")
"""A mark in JSON, which has no comments."""
MADE = re.compile(r"made:([a-z-]+)")


def made(kind: str) -> str:
    """A secret of this run, or text that nobody sees, in the place of `made:KIND`: a rule's documentation holds neither."""
    letters = string.ascii_letters + string.digits
    match kind:
        case "password":
            return f"tulip{secrets.randbelow(900) + 100}kettle"
        case "github-token":
            return "ghp" + "_" + "".join(secrets.choice(letters) for _ in range(36))
        case "invisible":
            return "\ufe01" * 30
        case "hash":
            return secrets.token_hex(20)
    raise ValueError(kind)


def check(example: Example, folder: Path) -> None:
    """Write an example's files and assert that its rule answers on the marked lines, and nowhere else."""
    for name, text in example.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, text)
    given = Given(today=example.today, advisories=_advisories(folder))
    estate = load([folder])
    assert not [problem for problem in estate.coverage.problems if problem.fatal]
    found = list(answers(Analysis(estate, given), *REGISTRY[example.rule]))

    assert _lines(found, Finding, folder, example) == example.marks("<-")
    assert _lines(found, Unsettled, folder, example) == example.marks("?-")
    assert bool(example.marks("<-")) == (example.kind == "fires")
    assert bool(example.marks("?-")) == (example.kind == "unknown")


def write(path: Path, text: str) -> None:
    """Write one file: archives by their recipe, JSON without its marks, secrets made now."""
    if path.suffix in RECIPES and text.startswith("{"):
        path.write_bytes(RECIPES[path.suffix](json.loads(text)))
        return
    plain = COMMENT.sub("", text) if path.suffix == ".json" else text
    path.write_text(MADE.sub(lambda match: made(match[1]), plain))


def _advisories(folder: Path) -> Path | None:
    """A store of the advisories that an example has, which then are no longer among its files."""
    records = folder / "advisories"
    if not records.exists():
        return None
    store = folder.parent / f"{folder.name}-store"
    import_advisories(store, [records])
    shutil.rmtree(records)
    return store


def _lines(found, kind, folder, example):
    return {(*_line(answer.origin, folder, example), answer.rule.id) for answer in found if isinstance(answer, kind)}


def _line(origin, folder, example):
    """File and line of an answer: one about an account stands where the ARN does, on a marked line."""
    if isinstance(origin, FileOrigin):
        return Path(origin.file).relative_to(folder).as_posix(), origin.line
    marked = {(name, line) for arrow in ("<-", "?-") for name, line, _ in example.marks(arrow)}
    lines = {(name, line): example.files[name].splitlines()[line - 1] for name, line in marked}
    return next((place for place, text in lines.items() if f'"{origin.arn}"' in text), (origin.arn, 0))
