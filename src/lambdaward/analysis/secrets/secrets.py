"""The secrets of one estate."""

from __future__ import annotations

from functools import cached_property

from lambdaward.analysis.environment import variables
from lambdaward.analysis.secrets.held import Held, answers
from lambdaward.model import Estate, Function, environment_place


class Secrets:
    """What the values of an estate hold."""

    def __init__(self, estate: Estate) -> None:
        self._estate = estate

    @cached_property
    def environments(self) -> tuple[Held, ...]:
        """The variables of all functions."""
        return tuple(
            Held(function, environment_place(function, name), name, tuple(answers(name, value)))
            for function in self._estate.all(Function)
            for name, value in variables(function)
        )
