"""One question about a principal, answered with its proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaward.analysis.access.attached import Written
from lambdaward.analysis.access.stated import Stated
from lambdaward.iam import Asked, Doubt, Truth, both, either, negate, unknowns
from lambdaward.model import Fact, No, Unsure, Verdict, Yes

Group = tuple[tuple[Written, tuple[Stated, ...]], ...]


class Side:
    """What a group of policies says to a question: whether one allows it, whether one denies it, and the statement that
    decides."""

    def __init__(self, policies: Group, question: Asked) -> None:
        answers = [(stated, _applies(stated, question)) for _, group in policies for stated in group]
        hidden = [Doubt(written.policy.unknown) for written, _ in policies if written.policy.unknown]
        self.allow = either([*_truths(answers, allow=True), *hidden])
        self.deny = either([*_truths(answers, allow=False), *hidden])
        self.allowing = _first(answers, allow=True)
        self.denying = _first(answers, allow=False)


def verdict(identity: Side, boundary: Side | None, what: str) -> Verdict:
    """Whether the policies of a principal, within its boundary, allow `what`."""
    sides = [identity] if boundary is None else [identity, boundary]
    denying = next((side.denying for side in sides if side.denying), None)
    if denying:
        return No((Fact(f"{denying.shown} denies {what}", denying.place),))
    answer = both(truth for side in sides for truth in (side.allow, negate(side.deny)))
    if answer is True:
        return Yes(tuple(Fact(f"{s.allowing.shown} allows {what}", s.allowing.place) for s in sides if s.allowing))
    if answer is False:
        return No(
            (Fact(f"no policy allows {what}" if identity.allow is False else f"the boundary does not allow {what}"),)
        )
    return Unsure(unknowns(answer))


def _applies(stated: Stated, question: Asked) -> Truth:
    truth = stated.clause.applies(question)
    return truth if stated.written.doubt is None else both((truth, Doubt((stated.written.doubt,))))


def _truths(answers: Iterable[tuple[Stated, Truth]], *, allow: bool) -> Iterator[Truth]:
    return (truth for stated, truth in answers if stated.statement.allow is allow)


def _first(answers: Iterable[tuple[Stated, Truth]], *, allow: bool) -> Stated | None:
    return next((stated for stated, truth in answers if truth is True and stated.statement.allow is allow), None)
