"""The local store of advisories: one file per ecosystem, a line per package in the order of names, so that a package is found
without reading the others.

Every import writes a folder of its own, and then a manifest that points to it: a reader sees one or the other, never a part.
The same advisories give the same bytes.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from secrets import token_hex

import msgspec
from msgspec import Struct

from lambdaward.model import InputError
from lambdaward.packages.advisories.reading import Passed, read
from lambdaward.packages.advisories.record import Row
from lambdaward.packages.components.component import Ecosystem

_MANIFEST = "advisories.json"
_VERSION = 1
_REMEDY = "import advisories anew: `lambdaward advisories import`"
_OLDEST = "1990"
_FOLDER = re.compile(r"[0-9a-f]{16}")
_ENCODER = msgspec.json.Encoder(order="deterministic")

Rows = dict[Ecosystem, dict[str, dict[str, bytes]]]


class Held(Struct, frozen=True):
    """What a store has of one ecosystem: how many advisories, about how many packages, and the day that the newest one was
    changed on, empty when none says."""

    advisories: int
    packages: int
    newest: str


class _Manifest(Struct, frozen=True):
    """Which folder is the store's, and what it holds."""

    version: int
    folder: str
    held: Mapping[str, Held]


class Imported(Struct, frozen=True):
    """What an import did: what the store now holds of each ecosystem, and what was passed over."""

    held: Mapping[str, Held]
    passed: tuple[Passed, ...]


class Store:
    """Advisories on this machine. Raises `InputError` when the folder holds none, or damaged ones."""

    def __init__(self, folder: Path) -> None:
        manifest = _manifest(folder)
        if manifest is None:
            raise InputError(str(folder), "there are no advisories", _REMEDY)
        self.folder = folder
        self.held: Mapping[Ecosystem, Held] = {Ecosystem(name): held for name, held in manifest.held.items()}
        self._root = folder / manifest.folder
        self._maps: dict[Ecosystem, mmap.mmap | bytes] = {}

    def rows(self, ecosystem: Ecosystem, key: str) -> tuple[Row, ...]:
        """Every advisory about a package. For a key that ends in a colon, about all packages whose key begins with it."""
        if ecosystem not in self.held:
            return ()
        lines = self._lines(ecosystem)
        wanted, found = key.encode(), []
        at = _first(lines, wanted)
        while at < len(lines):
            end = lines.find(b"\n", at)
            name, _, rows = lines[at:end].partition(b"\t")
            if name != wanted and not (key.endswith(":") and name.startswith(wanted)):
                break
            found.append(rows)
            at = end + 1
        return tuple(row for rows in found for row in self._decoded(rows))

    def _decoded(self, rows: bytes) -> tuple[Row, ...]:
        try:
            return msgspec.json.decode(rows, type=tuple[Row, ...])
        except msgspec.DecodeError as error:
            raise InputError(str(self._root), "the advisories there are damaged", _REMEDY) from error

    def _lines(self, ecosystem: Ecosystem) -> mmap.mmap | bytes:
        if ecosystem not in self._maps:
            path = self._root / f"{ecosystem.value}.tsv"
            try:
                with path.open("rb") as file:
                    empty = os.fstat(file.fileno()).st_size == 0
                    self._maps[ecosystem] = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except OSError as error:
                raise InputError(str(path), f"it cannot be read: {error.strerror}", _REMEDY) from error
        return self._maps[ecosystem]


def _first(lines: mmap.mmap | bytes, wanted: bytes) -> int:
    """Where the first line begins whose name is not less than the one that is wanted."""
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", 0, (low + high) // 2) + 1
        end = lines.find(b"\n", start)
        if lines[start:end].partition(b"\t")[0] < wanted:
            low = end + 1
        else:
            high = start
    return low


def _manifest(folder: Path) -> _Manifest | None:
    """What a folder says it holds; `None` when it says nothing. Raises `InputError` for what this version cannot read."""
    path = folder / _MANIFEST
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=_Manifest)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise InputError(str(path), "the advisories there cannot be read", _REMEDY) from error
    known = {ecosystem.value for ecosystem in Ecosystem}
    if manifest.version != _VERSION or not _FOLDER.fullmatch(manifest.folder) or not known.issuperset(manifest.held):
        raise InputError(str(path), "another version of lambdaward wrote the advisories there", _REMEDY)
    return manifest


