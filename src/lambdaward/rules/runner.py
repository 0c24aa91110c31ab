"""Running rules: finding their modules, choosing among them, and turning what they yield into findings."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.findings import Evidence, Finding, Kind, Rule, Unsettled, fingerprint
from lambdaward.model import Function, Link, Place, UsageError
from lambdaward.rules.rule import REGISTRY, Check, Doubt, Found

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis

_HERE = Path(__file__).parent
_ADVICE = _HERE / "advice.txt"


class Selection(Struct, frozen=True, kw_only=True):
    """Which rules run: those selected by id, id prefix or name (all when empty), less those ignored. Advice runs only when
    asked for, or selected by its full id or name."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    advice: bool = False


@cache
def load(*, advice: bool = True) -> Mapping[str, tuple[Rule, Check]]:
    """Every rule by id, sorted; without `advice`, modules of which it is known that they hold nothing else are left out.
    Importing a rule's module registers it, so that no list is kept by hand; rules live in the folders of this one, never
    in it."""
    left = frozenset() if advice else frozenset(_ADVICE.read_text("utf-8").split())
    for folder in sorted(path for path in _HERE.iterdir() if path.is_dir()):
        for name in sorted(path.stem for path in folder.glob("*.py")):
            if (module := f"{__package__}.{folder.name}.{name}") not in left:
                importlib.import_module(module.removesuffix(".__init__"))
    return MappingProxyType(dict(sorted(REGISTRY.items())))


def advice_modules() -> tuple[str, ...]:
    """The modules that hold advice only. They are written down, so that a scan that wants none need not load them."""
    kinds: dict[str, set[Kind]] = {}
    for rule, _ in load().values():
        kinds.setdefault(rule.module, set()).add(rule.kind)
    return tuple(sorted(module for module, found in kinds.items() if found == {Kind.ADVICE}))


def find(name: str) -> Rule:
    """The rule with an id or name, in any case. Raises `UsageError` with the nearest names when there is none."""
    wanted = name.strip().lower()
    rules = [rule for rule, _ in load().values()]
    for rule in rules:
        if wanted in (rule.id.lower(), rule.name):
            return rule
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    near = get_close_matches(wanted, [rule.name for rule in rules] + [rule.id.lower() for rule in rules], 3, 0.5)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise UsageError(f"no rule is called `{name}`{hint} (`lambdaward rules` lists them)")


def chosen(selection: Selection) -> tuple[tuple[Rule, Check], ...]:
    """The rules that a selection runs. Raises `UsageError` for a word that matches no rule."""
    rules = load(advice=bool(selection.advice or selection.select or selection.ignore))
    for word in (*selection.select, *selection.ignore):
        if not any(_matches(rule, word) for rule, _ in rules.values()):
            find(word)
    return tuple((rule, check) for rule, check in rules.values() if _runs(rule, selection))


def _runs(rule: Rule, selection: Selection) -> bool:
    if any(_matches(rule, word) for word in selection.ignore):
        return False
    if any(word.lower() in (rule.id.lower(), rule.name) for word in selection.select):
        return True
    if rule.kind is Kind.ADVICE and not selection.advice:
        return False
    return not selection.select or any(_matches(rule, word) for word in selection.select)


def _matches(rule: Rule, word: str) -> bool:
    return rule.id.lower().startswith(word.lower()) or rule.name == word.lower()


def run(analysis: Analysis, selection: Selection, processes: int = 1) -> Iterator[Finding | Unsettled]:
    """Run the chosen rules over an analysis, and yield what they find as they find it; or in several processes, where the
    system can make copies of one and this one has no threads."""
    rules = chosen(selection)
    if processes == 1:
        for rule, check in rules:
            yield from answers(analysis, rule, check)
        return
    from lambdaward.rules.spread import spread  # noqa: PLC0415 - only for many functions

    for found in spread(rules, lambda each: answers(analysis, *each), processes, here="secrets"):
        yield from found


def answers(analysis: Analysis, rule: Rule, check: Check) -> Iterator[Finding | Unsettled]:
    """What one rule finds, ready to report."""
    for answer in check(analysis):
        yield _finding(analysis, rule, answer) if isinstance(answer, Found) else _unsettled(analysis, rule, answer)


def _finding(analysis: Analysis, rule: Rule, found: Found) -> Finding:
    estate = analysis.estate
    identity = found.record.id
    return Finding(
        rule=rule,
        severity=rule.severity if found.severity is None else found.severity,
        confidence=rule.confidence if found.confidence is None else found.confidence,
        message=found.message,
        resource=identity,
        resource_type=estate.type_of(identity),
        shown=found.record.shown or identity.name,
        place=found.place,
        origin=estate.origin(found.place),
        fingerprint=fingerprint(rule.id, identity, found.key),
        key=found.key,
        because=found.because,
        evidence=tuple(_evidence(analysis, evidence) for evidence in found.evidence),
        remediation=found.remediation or remedy(rule),
        fix=found.fix,
        assumes=_assumes(analysis, found),
        functions=found.functions or _functions(found),
    )


def _unsettled(analysis: Analysis, rule: Rule, doubt: Doubt) -> Unsettled:
    identity = doubt.record.id
    return Unsettled(
        rule=rule,
        message=doubt.message,
        resource=identity,
        resource_type=analysis.estate.type_of(identity),
        shown=doubt.record.shown or identity.name,
        place=doubt.place,
        origin=analysis.estate.origin(doubt.place),
        fingerprint=fingerprint(rule.id, identity, doubt.key),
        unknowns=tuple(dict.fromkeys(doubt.unknowns)),
    )


def _evidence(analysis: Analysis, evidence: Evidence) -> Evidence:
    if evidence.place is None or evidence.origin is not None:
        return evidence
    return Evidence(evidence.text, evidence.place, analysis.estate.origin(evidence.place))


def _assumes(analysis: Analysis, found: Found) -> tuple[str, ...]:
    places: list[Place] = [found.place, *(evidence.place for evidence in found.evidence if evidence.place)]
    return tuple(dict.fromkeys(name for place in places for name in analysis.estate.assumptions(place)))


def _functions(found: Found) -> tuple[str, ...]:
    """The functions a finding touches when its rule does not say: its own, or the one its record points to."""
    if isinstance(found.record, Function):
        return (str(found.record.id),)
    link = getattr(found.record, "function", None)
    return (str(link.target),) if isinstance(link, Link) and link.target else ()


def remedy(rule: Rule) -> str:
    """The first paragraph of a rule's "How to fix", on one line."""
    from lambdaward.rules.pages import sections  # noqa: PLC0415 - pages are only needed when something was found

    return " ".join(sections(rule).get("How to fix", "").strip().split("\n\n")[0].split())
