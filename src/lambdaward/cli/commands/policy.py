"""`lambdaward policy`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from lambdaward.cli.command import command
from lambdaward.cli.narration import narrate
from lambdaward.cli.streams import stdout
from lambdaward.model import UsageError

if TYPE_CHECKING:
    from lambdaward.iam import Policy
    from lambdaward.iam.reasoning import Answer

HOLDS, ACCESS, UNKNOWN = 0, 1, 4
EXITS = {
    HOLDS: "there is no such access; `minimise`: the policy that is printed is proved to be equivalent; `lint`: nothing is wrong",
    ACCESS: "there is, and a request that shows it is printed; `lint`: something is wrong",
    2: "a file cannot be read, AWS rejects its policy, or the words do not fit the question",
    UNKNOWN: "it cannot be told; `minimise`: whether the policy can be smaller",
}
EXAMPLES = {
    "lambdaward policy diff old.json new.json": "what is newly allowed, and what no longer",
    "lambdaward policy check-no-new-access old.json new.json": "fail when anything is newly allowed",
    "lambdaward policy check-access-not-granted role.json --action iam:PassRole": "fail when this is allowed",
    "lambdaward policy check-access-not-granted role.json --resource 'arn:aws:s3:::pay/*'": "fail when it is reached at all",
    "lambdaward policy check-access-not-granted role.json --action 's3:Put*' --within boundary.json": "fail when both allow it",
    "lambdaward policy check-no-public-access bucket.json": "fail when a stranger's request is allowed",
    "lambdaward policy lint role.json": "find what is legal and still wrong",
    "lambdaward policy minimise role.json > smaller.json": "write the same with fewer words",
}
FILES = {
    "diff": 2,
    "check-no-new-access": 2,
    "check-access-not-granted": 1,
    "check-no-public-access": 1,
    "minimise": 1,
    "lint": 1,
}
Answers = list[tuple[str, "Answer"]]


@command("policy", examples=EXAMPLES, exits=EXITS)
@click.argument("question", type=click.Choice(tuple(FILES)))
@click.argument("files", metavar="POLICY...", nargs=-1, required=True)
@click.option(
    "--action", "actions", multiple=True, metavar="ACTION", help="An action that must not be allowed (default: any)."
)
@click.option("--resource", "resources", multiple=True, metavar="ARN", help="On which resources (default: on any).")
@click.option(
    "--within",
    "limits",
    multiple=True,
    metavar="POLICY",
    help="A boundary or a policy of the organization that must allow it as well (several: each must).",
)
def policy(
    question: str,
    files: tuple[str, ...],
    actions: tuple[str, ...],
    resources: tuple[str, ...],
    limits: tuple[str, ...],
) -> int:
    """Ask what policy documents allow, over all requests.

    A POLICY is a file with one policy document, as JSON or YAML. The answer is a proof, or a request that shows the access, which
    evaluating the policies confirms.
    """
    if len(files) != FILES[question]:
        raise UsageError(f"`{question}` takes {FILES[question]} policy files, not {len(files)}")
    if bool(actions or resources) is not (question == "check-access-not-granted"):
        raise UsageError(
            "`--action` and `--resource` say what `check-access-not-granted` asks for, and belong to it alone"
        )
    if limits and question != "check-access-not-granted":
        raise UsageError("`--within` belongs to `check-access-not-granted`")
    if question == "minimise":
        return _minimised(files[0])
    if question == "lint":
        from lambdaward.cli.linting import linted

        return linted(files[0])
    from lambdaward.cli.policyfiles import policy_of

    read = [policy_of(file) for file in (*files, *limits)]
    answers = _answers(question, read, actions, resources)
    with stdout("terminal") as stream:
        stream.writelines(line + "\n" for name, answer in answers for line in _lines(name, answer))
    return _code([answer for _, answer in answers])


def _answers(question: str, read: Sequence[Policy], actions: Sequence[str], resources: Sequence[str]) -> Answers:
    from lambdaward.iam.reasoning import granted_access, granted_within, new_access, public_access

    if question == "check-access-not-granted" and len(read) > 1:
        return [("access", granted_within(read[0], read[1:], actions or ("*",), resources or ("*",)))]
    if question == "check-access-not-granted":
        return [("access", granted_access(read[0], actions or ("*",), resources or ("*",)))]
    if question == "check-no-public-access":
        return [("public access", public_access(read[0]))]
    found = [("new access", new_access(read[0], read[1]))]
    if question == "diff":
        found.append(("removed access", new_access(read[1], read[0])))
    return found


def _minimised(file: str) -> int:
    import msgspec

    from lambdaward.cli.policyfiles import document_of
    from lambdaward.iam.reasoning import minimise

    found = minimise(document_of(file))
    with stdout("json") as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(found.document)).decode() + "\n")
    (before, after), less = found.statements, found.before - found.after
    narrate("statements", f"{before:,} -> {after:,}")
    narrate("characters", f"{found.before:,} -> {found.after:,} ({less / found.before:.0%} less)")
    if found.unknown:
        narrate("not known", f"whether it can be smaller: {found.unknown}")
    return UNKNOWN if found.unknown else HOLDS


def _code(answers: Sequence[Answer]) -> int:
    if any(answer.witness is not None for answer in answers):
        return ACCESS
    return UNKNOWN if any(answer.unknown for answer in answers) else HOLDS


def _lines(name: str, answer: Answer) -> Iterator[str]:
    from lambdaward.reports.text import visible

    shown = answer.witness
    if shown is None:
        yield f"{name}: not known, {answer.unknown}" if answer.unknown else f"{name}: none"
        return
    yield f"{name}: by {visible(shown.source.statement.shown)}, for example"
    if shown.principal:
        yield f"  principal  {visible(shown.principal)}"
    yield f"  action     {visible(shown.action)}"
    yield f"  resource   {visible(shown.resource)}"
    for key, values in sorted(shown.context.items()):
        yield f"  context    {visible(key)} = {visible(', '.join(values))}"
