"""Regular expressions that are compiled when they are first used: a plain scan uses few of those that its modules hold."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Later:
    """A pattern that becomes the compiled one as soon as something of it is asked for."""

    __slots__ = ("_flags", "_source", "findall", "finditer", "fullmatch", "match", "search", "split", "sub")

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a method of the pattern
        compiled = re.compile(self._source, self._flags)
        for method in self.__slots__[2:]:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression, compiled at its first use. Raises `re.error` then."""
    return cast("re.Pattern[AnyStr]", _Later(source, flags))
