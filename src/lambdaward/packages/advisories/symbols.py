"""Whether vulnerable Go code was linked into a program at all: the linker leaves out what nothing calls."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from lambdaward.model import Fact, No, Unknown, Unsure, Verdict, Yes, any_of
from lambdaward.packages.advisories.match import Match
from lambdaward.packages.advisories.record import Import
from lambdaward.packages.components.component import Ecosystem
from lambdaward.packages.formats.gofunctions import functions_in, linked_name
from lambdaward.packages.unpack import Entry

_LAMBDA_SYSTEM, _LAMBDA_PROCESSORS = "linux", frozenset(("amd64", "arm64"))


def programs(found: Iterable[Match]) -> frozenset[str]:
    """The places of the Go programs of which some matches ask what was linked into them."""
    return frozenset(
        item.place
        for match in found
        if match.component.ecosystem is Ecosystem.GO and match.imports
        for item in match.component.evidence
    )


def functions_of(entries: Iterable[tuple[str, Entry]], places: Collection[str]) -> dict[str, bytes | None]:
    """The names of the functions in each program at one of some places; `None` for one that does not tell them."""
    return {place: functions_in(entry.content) for place, entry in entries if place in places} if places else {}


def reached(match: Match, functions: Mapping[str, bytes | None]) -> Verdict:
    """Whether vulnerable Go code is in any of the programs that its component was linked into."""
    if match.component.ecosystem is not Ecosystem.GO:
        return Unsure((Unknown("it is no Go program", ""),))
    return any_of(linked(match.imports, functions.get(item.place)) for item in match.component.evidence)


def linked(imports: Sequence[Import], functions: bytes | None) -> Verdict:
    """Whether a program has a function that is vulnerable. `functions` are the names that its linker wrote into it, `None`
    when they cannot be read."""
    if not imports:
        return Unsure((Unknown("the records do not say in which functions it is", "look at the advisory's page"),))
    built = [each for each in imports if _built(each)]
    if not built:
        return No((Fact("its code is only built for other systems than Lambda's"),))
    if functions is None:
        return Unsure((Unknown("the program does not tell its functions", "look for them with `go tool nm`"),))
    found = list(dict.fromkeys(name for each in built for name in _found(each, functions)))
    if found:
        few = ", ".join(found[:3]) + (f" and {len(found) - 3} more" if len(found) > 3 else "")
        return Yes((Fact(f"the program has {few}"),))
    count = sum(len(each.symbols) or 1 for each in built)
    return No((Fact(f"none of the {count} vulnerable functions is in the program"),))


def _built(code: Import) -> bool:
    return (not code.goos or _LAMBDA_SYSTEM in code.goos) and (
        not code.goarch or bool(_LAMBDA_PROCESSORS & set(code.goarch))
    )


def _found(code: Import, functions: bytes) -> Iterator[str]:
    """The vulnerable functions of one package that a program has; just the package's path where no function is named."""
    path = linked_name(code.path)
    if not code.symbols and b"\0" + path + b"." in functions:
        yield code.path
    for symbol in code.symbols:
        kind, dot, method = symbol.rpartition(".")
        forms = (f"{kind}.{method}", f"(*{kind}).{method}", f"{kind}[...].{method}", f"(*{kind}[...]).{method}")
        for form in forms if dot else (symbol, f"{symbol}[...]"):
            if b"\0" + path + b"." + form.encode() + b"\0" in functions:
                yield f"{code.path}.{symbol}"
                break
