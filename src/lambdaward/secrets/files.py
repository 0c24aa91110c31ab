"""Secrets in files: in every view of every entry of a folder, archive or image."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path, PurePosixPath

from msgspec import structs

from lambdaward.packages import Entry, Fault, Kind, walk, walk_text
from lambdaward.secrets import issuers
from lambdaward.secrets.answer import Leak, Sureness
from lambdaward.secrets.assignments import Given, assignments, commands, headers, logins
from lambdaward.secrets.assignments import Kind as Holding
from lambdaward.secrets.encoded import DEPTH, decoded
from lambdaward.secrets.formats import PRIVATE_KEY, private_key
from lambdaward.secrets.harmless import is_printed
from lambdaward.secrets.judging import judge
from lambdaward.secrets.manner import Manner
from lambdaward.secrets.shapes import Shape, shape
from lambdaward.secrets.sighting import Sighting
from lambdaward.secrets.stretches import Batch, Stretch, batches, stretches

_HELD = (Kind.FILE, Kind.SLACK)
_TEXTS = ("raw", "sources", "utf-16-le", "utf-16-be")
_MOST_GIVEN = 4096
"""How many names with values are judged in one stretch of a file. Honest files have a few dozen."""
_SHORTEST_KEY, _LONGEST_KEY, _LONGEST_LIST = 100, 1 << 14, 1 << 22


def search(path: Path) -> Iterator[Sighting | Fault]:
    """The secrets in a folder, archive or image on this machine, as they are met, and what is wrong with it. Raises
    `InputError` when it cannot be read."""
    yield from _sightings(walk(path), _installed(path))


def search_text(text: str, name: str) -> Iterator[Sighting | Fault]:
    """The secrets in code that is written in a template."""
    yield from searched(walk_text(text, name))


def searched(items: Iterable[Entry | Fault]) -> Iterator[Sighting | Fault]:
    """The secrets in some entries, none of which an installer has put there."""
    yield from _sightings(items, frozenset())


def _sightings(items: Iterable[Entry | Fault], installed: frozenset[str]) -> Iterator[Sighting | Fault]:
    """The secrets in some entries, and their faults: each secret once a line, and once where there are no lines. `installed`
    are files that an installer has put there."""
    faults: list[Fault] = []
    seen: set[tuple[str, str, int]] = set()
    for batch in batches(_held(items, installed, faults)):
        for stretch, start, leak in _in_batch(batch):
            spot = stretch.place, str(leak.value.reveal()), stretch.line(start)
            anywhere = (*spot[:2], 0)
            if spot not in seen and (spot[2] or anywhere not in seen):
                seen |= {spot, anywhere}
                yield _sighting(stretch, start, leak)
        yield from faults
        faults.clear()
    yield from faults


def _sighting(stretch: Stretch, start: int, leak: Leak) -> Sighting:
    """A signed token in a test or an example is printed there for show."""
    trial = stretch.how.trial
    if trial and leak.kind == "signed-token":
        leak = structs.replace(leak, sureness=Sureness.LOW)
    return Sighting(leak, stretch.place, stretch.line(start), stretch.view, stretch.live, trial)


def _held(items: Iterable[Entry | Fault], installed: frozenset[str], faults: list[Fault]) -> Iterator[Stretch]:
    """What there is to look through; faults are put aside."""
    for item in items:
        if isinstance(item, Fault):
            faults.append(item)
        elif item.kind in _HELD:
            yield from stretches(item, installed)


def _installed(path: Path) -> frozenset[str]:
    """The files that pip lists as installed. Packages that lie beside a function's own code are told from it by that."""
    found: set[str] = set()
    for item in walk(path, nested=False):
        if isinstance(item, Entry) and item.path.endswith(".dist-info/RECORD"):
            folder = PurePosixPath(item.path).parent.parent
            lines = item.content.read(_LONGEST_LIST).decode("utf-8", "replace").splitlines()
            found.update((folder / line.partition(",")[0]).as_posix() for line in lines)
    return frozenset(found)


def _in_batch(batch: Batch) -> Iterator[tuple[Stretch, int, Leak]]:
    tokens = list(_tokens(batch.joined()))
    places = batch.locate(start for start, _ in tokens)
    yield from ((stretch, at, leak) for (stretch, at), (_, leak) in zip(places, tokens, strict=True))
    for stretch in batch.stretches:
        yield from ((stretch, start, leak) for start, leak in _in_stretch(stretch))


def _in_stretch(stretch: Stretch) -> Iterator[tuple[int, Leak]]:
    data, how = stretch.data, stretch.how
    yield from _without_names(data, how)
    if how.given and stretch.view in _TEXTS:
        ordered = commands(data) if Holding.SETTINGS in how.kind else ()
        for given in islice(chain(assignments(data, how.kind), headers(data), ordered), _MOST_GIVEN):
            yield from _judged(given, how)


def _without_names(data: bytes, how: Manner, depth: int = DEPTH) -> Iterator[tuple[int, Leak]]:
    """What needs no name to be a secret: private keys, URLs with passwords, and tokens too inside Base64."""
    yield from _keys(data, how)
    for given in islice(logins(data), _MOST_GIVEN):
        yield from _judged(given, how)
    if depth:
        for start, text in decoded(data):
            for _, leak in (*_tokens(text), *_without_names(text, how, depth - 1)):
                yield start, structs.replace(leak, via=("base64", *leak.via))


def _tokens(data: bytes) -> Iterator[tuple[int, Leak]]:
    """Tokens of issuers."""
    if not issuers.is_worth_scanning(data):
        return
    # Private keys are looked for here, and cost the engine too much where a file has thousands of their first lines.
    for found in issuers.tokens(data.replace(b"-----BEGIN", b"=====BEGIN")):
        if not found.rule_id.endswith(("private-key", "credential-uri")) and not is_printed(found.secret):
            yield found.location["start_offset"], issuers.leak_of(found)


def _keys(data: bytes, how: Manner) -> Iterator[tuple[int, Leak]]:
    """Private keys. Those of tests and examples are hardly ever anybody's."""
    at = data.find(b"-----BEGIN")
    while at >= 0:
        end = data.find(b"-----BEGIN", at + 10)
        text = data[at : min(end if end >= 0 else len(data), at + _LONGEST_KEY)].decode("utf-8", "replace")
        leak = private_key(text) if len(text) >= _SHORTEST_KEY and PRIVATE_KEY.match(text) else None
        if leak:
            yield at, structs.replace(leak, sureness=Sureness.LOW) if how.trial else leak
        at = end


def _judged(given: Given, how: Manner) -> Iterator[tuple[int, Leak]]:
    """What is given to a name, when it is a secret: less sure than a variable's whole value, as code has strings of all kinds."""
    answer = judge(given.name, given.value)
    if not isinstance(answer, Leak):
        return
    plain = answer.kind in ("password", "secret")
    if plain and not answer.via and given.quoted and shape(given.value) is Shape.PHRASE:
        return
    sureness = answer.sureness
    if plain:
        sureness = Sureness.LOW if how.trial or not how.given else Sureness(max(0, sureness - 1))
    yield given.start, structs.replace(answer, sureness=sureness)
