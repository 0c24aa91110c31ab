"""What components can do, as both forms say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from lambdaward.packages.behaviour import Able
from lambdaward.packages.sbom.identity import TOOL

_NAME = f"{TOOL}:capability"


class Abilities(Struct, frozen=True):
    """What is told of capabilities: those of components by their package URL, those of the code that belongs to none by the
    subject of the bill. Nothing, where nobody asked for them."""

    components: Mapping[str, tuple[Able, ...]] = {}
    subjects: Mapping[str, tuple[Able, ...]] = {}

    def lines(self) -> Iterator[str]:
        """Everything, one line each, in a fixed order."""
        for found in (self.components, self.subjects):
            for name in sorted(found):
                for each in found[name]:
                    yield f"{name} {each.capability} {' '.join(map(str, each.sights))}"


def abilities(found: Mapping[str, Sequence[Able]]) -> Abilities:
    """What is found of each bill by its subject, put together: a component of several bills is told once."""
    components: dict[str, dict[str, Able]] = {}
    subjects: dict[str, tuple[Able, ...]] = {}
    for subject, able in found.items():
        subjects[subject] = tuple(each for each in able if not each.purl)
        for each in able:
            if each.purl:
                components.setdefault(each.purl, {}).setdefault(each.capability, each)
    return Abilities({purl: tuple(sorted(told.values())) for purl, told in components.items()}, subjects)


def properties(able: Sequence[Able]) -> list[dict[str, str]]:
    """Capabilities as properties of CycloneDX: each, and the places that show it."""
    found = [{"name": _NAME, "value": each.capability.value} for each in able]
    return found + [
        {"name": f"{_NAME}:{each.capability}", "value": str(sight)} for each in able for sight in each.sights
    ]


def notes(able: Sequence[Able], created: str) -> list[dict[str, str]]:
    """Capabilities as annotations of SPDX, one each."""
    return [
        {
            "annotationType": "OTHER",
            "annotator": f"Tool: {TOOL}",
            "annotationDate": created,
            "comment": f"{_NAME} {each.capability}: {'; '.join(map(str, each.sights))}",
        }
        for each in able
    ]
