"""`lambdaward why`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambdaward.iam import Outcome
    from lambdaward.model import Value

EXITS = {
    0: "it is allowed",
    1: "it is denied",
    2: "the command line or the configuration is wrong, or a name means nothing, or several things",
    3: "nothing to ask",
    4: "it is not known, or input could not be read",
}
EXAMPLES = {
    "lambdaward why Orders s3:GetObject arn:aws:s3:::orders/1": "may the role of a function do this, and why",
    "lambdaward why Orders dynamodb:Query OrdersTable template.yaml": "on a table of the template, by its logical id",
    "lambdaward why s3.amazonaws.com lambda:InvokeFunction Orders": "may a service",
    "lambdaward why '*' sqs:SendMessage Jobs --context aws:SourceIp=198.51.100.7": "may anybody, from there",
}


@command("why", examples=EXAMPLES, exits=EXITS)
@click.argument("principal")
@click.argument("action")
@click.argument("resource")
@options.paths
@options.context
@click.option("--closed", is_flag=True, help="Context keys that are not given are absent, instead of not known.")
@options.form
@options.inputs
@options.judging
@options.color
def why(principal: str, action: str, resource: str, paths: tuple[str, ...], **asked: Any) -> int:  # noqa: ANN401 - options, by name
    """Tell whether somebody may do something, by which statement, and what would change that.

    PRINCIPAL is a function (its role asks), a role, a user, an account, a service, or `*` for anybody. RESOURCE is an ARN, the
    name or logical id of a resource that is read, or `*` for some resource. Saved answers of `aws iam
    get-account-authorization-details` and `aws lambda list-functions` are read as templates are.
    """
    from lambdaward.analysis.access import Words
    from lambdaward.cli.answers import data, lines
    from lambdaward.cli.estates import opened
    from lambdaward.cli.terminal import look_for
    from lambdaward.reports.json import dumps
    from lambdaward.reports.terminal.style import Style

    found = opened(paths, asked)
    if found.empty:
        return 3
    access = found.analysis.access
    words = Words(access)
    keys: Mapping[str, Value] = asked["context"]
    target = words.target(resource, action)
    answer = access.can(words.asker(principal), action, target, keys, closed=asked["closed"])
    with stdout(asked["form"]) as stream:
        if asked["form"] == "json":
            stream.write(dumps(data(answer)))
        else:
            style = Style(look_for(stream, asked["color"], verbose=False))
            stream.writelines(line + "\n" for line in lines(answer, found.analysis.estate, style))
    return _code(answer.outcome, lost=found.lost)


def _code(outcome: Outcome, *, lost: bool) -> int:
    if lost or outcome == "Unknown":
        return 4
    return 0 if outcome == "Allowed" else 1
