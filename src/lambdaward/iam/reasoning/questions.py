"""What one policy allows that another does not, over all requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaward.iam.evaluation import policy_set
from lambdaward.iam.language import Policy, parse
from lambdaward.iam.reasoning.actions import Actions
from lambdaward.iam.reasoning.answer import Answer
from lambdaward.iam.reasoning.budget import Budget, Undecided
from lambdaward.iam.reasoning.callers import callers
from lambdaward.iam.reasoning.cells import Cell, Space, require_known
from lambdaward.iam.reasoning.search import Found, outside
from lambdaward.iam.reasoning.strangers import Strangers
from lambdaward.iam.reasoning.vouched import public_by_token
from lambdaward.iam.reasoning.witness import Witness, allows, witness
from lambdaward.model import Value

STEPS = 2_000_000
_NO_POLICY = Policy()


def new_access(old: Policy, new: Policy, *, steps: int = STEPS) -> Answer:
    """Whether a request is allowed by `new` and not by `old`. Never raises."""
    return settled(old, new, Budget(steps))


def public_access(policy: Policy, *, steps: int = STEPS) -> Answer:
    """Whether a request of somebody without credentials, or of an account that the policy does not name, is allowed."""
    if not _is_of_resource(policy):
        return Answer()
    vouched = public_by_token(policy)
    if vouched.witness is not None:
        return vouched
    budget, unknown = Budget(steps), vouched.unknown
    for anonymous in (True, False):
        answer = settled(_NO_POLICY, policy, budget, strangers=Strangers(policy.statements, anonymous=anonymous))
        if answer.witness is not None:
            return answer
        unknown = unknown or answer.unknown
    return Answer(unknown=unknown)


def granted_access(
    policy: Policy, actions: Sequence[str], resources: Sequence[str] = ("*",), *, steps: int = STEPS
) -> Answer:
    """Whether a request for one of some actions on one of some resources is allowed; both may have wildcards. Never raises."""
    deny: dict[str, Value] = {"Effect": "Deny", "Resource": tuple(resources), "Action": tuple(actions)}
    if _is_of_resource(policy):
        deny["Principal"] = "*"
    denied = parse({"Version": "2012-10-17", "Statement": (deny,)})
    without = Policy(statements=(*policy.statements, *denied.statements), variables=policy.variables)
    return new_access(without, policy, steps=steps)


def settled(
    old: Policy, new: Policy, budget: Budget, *, strangers: Strangers | None = None, actions: Actions | None = None
) -> Answer:
    """Whether a request (`strangers`: of one of these) is allowed by `new` and not by `old`. Never raises.

    `actions` are those to tell apart, which are otherwise the listed ones.
    """
    statements = (*old.statements, *new.statements)
    named = _is_of_resource(old) or _is_of_resource(new)
    if len({_is_of_resource(policy) for policy in (old, new) if policy.statements}) > 1:
        return Answer(unknown="one policy is a principal's, the other a resource's")
    unconfirmed = ""
    try:
        who = (strangers.callers if strangers else callers(statements, budget)) if named else ()
        space = Space((old, new), who, budget, strangers=strangers, actions=actions)
        for cell, found in _candidates(space, space.cells(old, "old"), space.cells(new, "new")):
            asked = witness(space, found, cell.source)
            if confirmed(old, new, asked, named=named):
                return Answer(asked)
            unconfirmed = "policy variables depend on each other"
    except Undecided as why:
        unconfirmed = str(why)
    if not unconfirmed or strangers or actions or budget.left < 0:  # what took too many steps takes the solver no fewer
        return Answer(unknown=unconfirmed)
    return _proved(old, new, named=named, why=unconfirmed)


def _is_of_resource(policy: Policy) -> bool:
    """Whether a policy is a resource's, which names principals."""
    return any(statement.principals is not None for statement in policy.statements)


def _proved(old: Policy, new: Policy, *, named: bool, why: str) -> Answer:
    """What the solver says to a question that is not known, and why."""
    try:
        from lambdaward.iam.reasoning.prove import prove  # noqa: PLC0415 - an extra, and heavy
    except ImportError:
        return Answer(unknown=f"{why} (a solver may know: install lambdaward[prove])")
    try:
        require_known((old, new))
        who = callers((*old.statements, *new.statements), Budget(STEPS)) if named else ()
        for asked in prove(old, new, who):
            if confirmed(old, new, asked, named=named):
                return Answer(asked)
            return Answer(unknown=why)
    except Undecided:
        return Answer(unknown=why)
    return Answer()


def confirmed(old: Policy, new: Policy, asked: Witness, *, named: bool) -> bool:
    """Whether evaluating the policies says that a request is allowed by `new` and not by `old`. `named`: whether statements must
    name principals."""
    before, after = (allows(policy_set([(n, p)]), asked, named=named) for n, p in (("old", old), ("new", new)))
    return after is True and before is False


def _candidates(space: Space, old: list[Cell], new: list[Cell]) -> Iterator[tuple[Cell, Found]]:
    """Requests that a statement of the new policy allows and no deny of it takes away, and that the old one denies, or does
    not allow."""
    denies = [cell for cell in new if not cell.source.statement.allow]
    said = {cell.said for cell in denies}
    lifted = [cell for cell in old if not cell.source.statement.allow and cell.said not in said]
    allows = [cell for cell in old if cell.source.statement.allow]
    kept = {cell.said for cell in allows}
    doubt: Undecided | None = None
    for cell in new:
        if not cell.source.statement.allow:
            continue
        unlike = [] if cell.said in kept else [([cell], [*allows, *denies])]
        for inside, without in (*unlike, *(([cell, deny], denies) for deny in lifted)):
            space.budget.spend(len(without))
            try:
                yield from ((cell, found) for found in outside(space, inside, without))
            except Undecided as why:
                doubt = why
    if doubt is not None:
        raise doubt
