"""`lambdaward verify`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout
from lambdaward.model import UsageError

if TYPE_CHECKING:
    from lambdaward.model import Verdict
    from lambdaward.packages.signing import Step, Trust, Verification

HOLDS, FAILS, UNKNOWN = 0, 1, 4
EXITS = {
    HOLDS: "every signature holds, and no archive is ambiguous; of a deployment: Lambda takes the code",
    FAILS: "a signature does not hold, or an archive is ambiguous; of a deployment: Lambda refuses the code",
    2: "a package, root or answer cannot be read",
    UNKNOWN: "it cannot be told without AWS: what settles it is printed",
}
EXAMPLES = {
    "lambdaward verify orders.zip": "whether it is what AWS Signer signed, and what only AWS can tell",
    "lambdaward verify orders.zip --profile ARN --revocation answer.json": "signed by this profile, and not revoked",
    "lambdaward verify layout --root notation-root.pem": "the signatures of a container image in an OCI layout",
    "lambdaward verify orders.zip --trace": "every step, with digests and certificates",
    "lambdaward verify orders.zip --config config.json --layer tools=tools.zip": "what Lambda will answer to a deployment",
    "lambdaward verify orders.zip --function Orders": "the same, with the config and layers of a function of the project here",
    "lambdaward verify --function Orders": "the same of the function's own package, where the project holds it",
}


@command("verify", examples=EXAMPLES, exits=EXITS)
@click.argument("packages", metavar="[PACKAGE]...", nargs=-1)
@click.option("--trace", is_flag=True, help="Print every step, with digests and certificates.")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="ARN",
    help="Signing profile (or version of one) that may sign; repeatable.",
)
@click.option(
    "--root", "roots", multiple=True, metavar="FILE", help="Root certificate to trust beside those of AWS; repeatable."
)
@click.option(
    "--revocation",
    metavar="FILE",
    help="What `aws signer get-revocation-status` answered; without it, that is unknown.",
)
@click.option("--without-revocation", is_flag=True, help="Leave out whether anything was revoked.")
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    metavar="TIME",
    help="Time to judge by (UTC) instead of now.",
)
@click.option(
    "--config",
    metavar="FILE",
    help="Ask what Lambda answers to a deployment under this code-signing config (`aws lambda get-code-signing-config`).",
)
@click.option(
    "--function",
    "function",
    metavar="NAME",
    help="Ask the same of a function of --project, with its config and layers.",
)
@click.option(
    "--project", default=".", metavar="PATH", help="Where the function is declared (default: the current folder)."
)
@click.option("--layer", "layers", multiple=True, metavar="NAME=FILE", help="A layer that is deployed too; repeatable.")
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", help="How to print the answer."
)
def verify(  # noqa: PLR0913 - options, by name
    packages: tuple[str, ...],
    *,
    profiles: tuple[str, ...],
    roots: tuple[str, ...],
    revocation: str | None,
    at: dt.datetime | None,
    config: str | None,
    function: str | None,
    project: str,
    layers: tuple[str, ...],
    form: str,
    trace: bool,
    without_revocation: bool,
) -> int:
    """Verify packages that AWS Signer has signed, without asking AWS.

    A PACKAGE is a zip as it is uploaded, or an OCI layout (folder or tar) of a container image with its signatures: those of
    Notation are verified. The signature of a zip is over names and contents in their order, but not over where one ends and the
    next begins, nor over permissions: what makes an archive ambiguous is told whatever the signature says, and `lambdaward lock`
    pins the rest.
    """
    if not packages and not function:
        raise UsageError("give a PACKAGE, or a function with `--function`")
    if revocation and without_revocation:
        raise UsageError("`--revocation` gives an answer that `--without-revocation` leaves out: give one of them")
    from pathlib import Path

    from lambdaward.packages import signing

    trust = signing.trust(
        at.replace(tzinfo=dt.UTC) if at else dt.datetime.now(dt.UTC),
        signing.read_roots(roots),
        profiles=profiles,
        revocation=signing.read_revocation(revocation) if revocation else None,
        ask_revocation=not without_revocation,
    )
    from lambdaward.cli.images import is_layout, verified

    images = [Path(package) for package in packages if is_layout(Path(package))]
    if images:
        if len(images) < len(packages) or config or function or layers:
            raise UsageError(
                "images are verified on their own: give them without packages, `--config` and `--function`"
            )
        return verified(images, trust, form)
    found = [signing.verify(Path(package), trust) for package in packages]
    if config or function:
        from lambdaward.cli.deployment import asked, report

        answers = asked(found, trust, config=config, function=function, project=project, layers=layers)
        return report(answers, form)
    if layers:
        raise UsageError("`--layer` belongs to a deployment: give `--config` or `--function` as well")
    with stdout(form) as stream:
        stream.writelines(_json(found) if form == "json" else _lines(found, trust, trace=trace))
    return max((_code(verification) for verification in found), key=(HOLDS, UNKNOWN, FAILS).index)


def _code(verification: Verification) -> int:
    word = _word(verification.verdict)
    if word == "no" or verification.ambiguities:
        return FAILS
    return HOLDS if word == "yes" else UNKNOWN


def _word(verdict: Verdict) -> str:
    from lambdaward.model import No, Yes

    match verdict:
        case Yes():
            return "yes"
        case No():
            return "no"
    return "unknown"


def _texts(verdict: Verdict) -> list[str]:
    """What a verdict rests on, one line each."""
    from lambdaward.model import Unsure

    if isinstance(verdict, Unsure):
        return [line for unknown in verdict.unknowns for line in (unknown.reason, unknown.settle) if line]
    return [fact.text for fact in verdict.proof]


_SAID = {
    "yes": "the signature holds",
    "no": "the signature does not hold",
    "unknown": "the signature is not known to hold",
}


def _lines(found: Sequence[Verification], trust: Trust, *, trace: bool) -> Iterator[str]:
    from lambdaward.reports.text import visible

    for verification in found:
        yield f"{visible(verification.package)}: {_SAID[_word(verification.verdict)]}\n"
        for step in verification.steps:
            if trace or _word(step.verdict) != "yes" or step.check == "envelope":
                yield from (visible(line) + "\n" for line in _step(step, trace=trace))
        for text in verification.ambiguities:
            yield f"  ambiguous  {visible(text)}\n"
        if trace:
            yield from (f"  note       {visible(str(cut))}\n" for cut in verification.reading.recuts if not cut.sharp)
            yield f"  judged at  {trust.at.isoformat(timespec='seconds')}\n"


def _step(step: Step, *, trace: bool) -> Iterator[str]:
    first, *rest = _texts(step.verdict)
    yield f"  {_word(step.verdict):10} {step.check.value}: {first}"
    yield from (f"             {line}" for line in (*rest, *(step.seen if trace else ())))


def _json(found: Sequence[Verification]) -> Iterator[str]:
    from lambdaward.reports.json import dumps

    yield dumps({"version": 1, "packages": [_package(verification) for verification in found]})


def _package(verification: Verification) -> dict[str, object]:
    envelope = verification.envelope
    claims = {} if envelope is None else {
        "job": envelope.job,
        "profile": envelope.profile,
        "signed": envelope.signed_at.isoformat(),
        "expires": envelope.expires.isoformat(),
    }  # fmt: skip
    return {
        "package": verification.package,
        "holds": _word(verification.verdict),
        "claims": claims,
        "steps": [
            {
                "check": step.check.value,
                "holds": _word(step.verdict),
                "because": _texts(step.verdict),
                "seen": step.seen,
            }
            for step in verification.steps
        ],
        "ambiguities": verification.ambiguities,
    }
