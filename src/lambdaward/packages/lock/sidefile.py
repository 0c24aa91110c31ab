"""The lists of entries beside a lock: one section for each list, named by its digest, one line for each entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from lambdaward.model import InputError
from lambdaward.packages.behaviour import Capability
from lambdaward.packages.lock.listing import Item, framed
from lambdaward.packages.unpack import Kind

Lists = Mapping[str, tuple[Item, ...]]
_HEAD = "# Written by `lambdaward lock`: the entries of every package in the lock beside this file, in their order."
_LIMIT = 512 << 20
_REMEDY = "take the committed file, or write it anew with `lambdaward lock`"
_LINE = re.compile(r'([a-z-]+) ([0-7]{1,4}) ([0-9]{1,16}) ([0-9a-f]{64}) ([a-z,-]+) ("(?:[^"\\]|\\.)*")')
_SECTION = re.compile(r"list ([0-9a-f]{64})")


def written_lists(lists: Lists) -> Iterator[str]:
    """The lines of a side file, each with its end."""
    yield _HEAD + "\n"
    for digest in sorted(lists):
        yield f"\nlist {digest}\n"
        for each in lists[digest]:
            able = ",".join(each.capabilities) or "-"
            name = json.dumps(each.name.decode("utf-8", "surrogateescape"))
            yield f"{each.kind} {each.rights:o} {each.size} {each.sha256} {able} {name}\n"


def read_lists(path: Path) -> Lists:
    """The lists in a side file by their digest; none when there is no file. Raises `InputError` for a line that is none, and for
    a list that does not have its digest."""
    if not path.exists():
        return {}
    found: dict[str, list[Item]] = {}
    section: list[Item] = []
    try:
        if path.stat().st_size > _LIMIT:
            raise InputError(str(path), f"it is larger than {_LIMIT >> 20} MB", _REMEDY)
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                text = line.rstrip("\n")
                if head := _SECTION.fullmatch(text):
                    section = found.setdefault(head[1], [])
                elif text and not text.startswith("#"):
                    section.append(_item(text, path, number))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"it cannot be read ({error})", _REMEDY) from None
    for digest, items in found.items():
        if framed(items) != digest:
            raise InputError(
                str(path), f"the list {digest[:12]}... does not have this digest: a line was edited", _REMEDY
            )
    return {digest: tuple(items) for digest, items in found.items()}


def _item(text: str, path: Path, number: int) -> Item:
    match = _LINE.fullmatch(text)
    try:
        return _matched(match) if match else _wrong(path, number)
    except ValueError:
        return _wrong(path, number)


def _matched(match: re.Match[str]) -> Item:
    able = () if match[5] == "-" else tuple(Capability(word) for word in match[5].split(","))
    name = json.loads(match[6]).encode("utf-8", "surrogateescape")
    return Item(name, Kind(match[1]), int(match[2], 8), int(match[3]), match[4], able)


def _wrong(path: Path, number: int) -> NoReturn:
    raise InputError(str(path), "this line is no entry", _REMEDY, line=number) from None
