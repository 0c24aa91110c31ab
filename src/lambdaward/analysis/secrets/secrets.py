"""The secrets of one estate."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from lambdaward.analysis.environment import variables
from lambdaward.analysis.secrets.held import Held, answers
from lambdaward.model import Estate, Function, Layer, environment_place

if TYPE_CHECKING:
    from lambdaward.analysis.secrets.code import Packages, Searched


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

    def code(self, record: Function | Layer) -> Searched:
        """The secrets in a function's code or a layer's content."""
        return self._packages.of(record)

    @cached_property
    def _packages(self) -> Packages:
        from lambdaward.analysis.secrets.code import Packages  # noqa: PLC0415 - only where packages are read

        return Packages()
