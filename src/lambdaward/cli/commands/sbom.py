"""`lambdaward sbom`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import replaced, stdout

if TYPE_CHECKING:
    from lambdaward.cli.subjects import Subjects
    from lambdaward.packages import Bill
    from lambdaward.packages.sbom import Abilities

EXITS = {
    0: "the bill was written; what is not known is in it, and on stderr",
    2: "the command line or the configuration is wrong",
    3: "nothing to write a bill of",
    4: "some input could not be read; with --strict, also when something is not known",
}
EXAMPLES = {
    "lambdaward sbom build/orders.zip": "what is inside a zip, as CycloneDX",
    "lambdaward sbom Orders": "what a function of the project here runs: its code merged with its layers",
    "lambdaward sbom template.yaml --format spdx --output bom.json": "of every function of a template, into a file",
    "lambdaward sbom build/orders.zip --capabilities": "and what each package can do: use the network, start programs",
    "lambdaward sbom image.tar": "of a container image, as `docker save` writes it",
}
WRITTEN, EMPTY, UNREAD = 0, 3, 4


@command("sbom", examples=EXAMPLES, exits=EXITS)
@click.argument("subjects", nargs=-1, metavar="[PATH|FUNCTION]...")
@click.option(
    "--format", "form", type=click.Choice(["cyclonedx", "spdx"]), default="cyclonedx", help="How to write it (JSON)."
)
@click.option(
    "--capabilities", is_flag=True, help="Tell what each component can do too: reads all code, which takes longer."
)
@click.option("--output", metavar="PATH", help="File to write it to (default: stdout).")
@click.option("--strict", is_flag=True, help="Exit with 4 when something is not known.")
@options.inputs
@options.judging
def sbom(
    subjects: tuple[str, ...],
    *,
    form: str,
    output: str | None,
    capabilities: bool,
    strict: bool,
    **asked: Any,  # noqa: ANN401
) -> int:
    """Write a bill of materials: the packages inside functions, layers and images.

    PATH is a zip, layer, jar, folder or image (OCI layout, `docker save`), or a template or project, of which every function is
    listed with its layers merged as Lambda merges them. FUNCTION is the name of one function of the project. The same input
    gives the same bytes. Nothing is run and no network is used.
    """
    from lambdaward.cli.narration import narrate
    from lambdaward.cli.subjects import subjects as read
    from lambdaward.packages import Form
    from lambdaward.packages.sbom import Abilities, sbom_of

    found = read(subjects, asked)
    for error in found.lost:
        narrate("error", str(error))
    if not found.bills:
        if not found.lost:
            narrate("error", f"nothing to write a bill of in {', '.join(subjects) or '.'}")
        return UNREAD if found.lost else EMPTY
    document = sbom_of(found.bills, found.name, Form(form), able=_able(found) if capabilities else Abilities()).decode()
    with replaced(Path(output)) if output else stdout(form) as stream:
        stream.write(document)
    _tell(found.bills)
    unsettled = strict and any(bill.unknowns for bill in found.bills)
    return UNREAD if found.lost or unsettled else WRITTEN


def _able(found: Subjects) -> Abilities:
    """What the components of each subject can do."""
    from lambdaward.packages.behaviour import able_in
    from lambdaward.packages.sbom import abilities

    return abilities({each.bill.subject: able_in(each.entries(), each.bill.components) for each in found.subjects})


def _tell(bills: tuple[Bill, ...]) -> None:
    """What is not known, on stderr."""
    from lambdaward.cli.narration import narrate

    for bill in bills:
        for unknown in bill.unknowns:
            narrate("note", f"{bill.subject}: not known: {unknown.reason}; to settle it: {unknown.settle}")