def import_advisories(folder: Path, paths: Sequence[Path], whole: Iterable[Ecosystem] = ()) -> Imported:
    """Add the advisories in some folders, archives and dumps to a store, which need not be there yet. Of two states of one
    advisory the one that was changed last is kept. Ecosystems in `whole` are held also when there is no advisory of them: all
    that there are have been given. Raises `InputError` when something cannot be read or written."""
    found, passed = _held_so_far(folder), list[Passed]()
    for path in paths:
        for item in read(path):
            if isinstance(item, Passed):
                passed.append(item)
            else:
                _keep(found.setdefault(item.ecosystem, {}).setdefault(item.key, {}), item.row)
    for ecosystem in whole:
        found.setdefault(ecosystem, {})
    if not found:
        names = ", ".join(str(path) for path in paths)
        raise InputError(names, "there is no advisory in it", "give a folder, zip or dump of records in OSV form")
    try:
        return Imported(_written(folder, found), tuple(passed))
    except OSError as error:
        raise InputError(str(folder), f"it cannot be written: {error.strerror}", "give a folder with --dir") from error


def _held_so_far(folder: Path) -> Rows:
    if _manifest(folder) is None:
        return {}
    store, found = Store(folder), Rows()
    for ecosystem in store.held:
        for line in bytes(store._lines(ecosystem)).splitlines():  # noqa: SLF001 - the store's own file
            name, _, rows = line.partition(b"\t")
            for row in store._decoded(rows):  # noqa: SLF001 - as above
                _keep(found.setdefault(ecosystem, {}).setdefault(name.decode(), {}), row)
    return found


def _keep(rows: dict[str, bytes], row: Row) -> None:
    packed = rows.get(row.id)
    if packed is None or msgspec.json.decode(packed, type=Row).modified <= row.modified:
        rows[row.id] = _ENCODER.encode(row)


def _written(folder: Path, found: Rows) -> Mapping[str, Held]:
    """Write a folder, let the manifest point to it, and remove the one that it pointed to."""
    folder.mkdir(parents=True, exist_ok=True)
    before = _manifest(folder)
    fresh = folder / f".{token_hex(8)}"
    fresh.mkdir()
    try:
        digest, held = hashlib.sha256(), {}
        for ecosystem in sorted(found):
            path = fresh / f"{ecosystem.value}.tsv"
            with path.open("wb") as file:
                for line in _lines_of(found[ecosystem]):
                    file.write(line)
                    digest.update(line)
            held[ecosystem.value] = _summary(found[ecosystem])
        name = digest.hexdigest()[:16]
        if not (folder / name).exists():
            fresh.rename(folder / name)
        part = folder / f".{token_hex(8)}"
        part.write_bytes(_ENCODER.encode(_Manifest(_VERSION, name, held)) + b"\n")
        part.replace(folder / _MANIFEST)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    if before is not None and before.folder != name:
        shutil.rmtree(folder / before.folder, ignore_errors=True)
    return held


def _lines_of(packages: Mapping[str, Mapping[str, bytes]]) -> Iterator[bytes]:
    for key in sorted(packages, key=str.encode):
        rows = b",".join(packages[key][name] for name in sorted(packages[key]))
        yield b"%s\t[%s]\n" % (key.encode(), rows)


def _summary(packages: Mapping[str, Mapping[str, bytes]]) -> Held:
    names = {name for rows in packages.values() for name in rows}
    return Held(len(names), len(packages), _newest(row for rows in packages.values() for row in rows.values()))


def _newest(rows: Iterable[bytes]) -> str:
    days = (msgspec.json.decode(row, type=_Changed).modified[:10] for row in rows)
    newest = max(days, default="")
    return newest if newest > _OLDEST else ""


class _Changed(Struct, frozen=True):
    """The one field of a row that tells its age."""

    modified: str = ""
