"""Two locks, or two packages, against each other: what changed, field by field and entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from lambdaward.packages.lock.listing import Item
from lambdaward.packages.lock.locked import Lock, Locked
from lambdaward.packages.lock.sidefile import Lists
from lambdaward.packages.lock.text import TABLES

_PINNED = ("arn", "publisher", "image", "layers")
_CONTENT = (
    "code",
    "size",
    "entries",
    "list",
    "signing_profile",
    "signing_job",
    "signing_root",
    "components",
    "capabilities",
    "component_capabilities",
)
_READ = ("components", "capabilities", "component_capabilities")
"""What is read from entries: it differs where they do. Where they do not, only the reading does, by another release of ours."""

_FIELDS = {
    "arn": "version",
    "code": "kind of package",
    "sha256": "package hash",
    "size": "size",
    "entries": "number of entries",
    "list": "ordered list of entries",
    "signing_profile": "signing profile",
    "signing_job": "signing job",
    "signing_root": "root of the signature",
    "publisher": "publisher",
    "image": "image",
    "image_digest": "image digest",
    "layers": "layers or their order",
    "components": "components",
    "capabilities": "capabilities",
    "component_capabilities": "capabilities of components",
}


class Change(Struct, frozen=True):
    """Something that is not as it was: the kind and name of what it belongs to, what it is, and both values."""

    kind: str
    name: str
    what: str
    old: str = ""
    new: str = ""


class Difference(Struct, frozen=True):
    """Two locks against each other. `unknown` is what was locked and cannot be read now."""

    changes: tuple[Change, ...]
    unknown: tuple[Change, ...] = ()


def compare(old: Lock, new: Lock) -> Difference:
    """What changed from a lock to what is there now."""
    changes: list[Change] = []
    unknown: list[Change] = []
    for kind in TABLES:
        before, after = _by_name(getattr(old, kind)), _by_name(getattr(new, kind))
        changes += [Change(kind, name, "removed") for name in before if name not in after]
        changes += [Change(kind, name, "not in the lock") for name in after if name not in before]
        for name in before.keys() & after.keys():
            for change, lost in _fields(kind, before[name], after[name]):
                (unknown if lost else changes).append(change)
    return Difference(tuple(sorted(changes, key=_order)), tuple(sorted(unknown, key=_order)))


def _order(change: Change) -> tuple[str, str, str]:
    return change.kind, change.name, change.what


def _by_name(locked: Sequence[Locked]) -> dict[str, Locked]:
    return {each.name: each for each in locked}


def _fields(kind: str, old: Locked, new: Locked) -> Iterator[tuple[Change, bool]]:
    """Every field that differs, and whether it is only not known now."""
    described = () if old.list or new.list else ("signing_profile", "signing_job")
    for field in ("sha256", *_PINNED, "image_digest", *described):
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            lost = not after and field in ("sha256", "image_digest")
            yield Change(kind, old.name, _FIELDS[field], _text(before), _text(after)), lost
    if not new.list:
        if old.list and not (new.sha256 and new.sha256 == old.sha256):
            yield Change(kind, old.name, _FIELDS["list"], old.list, "; ".join(new.unknown)), True
        return
    for field in _CONTENT:
        before, after = getattr(old, field), getattr(new, field)
        if before != after and not (field in _READ and old.list == new.list):
            yield Change(kind, old.name, _FIELDS[field], _text(before), _text(after)), False
    # The same bytes have the same faults: damage that was not there before is a change that entries need not show.
    if old.list == new.list and (faults := [text for text in new.unknown if text not in old.unknown]):
        yield Change(kind, old.name, "damage", "", "; ".join(faults)), False


def _text(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


class Inside(Struct, frozen=True):
    """What changed inside a package: entries by their names, and what is newly there and no longer."""

    kind: str
    old: str
    new: str
    added: tuple[Item, ...] = ()
    removed: tuple[Item, ...] = ()
    changed: tuple[tuple[Item, Item], ...] = ()
    reordered: bool = False
    fields: tuple[Change, ...] = ()
    unknown: str = ""

    @property
    def same(self) -> bool:
        """Whether nothing changed that is known."""
        return not (self.added or self.removed or self.changed or self.reordered or self.fields)


def inside(kind: str, old: Locked, new: Locked, lists: tuple[Lists, Lists]) -> Inside:
    """What changed from one version of a function, layer or package to another."""
    fields = tuple(
        Change(kind, old.name, word, _text(before), _text(after))
        for field, word in _FIELDS.items()
        if field not in ("list", "entries", *_READ)
        and (before := getattr(old, field)) != (after := getattr(new, field))
    ) + tuple(_members(kind, old, new))
    before, after = lists[0].get(old.list), lists[1].get(new.list)
    if before is None or after is None:
        same = old.list == new.list and (old.list or old.name == new.name)
        missing = "" if same else "the lists of entries are not there on both sides"
        return Inside(kind, old.name, new.name, fields=fields, unknown=missing)
    return _entries(Inside(kind, old.name, new.name, fields=fields), before, after)


def _members(kind: str, old: Locked, new: Locked) -> Iterator[Change]:
    """Single components and capabilities that came or went."""
    for field, word in (("components", "component"), ("capabilities", "capability")):
        before, after = getattr(old, field), getattr(new, field)
        yield from (Change(kind, old.name, word, new=each) for each in after if each not in before)
        yield from (Change(kind, old.name, word, old=each) for each in before if each not in after)
    before, after = _able(old), _able(new)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield Change(kind, old.name, f"capabilities of {name}", before.get(name, ""), after.get(name, ""))


def _able(locked: Locked) -> Mapping[str, str]:
    """What each component can do, by its package URL without the version."""
    found: dict[str, set[str]] = {}
    for name, _, can in (line.rpartition(": ") for line in locked.component_capabilities):
        found.setdefault(name.rpartition("@")[0] or name, set()).update(can.split(", "))
    return {name: ", ".join(sorted(can)) for name, can in found.items()}


def _entries(found: Inside, before: Sequence[Item], after: Sequence[Item]) -> Inside:
    old, new = _named(before), _named(after)
    kept = [name for name in old if name in new]
    return Inside(
        found.kind,
        found.old,
        found.new,
        tuple(each for name, each in new.items() if name not in old),
        tuple(each for name, each in old.items() if name not in new),
        tuple((old[name], new[name]) for name in kept if old[name] != new[name]),
        kept != [name for name in new if name in old],
        found.fields,
    )


def _named(items: Sequence[Item]) -> Mapping[tuple[bytes, int], Item]:
    """Items by their name; where a name is there more than once, by its turn."""
    turns: Counter[bytes] = Counter()
    found: dict[tuple[bytes, int], Item] = {}
    for each in items:
        found[each.name, turns[each.name]] = each
        turns[each.name] += 1
    return found
