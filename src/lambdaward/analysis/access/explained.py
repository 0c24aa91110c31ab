"""An answer about an estate with its proof: what each kind of policy says and where, and what would change the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from lambdaward.analysis.access.asking import Asker, Target
from lambdaward.analysis.access.changing import changes
from lambdaward.analysis.access.listed import unlisted
from lambdaward.iam import AllOf, Analysis, AnyOf, CallerKind, Clause, Decision, Doubt, Needs, Outcome, Truth, Type
from lambdaward.model import Fact, FileOrigin, LiveOrigin, No, Origin, Unknown, Unsure, Value, Verdict, Yes

if TYPE_CHECKING:
    from lambdaward.analysis.access.access import Access
    from lambdaward.analysis.access.questions import Questions

SIDES: Mapping[Type, str] = {
    Type.IDENTITY: "identity policies",
    Type.BOUNDARY: "permissions boundary",
    Type.RESOURCE: "policy of the resource",
    Type.SCP: "service control policies",
    Type.RCP: "resource control policies",
    Type.ENDPOINT: "policy of the VPC endpoint",
    Type.PUBLIC: "bucket's Block Public Access",
}
WORDS: Mapping[Outcome, str] = {
    Outcome.ALLOWED: "allowed",
    Outcome.EXPLICITLY_DENIED: "explicitly denied",
    Outcome.IMPLICITLY_DENIED: "implicitly denied",
    Outcome.UNKNOWN: "unknown",
}


_UNSETTLED = "is not settled"


class Cited(Struct, frozen=True):
    """A statement that has a say: in words, and where it stands."""

    fact: Fact
    origin: Origin | None

    @property
    def shown(self) -> str:
        """The statement with its place."""
        where = _label(self.origin)
        return f"{self.fact.text} ({where})" if where else self.fact.text


class Side(Struct, frozen=True):
    """What one kind of policy says: `allows`, `denies`, `does not allow` or `is not settled`, and by which statements."""

    kind: Type
    says: str
    cited: tuple[Cited, ...] = ()

    @property
    def name(self) -> str:
        """The kind for people."""
        return SIDES.get(self.kind, self.kind.value)


class Answer(Struct, frozen=True, kw_only=True):
    """The answer to one question. `condition` is what would have to be so for it to be allowed, where that is not settled;
    `changes` say what would change the answer, `notes` what was taken as given."""

    asker: Asker
    action: str
    target: Target
    outcome: Outcome
    sides: tuple[Side, ...] = ()
    condition: str = ""
    unknowns: tuple[Unknown, ...] = ()
    changes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The answer as a verdict."""
        proof = tuple(cited.fact for side in self.sides for cited in side.cited)
        if self.outcome is Outcome.UNKNOWN:
            return Unsure(self.unknowns)
        return Yes(proof) if self.outcome is Outcome.ALLOWED else No(proof)

    @property
    def headline(self) -> str:
        """The answer in one sentence."""
        return f"{self.asker.shown}: {self.action} on {self.target.shown}: {WORDS[self.outcome]}"

    def explain(self) -> tuple[str, ...]:
        """The answer in sentences: what decides and where it stands, what is not known, what would change it."""
        lines = [self.headline]
        for side in self.sides:
            lines.append(f"{side.name}: {side.says}")
            lines += [f"  {cited.shown}" for cited in side.cited]
        lines += [f"allowed if: {self.condition}"] if self.condition else []
        lines += [f"not known: {unknown.reason}" for unknown in self.unknowns]
        lines += [f"to change it: {change}" for change in self.changes]
        return (*lines, *(f"note: {note}" for note in self.notes))


