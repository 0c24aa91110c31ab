"""Makes the list of the most downloaded packages, whose names others imitate.

    python tools/popular.py PYPI NPM [--read DATE] [--write]

PYPI is a table with the columns name and rank_among_15000_most_downloaded, NPM one with name and downloads_a_month
(tab-separated, a heading first). Without --write, says how many names would be added and removed.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/lambdaward/packages/components/data/popular.json"
MOST_PYPI, MOST_NPM = 15_000, 6000


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table by the names of its columns."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def pypi(path: Path) -> list[str]:
    """The most downloaded distributions, first the first."""
    column = "rank_among_15000_most_downloaded"
    ranked = sorted((int(row[column]), row["name"].lower()) for row in rows(path) if (row[column] or "").isdigit())
    return [name.replace("_", "-").replace(".", "-") for _, name in ranked[:MOST_PYPI]]


def npm(path: Path) -> list[str]:
    """The most downloaded packages, first the first."""
    counted = [
        (int(row["downloads_a_month"]), row["name"]) for row in rows(path) if (row["downloads_a_month"] or "").isdigit()
    ]
    return [name for _, name in sorted(counted, key=lambda pair: (-pair[0], pair[1]))[:MOST_NPM]]


def main() -> None:
    """Compare, or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pypi", type=Path)
    parser.add_argument("npm", type=Path)
    parser.add_argument("--read", default=dt.datetime.now(dt.UTC).date().isoformat())
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    found = {"npm": npm(given.npm), "pypi": pypi(given.pypi)}
    old = json.loads(TARGET.read_text())["rows"] if TARGET.exists() else {}
    for name, names in found.items():
        before = set(old.get(name, "").split())
        print(f"{name}: {len(set(names) - before)} added, {len(before - set(names))} removed")
    if given.write:
        sources = [
            {"name": f"names of the packages most downloaded from {name}", "licence": "facts", "read": given.read}
            for name in ("PyPI", "the npm registry")
        ]
        about = "The most downloaded packages of each ecosystem, the most downloaded first"
        sheet = {"about": about, "sources": sources, "rows": {name: " ".join(names) for name, names in found.items()}}
        TARGET.write_text(json.dumps(sheet, indent=1) + "\n")


if __name__ == "__main__":
    main()
