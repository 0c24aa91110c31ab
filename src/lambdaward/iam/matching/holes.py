"""What a hole may turn out to be. These are the engine's assumptions about values that only deployment gives.

- The partition symbol is whatever partition the other side names: a stack is deployed into the partition it is written for.
- What AWS generates for a resource (`Ref`) never equals a text somebody wrote, but for wildcards. Whoever hands values to the
  engine puts declared names in the place of such holes first.
- A pseudo parameter has no colon, and the account's is a number.
- An `Unknown` is only ever equal to that very `Unknown`: two unknowns with the same words may be two values.
"""

from __future__ import annotations

from collections.abc import Hashable

from lambdaward.model import Dynamic, Hole, Pseudo, Ref, Unknown, show

ACCOUNT = "AWS::AccountId"
PARTITION = "AWS::Partition"
PARTITIONS = ("aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc")


def identity(hole: Hole) -> Hashable:
    """A key that is equal for two holes just when they stand for one value."""
    return id(hole) if isinstance(hole, Unknown) else hole


def is_partition(hole: object) -> bool:
    """Whether a hole is the partition symbol."""
    return isinstance(hole, Pseudo) and hole.name == PARTITION


def is_generated(hole: object) -> bool:
    """Whether a hole stands for something that nobody wrote."""
    return isinstance(hole, Ref)


def is_field(hole: object) -> bool:
    """Whether a hole has no colon inside."""
    return isinstance(hole, Pseudo)


def is_account(hole: object) -> bool:
    """Whether a hole is an account number."""
    return isinstance(hole, Pseudo) and hole.name == ACCOUNT


def why(hole: Hole) -> Unknown:
    """Why a hole is not known, and what would settle it."""
    match hole:
        case Unknown():
            return hole
        case Ref():
            return Unknown(f"{hole.resource.name}.{hole.attribute} is only known after deployment", "declare its name")
        case Pseudo():
            return Unknown(f"{hole.name} is not known", "give the account and Region")
        case Dynamic():
            return Unknown(f"the {hole.service} reference {show(hole.reference)} is resolved at deployment")
