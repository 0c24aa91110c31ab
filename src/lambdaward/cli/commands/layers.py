"""`lambdaward layers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambdaward.cli import options
from lambdaward.cli.command import command
from lambdaward.cli.streams import stdout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambdaward.analysis import Analysis
    from lambdaward.analysis.layers import Behind
    from lambdaward.packages.behaviour import Able

EXITS = {
    0: "every layer is an own one, or of a known publisher",
    1: "a layer is somebody's of whom nothing is known",
    2: "the command line or the configuration is wrong",
    3: "nothing to ask",
    4: "every layer that is known is, but one is not, or input could not be read",
}
EXAMPLES = {
    "lambdaward layers": "the layers of the project here: who publishes them, and what is behind each",
    "lambdaward layers template.yaml --format json": "for other programs",
}
KNOWN, STRANGE, EMPTY, UNKNOWN = 0, 1, 3, 4


@command("layers", examples=EXAMPLES, exits=EXITS)
@options.paths
@options.form
@options.inputs
@options.judging
def layers(paths: tuple[str, ...], form: str, **asked: Any) -> int:  # noqa: ANN401 - options, by name
    """Show every layer that functions use: who publishes it, and what is behind it.

    Behind a layer are the functions that run it, with their roles, and everything that these lead to: data, other code,
    credentials. Of a layer whose content is here, it is told what each component can do: use the network, start programs, read
    credentials. `lambdaward lock` pins what is in a layer.
    """
    from lambdaward.cli.estates import opened

    found = opened(paths, asked)
    if found.empty:
        return EMPTY
    analysis = found.analysis
    behind = [analysis.layers.behind(uses[0][1]) for uses in analysis.layers.used.values()]
    whose = [_whose(analysis, each) for each in behind]
    able = [_able(analysis, each) for each in behind]
    with stdout(form) as stream:
        stream.writelines(_json(behind, whose, able) if form == "json" else _lines(behind, whose, able))
    if "nobody known" in whose:
        return STRANGE
    return UNKNOWN if found.lost or "not known" in whose else KNOWN


def _whose(analysis: Analysis, behind: Behind) -> str:
    """Who publishes a layer: `own`, a publisher, `trusted`, `nobody known`, or `not known` where the ARN does not tell."""
    from lambdaward.analysis.layers import origin

    found = origin(behind.link)
    described = isinstance(behind.link.value, str)  # by its ARN, as an account does: whoever's it is
    if found.account in analysis.estate.accounts or (behind.link.target is not None and not described):
        return "own"
    if found.account in analysis.given.trusted_accounts:
        return "trusted"
    return found.publisher or ("nobody known" if found.account else "own" if _own(behind) else "not known")


def _own(behind: Behind) -> bool:
    """Whether the account of a layer is the stack's own."""
    from lambdaward.analysis.arns import fields
    from lambdaward.model import Pseudo, parts

    arn = fields(behind.link.value)
    return len(arn) > 4 and any(isinstance(part, Pseudo) for part in parts(arn[4]))


def _able(analysis: Analysis, behind: Behind) -> Sequence[Able] | None:
    """What the components of a layer can do; `None` when its content is not here."""
    from lambdaward.model import Layer, Unknown

    layer = analysis.estate.follow(Layer, behind.link)
    found = analysis.contents.able(layer.code) if layer else None
    return None if isinstance(found, Unknown) else found


def _lines(behind: Sequence[Behind], whose: Sequence[str], able: Sequence[Sequence[Able] | None]) -> Iterator[str]:
    from lambdaward.reports.text import count, visible

    for each, owner, can in zip(behind, whose, able, strict=True):
        yield visible(f"{each.name}: {owner}") + "\n"
        for name, words in _by_component(can or ()).items():
            yield visible(f"  {name} can: {', '.join(words)}") + "\n"
        for fact in each.facts if each.functions else ():
            yield visible(f"  {fact}") + "\n"
        for function in each.possible:
            yield visible(f"  a condition decides whether {function.shown} uses it") + "\n"
        if each.open:
            yield f"  and {count(each.open, 'step')} that may lead further and are not settled\n"
    if not behind:
        yield "no function uses a layer\n"


def _by_component(able: Sequence[Able]) -> dict[str, list[str]]:
    """The capabilities of each component by its package URL, and of what belongs to none."""
    found: dict[str, list[str]] = {}
    for each in able:
        found.setdefault(each.purl or "own code", []).append(each.capability.value)
    return found


def _json(behind: Sequence[Behind], whose: Sequence[str], able: Sequence[Sequence[Able] | None]) -> Iterator[str]:
    from lambdaward.reports.json import dumps

    yield dumps(
        {
            "version": 1,
            "layers": [
                {
                    "layer": each.name,
                    "publisher": owner,
                    "functions": [str(function.id) for function in each.functions],
                    "possible": [str(function.id) for function in each.possible],
                    "roles": each.roles,
                    "reached": [{"kind": n.kind, "name": n.shown, "access": n.access} for n in each.reached],
                    "unsettled": each.open,
                    "capabilities": None if can is None else _by_component(can),
                }
                for each, owner, can in zip(behind, whose, able, strict=True)
            ],
        }
    )
