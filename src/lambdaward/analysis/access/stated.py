"""A statement where it stands."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.analysis.access.attached import Written
from lambdaward.iam import Clause, Part, Principal, Statement
from lambdaward.model import Place


class Stated(Struct, frozen=True):
    """One statement, with the policy that states it."""

    written: Written
    clause: Clause

    @property
    def statement(self) -> Statement:
        """What it says."""
        return self.clause.statement

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.written.at(self.statement.path)

    @property
    def shown(self) -> str:
        """The statement for people."""
        return f"{self.statement.shown} of {self.written.name}"

    def at(self, part: Part | Principal) -> Place:
        """Where one of its actions, resources or principals stands."""
        return self.written.at(part.path)
