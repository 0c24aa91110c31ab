"""Reading the Principal and NotPrincipal elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lambdaward.iam.language.members import options, texts
from lambdaward.iam.language.policy import Fault, Principal
from lambdaward.model import Path, Text, Unknown, Value

EVERYBODY = "*"
UNREADABLE = ""
_KINDS = {kind.lower(): kind for kind in ("AWS", "Service", "Federated", "CanonicalUser")}


def principals(value: Value, path: Path, faults: list[Fault]) -> Iterator[Principal]:
    """Every principal that is named. A bare text that is not `*` is read as an AWS principal, which AWS rejects."""
    for option, doubt in options(value):
        match option:
            case None:
                continue
            case "*":
                yield Principal(EVERYBODY, "*", path, doubt)
            case Unknown():
                yield Principal(UNREADABLE, option, path, doubt)
            case Mapping():
                yield from _by_kind(option, path, doubt, faults)
            case str() | Text() | list() | tuple():
                faults.append(Fault(path, 'a principal is "*" or an object such as {"AWS": ...}'))
                yield from (
                    Principal("AWS", part.value, part.path, part.doubt) for part in texts(option, path, faults, doubt)
                )
            case _:
                faults.append(Fault(path, "not a principal"))


def _by_kind(value: Mapping[str, Value], path: Path, doubt: Unknown | None, faults: list[Fault]) -> Iterator[Principal]:
    for written, inner in value.items():
        kind = _KINDS.get(written.lower())
        if kind != written:
            faults.append(Fault((*path, written), f"there is no kind of principal {written}"))
        for part in texts(inner, (*path, written), faults, doubt):
            yield Principal(kind or UNREADABLE, part.value, part.path, part.doubt)
