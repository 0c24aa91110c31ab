"""Recipes for advisories in OSV form."""

from __future__ import annotations

import json
from pathlib import Path

from lambdaward.packages import Component, Ecosystem, Evidence, Method
from lambdaward.packages.advisories import Store, import_advisories


def osv(name: str, package: str, *events: dict, ecosystem: str = "PyPI", kind: str = "ECOSYSTEM", **other) -> dict:
    """A record about one package. `affected` replaces parts of what it says of the package, the others those of the record."""
    ranges = [{"type": kind, "events": list(events)}] if events else []
    affected = {"package": {"ecosystem": ecosystem, "name": package}, "ranges": ranges, **other.pop("affected", {})}
    return {
        "id": name,
        "modified": "2026-08-01T00:00:00Z",
        "summary": f"{package} is weak",
        "affected": [affected],
        **other,
    }


def fixed(version: str, since: str = "0") -> tuple[dict, dict]:
    """The events of a range that a release ends."""
    return {"introduced": since}, {"fixed": version}


def store_of(folder: Path, *records: dict) -> Store:
    """A store with some records."""
    dump = folder / "dump.json"
    dump.write_text(json.dumps(list(records)))
    import_advisories(folder / "store", [dump])
    return Store(folder / "store")


def component(ecosystem: Ecosystem, name: str, version: str, group: str = "", place: str = "a") -> Component:
    """A component with some evidence."""
    return Component(ecosystem, name, version, (Evidence(place, Method.INSTALLED),), group)
