"""Values that may hold a secret: usable by the secrets engine, never printable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, final

if TYPE_CHECKING:
    from lambdaward.model.values import Value


@final
class Redacted:
    """A value that no output may show. Only `reveal` gives it out; `repr`, `str`, formatting and encoders give a mask."""

    __slots__ = ("_value",)

    def __init__(self, value: Value) -> None:
        object.__setattr__(self, "_value", value)

    def reveal(self) -> Value:
        """The value itself. For engines that look for secrets or follow references; never for output."""
        value: Value = object.__getattribute__(self, "_value")
        return value

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("Redacted is frozen")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Redacted) and self.reveal() == other.reveal()

    def __hash__(self) -> int:
        return hash((Redacted, self.reveal()))

    def __repr__(self) -> str:
        return "«redacted»"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a Redacted value is not written out")
