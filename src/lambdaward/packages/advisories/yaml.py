"""Advisories written in YAML, where every scalar is the text that stands there: `1.10` is a version and no number."""

from __future__ import annotations

from typing import Any

from yaml import events
from yaml._yaml import CParser
from yaml.error import YAMLError

_DEEPEST = 32


class _Composer:
    """Makes one value of a stream of events, without recursion further than any record needs."""

    def __init__(self, text: str) -> None:
        self._parser = CParser(text)

    def document(self) -> Any:  # noqa: ANN401 - a document is anything
        """The first document."""
        for _ in range(2):
            self._parser.get_event()
        return self._value(self._parser.get_event(), 0)

    def _value(self, event: object, depth: int) -> Any:  # noqa: ANN401 - as above
        if depth > _DEEPEST or isinstance(event, events.AliasEvent):
            raise YAMLError("an advisory has no aliases and is not that deep")
        if isinstance(event, events.ScalarEvent):
            plain = event.implicit[0]
            return None if plain and event.value in ("", "~", "null") else event.value
        found: list[Any] = []
        mapping = isinstance(event, events.MappingStartEvent)
        if not mapping and not isinstance(event, events.SequenceStartEvent):
            return None
        end = events.MappingEndEvent if mapping else events.SequenceEndEvent
        while not isinstance(event := self._parser.get_event(), end):
            found.append(self._value(event, depth + 1))
        return {str(name): value for name, value in zip(found[::2], found[1::2], strict=True)} if mapping else found


def read_yaml(data: bytes) -> Any:  # noqa: ANN401 - a document is anything
    """The document in some bytes. Raises `ValueError` when it is none."""
    try:
        return _Composer(data.decode()).document()
    except (YAMLError, UnicodeDecodeError) as error:
        raise ValueError("it is no YAML that advisories are written in") from error
