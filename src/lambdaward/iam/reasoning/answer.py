"""What is answered to a question about all requests."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.iam.reasoning.witness import Witness


class Answer(Struct, frozen=True):
    """Whether there is a request: the `witness`, none, or (`unknown`) why it cannot be told."""

    witness: Witness | None = None
    unknown: str = ""
