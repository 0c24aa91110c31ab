"""`lambdaward who-can`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

if TYPE_CHECKING:
    from typing import TextIO

    from lambdaward.analysis.access import Answer
    from lambdaward.cli.estates import Opened
    from lambdaward.model import ResourceId, Unknown

EXITS = {
    0: "somebody can",
    1: "nobody can",
    2: "the command line or the configuration is wrong, or a name means nothing, or several things",
    3: "nothing to ask",
    4: "nobody surely can, but somebody perhaps; or input could not be read",
}
EXAMPLES = {
    "lambdaward who-can lambda:UpdateFunctionCode Orders": "who can change the code of a function",
    "lambdaward who-can sts:AssumeRole AdminRole account.json": "who can take a role, by trust and by permissions",
    "lambdaward who-can s3:GetObject arn:aws:s3:::orders/1 --format json": "for other programs",
}


@command("who-can", examples=EXAMPLES, exits=EXITS)
@click.argument("action")
@click.argument("resource")
@options.paths
@options.context
@click.option("--closed", is_flag=True, help="Context keys that are not given are absent, instead of not known.")
@options.form
@options.inputs
@options.judging
@options.color
def who_can(action: str, resource: str, paths: tuple[str, ...], **asked: Any) -> int:  # noqa: ANN401 - options, by name
    """List everybody who can take an action on a resource, or perhaps can, and why.

    The roles and users that are read are asked, and the accounts, services and others that the resource's own policy names.
    Whoever surely cannot is not listed. RESOURCE is an ARN, the name or logical id of a resource that is read, or `*` for some
    resource.
    """
    from lambdaward.analysis.access import Words, unlisted
    from lambdaward.cli.estates import opened
    from lambdaward.iam import Outcome

    found = opened(paths, asked)
    if found.empty:
        return 3
    target = Words(found.analysis.access).target(resource, action)
    unknown = unlisted(action)
    answers: tuple[Answer, ...] = ()
    if unknown is None:
        answers = found.analysis.permissions.who_can(action, target, asked["context"], closed=asked["closed"])
    with stdout(asked["form"]) as stream:
        stream.writelines(
            _json(answers, unknown) if asked["form"] == "json" else _text(answers, unknown, found, stream, asked)
        )
    sure = any(answer.outcome is Outcome.ALLOWED for answer in answers)
    perhaps = found.lost or unknown is not None or (answers and not sure)
    return 4 if perhaps else 0 if sure else 1


def _json(answers: Sequence[Answer], unknown: Unknown | None) -> Iterator[str]:
    from lambdaward.cli.answers import data
    from lambdaward.reports.json import dumps

    unknowns = [] if unknown is None else [{"reason": unknown.reason, "settle": unknown.settle}]
    yield dumps({"answers": [data(answer) for answer in answers], "unknowns": unknowns})


def _text(
    answers: Sequence[Answer], unknown: Unknown | None, found: Opened, stream: TextIO, asked: dict[str, Any]
) -> Iterator[str]:
    from lambdaward.cli.answers import summary
    from lambdaward.cli.terminal import look_for
    from lambdaward.iam import Outcome
    from lambdaward.reports.terminal.style import Style

    if unknown is not None:
        yield f"unknown: {unknown.reason}; {unknown.settle}\n"
        return
    style = Style(look_for(stream, asked["color"], verbose=False))
    runs = _runs(found)
    for answer in answers:
        principal = answer.asker.principal
        told = runs.get(principal.id, []) if principal else []
        yield from (line + "\n" for line in summary(answer, told, style))
    sure = sum(answer.outcome is Outcome.ALLOWED for answer in answers)
    for note in dict.fromkeys(note for answer in answers for note in answer.notes):
        yield from (line + "\n" for line in style.wrap("taken as given: ", note))
    yield f"{sure} can, {len(answers) - sure} perhaps\n"


def _runs(found: Opened) -> dict[ResourceId, list[str]]:
    """The functions that run as each role."""
    from lambdaward.model import Function

    runs: dict[ResourceId, list[str]] = {}
    for function in found.analysis.estate.all(Function):
        if function.role and function.role.target:
            runs.setdefault(function.role.target, []).append(function.shown or function.id.name)
    return runs
