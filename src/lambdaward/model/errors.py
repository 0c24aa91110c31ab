"""Errors that a user can act on: what is wrong, where, and what to do."""

from __future__ import annotations


class LambdawardError(Exception):
    """The base of every error that lambdaward raises on purpose. Its text is one clear line."""


class InputError(LambdawardError):
    """An input that cannot be used. `line` and `column` count from 1; 0 means the file as a whole."""

    def __init__(self, file: str, problem: str, remedy: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(file, problem, remedy, line, column)
        self.file = file
        self.problem = problem
        self.remedy = remedy
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = ":".join(str(number) for number in (self.line, self.column) if number)
        where = f"{self.file}:{place}" if place else self.file
        return f"{where}: {self.problem}; {self.remedy}"


class UsageError(LambdawardError):
    """The command line or configuration asks for something that does not exist or does not fit together."""
