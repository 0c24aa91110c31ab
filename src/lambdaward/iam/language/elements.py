"""The elements of a policy and of a statement, found by name. AWS spells them one way; another way is a fault, and read."""

from __future__ import annotations

from collections.abc import Mapping

from lambdaward.iam.language.policy import Fault
from lambdaward.model import Path, Value

POLICY = ("Version", "Id", "Statement")
STATEMENT = (
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)


class Elements:
    """The elements of one object: `elements["Action"]` is its value (or `None`), `elements.path("Action")` where it stands."""

    def __init__(self, value: Mapping[str, Value], path: Path, names: tuple[str, ...], faults: list[Fault]) -> None:
        self._written: dict[str, str] = {}
        self._value = value
        self._path = path
        for written in value:
            name = written if written in names else _spelled(written, names)
            if name is None:
                faults.append(Fault((*path, written), f"there is no element {written}"))
            elif name != written:
                faults.append(Fault((*path, written), f"AWS spells it {name}"))
            if name is not None and (name not in self._written or name == written):
                self._written[name] = written

    def __getitem__(self, name: str) -> Value:
        return self._value.get(self._written.get(name, name))

    def path(self, name: str) -> Path:
        """Where an element stands; the object itself for one that is not written."""
        return (*self._path, self._written[name]) if name in self._written else self._path


def _spelled(written: str, names: tuple[str, ...]) -> str | None:
    """AWS's spelling of an element that is written otherwise; `None` when there is no such element."""
    return next((name for name in names if name.lower() == written.lower()), None)
