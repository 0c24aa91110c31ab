"""`lambdaward advisories`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout
from lambdaward.model import UsageError

if TYPE_CHECKING:
    from lambdaward.analysis.advised import Known
    from lambdaward.cli.checking import Checked
    from lambdaward.model import Verdict
    from lambdaward.packages.advisories import Held

NONE, FOUND, EMPTY, UNKNOWN = 0, 1, 3, 4
EXITS = {
    NONE: "done; of `check`: nothing is known about any component, and every component is known",
    FOUND: "of `check`: a component has a known vulnerability, or is malicious",
    2: "the command line or the configuration is wrong, or a file cannot be read",
    EMPTY: "of `check`: there is no function or package",
    UNKNOWN: "it cannot be told: there are no advisories, or not all components are known",
}
EXAMPLES = {
    "lambdaward advisories import all.zip": "take in a dump of osv.dev, or any records in OSV form",
    "lambdaward advisories status": "what was imported, and how old it is",
    "lambdaward advisories check build/orders.zip": "known vulnerabilities inside a zip, layer, folder or image",
    "lambdaward advisories check Orders --online": "by what osv.dev answers now; names and versions of packages are sent",
    "lambdaward advisories check Orders --format json": "inside a function with its layers, for other programs",
}
SHOWN = 5


@command("advisories", examples=EXAMPLES, exits=EXITS)
@click.argument("question", type=click.Choice(("import", "status", "check")))
@click.argument("subjects", nargs=-1, metavar="[FILE|PATH|FUNCTION]...")
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", help="How to print the answer."
)
@click.option(
    "--online",
    is_flag=True,
    help="Of `check`: ask osv.dev, instead of what was imported. It is sent names and versions of packages, nothing else.",
)
@options.inputs
@options.judging
def advisories(
    question: str,
    subjects: tuple[str, ...],
    form: str,
    *,
    online: bool,
    **asked: Any,  # noqa: ANN401 - options, by name
) -> int:
    """Take in advisories (OSV form), and find known vulnerabilities and malicious packages by them, without a network unless
    --online allows it.

    `import` adds records to a folder of your own (--advisories names another): from folders, zips, or dumps with one record, an
    array, or one on each line. `status` says what is there, `check` which of them are about packages or functions. Where there
    are no advisories of an ecosystem, that is said: it never means that nothing is known to be wrong.
    """
    if online and question != "check":
        raise UsageError(f"`{question}` asks nobody: --online is for `check`")
    match question:
        case "import":
            return _import(subjects, asked)
        case "status":
            return _status(subjects, form, asked)
    return _check(subjects, form, asked, online=online)


def _folder(asked: Mapping[str, Any]) -> Path:
    from lambdaward.cli.advisories import own_folder

    return Path(asked["advisories"]) if asked["advisories"] else own_folder()


def _import(files: Sequence[str], asked: Mapping[str, Any]) -> int:
    from lambdaward.cli.narration import narrate
    from lambdaward.packages.advisories import import_advisories

    if not files:
        raise UsageError("`import` takes at least one folder, zip or dump of advisories")
    done = import_advisories(_folder(asked), [Path(file) for file in files])
    for passed in done.passed[:SHOWN]:
        narrate("warning", f"{passed.place}: not read: {passed.reason}")
    if len(done.passed) > SHOWN:
        narrate("warning", f"... and {len(done.passed) - SHOWN:,} more files not read")
    with stdout("terminal") as stream:
        stream.writelines(f"{line}\n" for line in _held(done.held))
    return NONE


def _status(words: Sequence[str], form: str, asked: Mapping[str, Any]) -> int:
    from lambdaward.packages.advisories import Store

    if words:
        raise UsageError("`status` takes no file")
    folder = _folder(asked)
    store = Store(folder)
    held = {ecosystem.value: each for ecosystem, each in store.held.items()}
    with stdout(form) as stream:
        if form == "json":
            import msgspec

            from lambdaward.reports.json import dumps

            stream.write(dumps({"folder": str(folder), "held": msgspec.to_builtins(held)}))
        else:
            stream.writelines(f"{line}\n" for line in (f"{folder}", *_held(held)))
    return NONE


def _held(held: Mapping[str, Held]) -> Iterator[str]:
    for name, each in sorted(held.items()):
        newest = f"the newest of {each.newest}" if each.newest else "of an unknown date"
        yield f"{name}: {each.advisories:,} advisories about {each.packages:,} packages, {newest}"


def _check(words: Sequence[str], form: str, asked: Mapping[str, Any], *, online: bool) -> int:
    from lambdaward.cli.checking import checked

    answer = checked(words, asked, online=online)
    with stdout(form) as stream:
        stream.writelines(_json(answer) if form == "json" else (f"{line}\n" for line in _lines(answer)))
    return answer.exit_code


def _lines(answer: Checked) -> Iterator[str]:
    from lambdaward.reports.text import visible

    for subject, known in answer.known.items():
        for each in known:
            yield from map(visible, _about(subject, each))
    for reason, settle in answer.unknowns:
        yield visible(f"not known: {reason}; to settle it: {settle}")
    yield visible(answer.closing)


def _about(subject: str, known: Known) -> Iterator[str]:
    match = known.match
    word = "malicious" if match.malicious else f"CVSS {match.score:.1f}" if match.score >= 0 else "severity not stated"
    yield f"{match.id}: {subject}: {match.component.purl} ({word}){_maybe(match.verdict)}"
    if match.summary:
        yield f"  {match.summary}"
    if len(match.ids) > 1:
        yield f"  also known as {', '.join(match.ids[1:])}"
    yield f"  in {', '.join(dict.fromkeys(item.place for item in match.component.evidence))}"
    if match.fixed:
        yield f"  mended in {', '.join(match.fixed[:SHOWN])}"
    yield f"  reached: {_said(known.reach)}"


def _maybe(verdict: Verdict) -> str:
    from lambdaward.model import Unsure

    return f": perhaps: {verdict.unknowns[0].reason}" if isinstance(verdict, Unsure) else ""


def _said(verdict: Verdict) -> str:
    """A verdict in a few words."""
    from lambdaward.model import No, Unsure, Yes

    match verdict:
        case Yes(proof):
            return f"yes: {'; '.join(fact.text for fact in proof)}"
        case No(proof):
            return f"no: {'; '.join(fact.text for fact in proof)}"
        case Unsure(unknowns):
            return f"not known: {'; '.join(unknown.reason for unknown in unknowns)}"


def _json(answer: Checked) -> Iterable[str]:
    import msgspec

    from lambdaward.reports.json import dumps

    yield dumps(
        {
            "advisories": msgspec.to_builtins(answer.held),
            "vulnerabilities": [_data(subject, each) for subject, known in answer.known.items() for each in known],
            "unknowns": [{"reason": reason, "settle": settle} for reason, settle in answer.unknowns],
        }
    )


def _data(subject: str, known: Known) -> dict[str, Any]:
    """One vulnerability for other programs."""
    match = known.match
    return {
        "subject": subject,
        "purl": match.component.purl,
        "ids": match.ids,
        "summary": match.summary,
        "score": match.score if match.score >= 0 else None,
        "malicious": match.malicious,
        "affected": type(match.verdict).__name__.lower(),
        "fixed": match.fixed,
        "places": sorted({item.place for item in match.component.evidence}),
        "reached": type(known.reach).__name__.lower(),
        "why": _said(known.reach),
    }
