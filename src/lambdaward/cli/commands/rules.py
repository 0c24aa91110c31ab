"""`lambdaward rules`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

if TYPE_CHECKING:
    from lambdaward.rules import Rule

EXITS = {0: "always"}
EXAMPLES = {
    "lambdaward rules": "a table",
    "lambdaward rules --format json": "with the ids that standards and other tools use",
}


@command("rules", examples=EXAMPLES, exits=EXITS)
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", help="How to print them."
)
def rules(form: str) -> int:
    """List all rules: id, name, severity, kind, and what each finds.

    Advice runs only with `--advice`, or when it is selected by its full id or name.
    """
    from lambdaward.rules import load

    every = [rule for rule, _ in load().values()]
    with stdout(form) as stream:
        stream.writelines(_json(every) if form == "json" else _lines(every))
    return 0


def _lines(every: list[Rule]) -> Iterator[str]:
    widest = max(len(rule.name) for rule in every)
    for rule in every:
        severity = rule.severity.name.lower()
        yield f"{rule.id}  {rule.name:<{widest}}  {severity:<8}  {rule.kind.value:<7}  {rule.title}\n"


def _json(every: list[Rule]) -> Iterator[str]:
    from lambdaward.reports.json import dumps

    yield dumps([_record(rule) for rule in every])


def _record(rule: Rule) -> dict[str, Any]:
    from msgspec import structs

    standards = structs.asdict(rule.standards)
    return {
        "id": rule.id,
        "name": rule.name,
        "title": rule.title,
        "severity": rule.severity.name.lower(),
        "confidence": rule.confidence.name.lower(),
        "kind": rule.kind.value,
        "folds": list(rule.folds),
        "standards": {name: list(ids) for name, ids in standards.items() if ids},
    }
