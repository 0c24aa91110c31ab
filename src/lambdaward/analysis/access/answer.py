"""One question about a principal, answered with its proof."""

from __future__ import annotations

from collections.abc import Callable

from lambdaward.iam import Analysis, Clause, both, negate, unknowns
from lambdaward.model import Fact, No, Unsure, Verdict, Yes

# From a statement and what it does, the fact that names where it stands.
Proof = Callable[[Clause, str], Fact]


def verdict(identity: Analysis, boundary: Analysis | None, what: str, proof: Proof) -> Verdict:
    """Whether the policies of a principal, within its boundary, allow `what`."""
    sides = [identity] if boundary is None else [identity, boundary]
    for side in sides:
        if side.denying is not None:
            return No((proof(side.denying, f"denies {what}"),))
    answer = both(truth for side in sides for truth in (negate(side.deny), side.allow))
    if answer is True:
        return Yes(tuple(proof(side.allowing, f"allows {what}") for side in sides if side.allowing))
    if answer is False:
        return No(
            (Fact(f"no policy allows {what}" if identity.allow is False else f"the boundary does not allow {what}"),)
        )
    return Unsure(unknowns(answer))