def answered(  # noqa: PLR0913 - a question is made of them
    questions: Questions, asker: Asker, action: str, target: Target, keys: Mapping[str, Value], *, closed: bool
) -> Answer:
    """Ask, and say why. An action that the catalogue does not list is unknown, whatever policies say."""
    unknown = unlisted(action)
    if unknown is not None:
        return Answer(
            asker=asker,
            action=action,
            target=target,
            outcome=Outcome.UNKNOWN,
            unknowns=(unknown,),
            changes=(unknown.settle,),
        )
    decision = questions.decide(asker, action, target, keys, closed=closed)
    answer = told(questions, asker, action, target, decision)
    return structs.replace(answer, changes=tuple(changes(questions.access, asker, decision)))


def told(questions: Questions, asker: Asker, action: str, target: Target, decision: Decision) -> Answer:
    """A decision with its proof. What would change it is left out."""
    unsettled = decision.outcome is Outcome.UNKNOWN
    return Answer(
        asker=asker,
        action=action,
        target=target,
        outcome=decision.outcome,
        sides=tuple(_sides(questions.access, asker, decision)),
        condition=condition(decision.when) if unsettled else "",
        unknowns=decision.unknowns if unsettled else (),
        notes=tuple(questions.notes(asker, action, target)),
    )


def _sides(access: Access, asker: Asker, decision: Decision) -> Iterator[Side]:
    for kind, analyses in decision.said.by_type.items():
        analysis = _telling(analyses)
        if kind is Type.IDENTITY and asker.caller.kind is CallerKind.ROOT:
            yield Side(kind, "are not needed by the account's root user")
            continue
        settled = decision.outcome is not Outcome.UNKNOWN
        cited = (_cited(access, asker, clause, does) for clause, does in _clauses(analysis, settled=settled))
        yield Side(kind, _says(analysis), tuple(cited))


def _telling(levels: Sequence[Analysis]) -> Analysis:
    """The one that says most of several levels: which denies, does not allow, is not settled, or else the first."""
    for says in (lambda one: one.deny is True, lambda one: one.allow is False, lambda one: _says(one) == _UNSETTLED):
        found = next(filter(says, levels), None)
        if found is not None:
            return found
    return levels[0]


def _says(analysis: Analysis) -> str:
    if analysis.deny is True:
        return "denies"
    if isinstance(analysis.deny, bool) and isinstance(analysis.allow, bool):
        return "allows" if analysis.allow else "does not allow"
    return _UNSETTLED


def _clauses(analysis: Analysis, *, settled: bool) -> Iterator[tuple[Clause, str]]:
    """The statements that decide; while the answer is not `settled`, those that are open too."""
    if analysis.denying is not None:
        yield analysis.denying, "denies it"
        return
    if analysis.allowing is not None:
        yield analysis.allowing, "allows it"
    for clause in dict.fromkeys(clause for clause, _ in analysis.open if not settled):
        if analysis.allowing is None or not clause.allow:
            yield clause, f"may {'allow' if clause.allow else 'deny'} it"


def _cited(access: Access, asker: Asker, clause: Clause, does: str) -> Cited:
    stated = access.stating(clause, asker.principal)
    return Cited(Fact(f"{stated.shown} {does}", stated.place), access.estate.origin(stated.place))


def condition(truth: Truth) -> str:
    """What would have to be so, in words."""
    match truth:
        case AllOf():
            return " and ".join(
                f"({condition(part)})" if isinstance(part, AnyOf) else condition(part) for part in truth.parts
            )
        case AnyOf():
            return " or ".join(
                f"({condition(part)})" if isinstance(part, AllOf) else condition(part) for part in truth.parts
            )
        case Needs():
            return f"{'not ' if truth.inverted else ''}[{truth.condition.shown}]"
        case Doubt():
            return f"[not known: {'; '.join(unknown.reason for unknown in truth.unknowns)}]"
        case bool():
            return "always" if truth else "never"
    return f"the session is {'not ' if truth.inverted else ''}named {truth.name}"


def _label(origin: Origin | None) -> str:
    match origin:
        case FileOrigin():
            return f"{origin.file}:{origin.line}"
        case LiveOrigin():
            return origin.arn
    return ""
