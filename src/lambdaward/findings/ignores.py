"""Reading suppressions: from comments and metadata of the scanned files, with the stretch of a file that each is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from lambdaward.findings.finding import Suppression
from lambdaward.model import (
    Comment,
    Estate,
    FileOrigin,
    Place,
    Problem,
    Resource,
    ResourceId,
    SourceFile,
    Value,
    dig,
    items,
    literal,
    pattern,
)

HOW: Mapping[str, str] = MappingProxyType(
    {
        "inline": "write `lambdaward: ignore[RULE, until=YYYY-MM-DD] reason`",
        "metadata": "write `lambdaward: {ignore: [{rules: [RULE], reason: why, until: YYYY-MM-DD}]}`",
        "config": "give it `rules`, a `reason` and, if it is to end, `until` as YYYY-MM-DD",
    }
)
MARK = pattern(r"lambdaward:\s*")
IGNORE = pattern(r"ignore\[([^\]]*)\]([^\n]*)")
END_OF_LINE = 1 << 31


class Reach(Struct, frozen=True):
    """What a suppression of a file is about: a stretch of it (from and to, as line and column, both inclusive), or a resource."""

    file: str
    first: tuple[int, int]
    last: tuple[int, int]
    resource: ResourceId | None = None


class Entry(Struct, frozen=True):
    """A suppression with its reach; one of the configuration has none and is matched by its globs."""

    by: Suppression
    reach: Reach | None = None


def comments(estate: Estate) -> Iterator[Entry | Problem]:
    """The suppressions in comments. One beside a line, or above it, is about what stands there; on a resource's key line it
    is about the whole resource."""
    keys = _key_spans(estate)
    for file in estate.files.values():
        asking = [comment for comment in file.comments if MARK.match(comment.text)]
        below = _below(file) if any(comment.own_line for comment in asking) else ()
        for comment in asking:
            yield _inline(file, comment, below[comment.line] if comment.own_line else comment.line, keys)


def metadata(estate: Estate) -> Iterator[Entry | Problem]:
    """The suppressions in resources' metadata, each about its resource."""
    for resource in estate.resources.values():
        for entry in items(dig(resource.metadata, "lambdaward", "ignore")):
            yield _from_metadata(estate, resource, entry)


def _inline(
    file: SourceFile, comment: Comment, line: int, keys: Mapping[tuple[str, int], FileOrigin]
) -> Entry | Problem:
    match = IGNORE.fullmatch(comment.text[MARK.match(comment.text).end() :])  # type: ignore[union-attr]
    if match is None:
        return Problem(file.path, "this suppression cannot be read", HOW["inline"], comment.line, fatal=False)
    words = [word.strip() for word in match[1].split(",")]
    dates = [word.removeprefix("until=").strip() for word in words if word.startswith("until=")]
    by = Suppression(
        rules=tuple(word for word in words if word and not word.startswith("until=")),
        reason=match[2].strip(" \t:-"),
        until=", ".join(dates),
        file=file.path,
        line=comment.line,
    )
    span = keys.get((file.path, line))
    last = (span.end_line, span.end_column) if span else (line, END_OF_LINE)
    return Entry(by, Reach(file.path, (line, 0), last))


def _below(file: SourceFile) -> Sequence[int]:
    """For a comment on each line, the line that it is about: the next one that is neither blank nor a comment."""
    lines = [len(file.lines) + 1]
    for number in range(len(file.lines), 0, -1):
        blank = file.lines[number - 1].lstrip()[:1] in ("", "#")
        lines.append(lines[-1] if blank else number)
    return lines[::-1]


def _key_spans(estate: Estate) -> Mapping[tuple[str, int], FileOrigin]:
    """The longest span of a resource that begins on a line, by file and line."""
    found: dict[tuple[str, int], FileOrigin] = {}
    for identity in estate.resources:
        span = estate.origin(Place(identity))
        if isinstance(span, FileOrigin):
            other = found.get((span.file, span.line))
            if other is None or (other.end_line, other.end_column) < (span.end_line, span.end_column):
                found[span.file, span.line] = span
    return found


def _from_metadata(estate: Estate, resource: Resource, entry: Value) -> Entry | Problem:
    origin = estate.origin(Place(resource.id))
    span = origin if isinstance(origin, FileOrigin) else FileOrigin(resource.id.stack, 0, 0, 0, 0)
    if not isinstance(entry, Mapping):
        text = f"a suppression of {resource.shown} cannot be read"
        return Problem(span.file, text, HOW["metadata"], span.line, fatal=False)
    by = Suppression(
        rules=tuple(_texts((*items(entry.get("rules")), *items(entry.get("id"))))),
        reason=(literal(entry.get("reason")) or "").strip(),
        until=literal(entry.get("until")) or "",
        source="metadata",
        file=span.file,
        line=span.line,
    )
    return Entry(by, Reach(span.file, (span.line, span.column), (span.end_line, span.end_column), resource.id))


def _texts(values: Iterable[Value]) -> Iterator[str]:
    return (text for value in values if (text := literal(value)))
