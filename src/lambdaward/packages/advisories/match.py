"""Which advisories are about the components of a bill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from lambdaward.model import Fact, No, Unknown, Unsure, Verdict, Yes
from lambdaward.packages.advisories.names import ECOSYSTEMS, key
from lambdaward.packages.advisories.ranges import affects, fixes
from lambdaward.packages.advisories.record import Import, Row
from lambdaward.packages.advisories.severity import UNKNOWN
from lambdaward.packages.advisories.store import Store
from lambdaward.packages.components.component import Component, Ecosystem

_COVERED = frozenset(ECOSYSTEMS.values())
_FAMILIES = ("MAL-", "CVE-", "GHSA-", "PYSEC-", "GO-", "RUSTSEC-")
_IMPORT = "import advisories of it: `lambdaward advisories import`"


class Match(Struct, frozen=True):
    """A component, and one vulnerability that it has (yes), or may have (unsure), under whatever names it is known.

    `score` is the CVSS base score, negative when no record tells one. `fixed` are the versions that mend it, lowest first.
    `imports` are the Go packages with the vulnerable code, empty where the records do not say.
    """

    component: Component
    ids: tuple[str, ...]
    summary: str
    score: float
    verdict: Verdict
    fixed: tuple[str, ...] = ()
    imports: tuple[Import, ...] = ()
    malicious: bool = False

    @property
    def id(self) -> str:
        """The best known name."""
        return self.ids[0]


def matches(components: Iterable[Component], store: Store) -> Iterator[Match]:
    """Every vulnerability of some components, in their order; those that a component is known not to have are left out."""
    for component in components:
        rows = [row for row in store.rows(component.ecosystem, key(component)) if not row.withdrawn]
        for group in _same(rows):
            found = _match(component, group)
            if not isinstance(found.verdict, No):
                yield found


def without_data(components: Iterable[Component], store: Store | None) -> tuple[Unknown, ...]:
    """The ecosystems of components that nothing is known about, because there are no advisories of them here."""
    held = store.held if store else {}
    missing = {each.ecosystem for each in components if each.ecosystem in _COVERED and each.ecosystem not in held}
    return tuple(
        Unknown(f"there are no advisories of {ecosystem.value} packages here", _IMPORT) for ecosystem in sorted(missing)
    )


def _same(rows: Iterable[Row]) -> list[list[Row]]:
    """Records of the same vulnerability together: those that share a name."""
    groups: list[tuple[set[str], list[Row]]] = []
    for row in rows:
        names, together = {row.id, *row.aliases}, [row]
        apart = []
        for group in groups:
            if group[0] & names:
                names |= group[0]
                together = [*group[1], *together]
            else:
                apart.append(group)
        groups = [*apart, (names, together)]
    return sorted((together for _, together in groups), key=_ids)


def _ids(rows: Iterable[Row]) -> tuple[str, ...]:
    """Every name of a vulnerability, the best known first."""
    names = {name for row in rows for name in (row.id, *row.aliases)}
    return tuple(sorted(names, key=lambda name: (_family(name), name)))


def _family(name: str) -> int:
    return next((index for index, prefix in enumerate(_FAMILIES) if name.startswith(prefix)), len(_FAMILIES))


def _match(component: Component, rows: list[Row]) -> Match:
    ecosystem, version = component.ecosystem, component.version
    answers = [(row, affects(row, ecosystem, version)) for row in rows]
    verdict = _agreed(answers)
    if not component.group and ecosystem is Ecosystem.MAVEN and not isinstance(verdict, No):
        verdict = Unsure((Unknown("its group is not known, only its artifact", "look at its manifest"),))
    telling = [row for row, answer in answers if not isinstance(answer, No)] or rows
    return Match(
        component=component,
        ids=_ids(rows),
        summary=next((row.summary for row in telling if row.summary), ""),
        score=max((row.score for row in rows), default=UNKNOWN),
        verdict=verdict,
        fixed=fixes(telling, ecosystem, version),
        imports=tuple(dict.fromkeys(each for row in telling for each in row.imports)),
        malicious=any(row.malicious for row in rows),
    )


def _agreed(answers: list[tuple[Row, Verdict]]) -> Verdict:
    """What records of one vulnerability say together. Where one denies what another says, nobody knows."""
    yes = [(row, answer) for row, answer in answers if isinstance(answer, Yes)]
    no = [row for row, answer in answers if isinstance(answer, No)]
    unsure = [unknown for _, answer in answers if isinstance(answer, Unsure) for unknown in answer.unknowns]
    if yes and no:
        reason = f"{yes[0][0].id} says that it is affected, {no[0].id} that it is not"
        return Unsure((Unknown(reason, "look at both pages"),))
    if yes:
        return Yes(tuple(fact for _, answer in yes for fact in answer.proof))
    if no:
        return No((Fact(f"{no[0].id} is about other versions"),))
    return Unsure(tuple(unsure))
