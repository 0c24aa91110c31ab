"""The variables of a function's environment, for whoever judges them without printing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lambdaward.model import Function, FunctionVersion, OneOf, Redacted, Value, alternatives, one_of


def variables(function: Function | FunctionVersion) -> Iterator[tuple[str, Value]]:
    """The name and value of each variable, revealed: never for output. A variable that only some alternatives of the
    environment set has an absent alternative; an environment that is unknown as a whole has none that could be named."""
    environment = reveal(function.environment)
    options = [option for option in alternatives(environment) if isinstance(option, Mapping)]
    reason = environment.reason if isinstance(environment, OneOf) else ""
    for name in dict.fromkeys(name for option in options for name in option):
        found = [reveal(option.get(name)) for option in options]
        missing = [None] * (len(alternatives(environment)) - len(options))
        yield name, one_of((*found, *missing), reason)


def reveal(value: Value) -> Value:
    """A value without its mask, if it has one."""
    return value.reveal() if isinstance(value, Redacted) else value
