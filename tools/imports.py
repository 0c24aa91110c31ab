"""Makes the table of Python modules that are named otherwise than the distribution that brings them.

    python tools/imports.py DATABASE [--read DATE] [--write]

DATABASE is the SQLite file inside pigar's wheel, which lists the top-level modules of every distribution on PyPI. Of the modules
that a well-known distribution brings, those are kept that it alone brings, or that it brings so much oftener than others
that they are hardly met; where nobody can tell, the module is noted without a name. Without --write, says how many rows there
would be.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sqlite3
from collections import Counter
from pathlib import Path

from lambdaward.packages.components.component import normal_python_name
from lambdaward.packages.components.stripped import OWN, modules
from lambdaward.packages.components.tables import FOLDER, table

TARGET = FOLDER / "imports.json"
OFTENER, MOST_OWNERS = 10, 40
_ELSEWHERE = ("pyobjc-",)
"""What no Linux has."""

QUERY = """
SELECT distributions.name, top_level_module_names.name FROM top_level_module_names
JOIN distributions ON distributions.id = distribution_id
"""


def owners(database: Path, ranks: dict[str, int]) -> tuple[dict[str, dict[str, int]], Counter[str]]:
    """For each module the well-known distributions that bring it, with their rank, and how many bring it of all."""
    known: dict[str, dict[str, int]] = {}
    every: Counter[str] = Counter()
    for name, module in sqlite3.connect(f"file:{database}?mode=ro", uri=True).execute(QUERY):
        every[module] += 1
        if (rank := ranks.get(normal_python_name(name))) is not None:
            known.setdefault(module, {})[normal_python_name(name)] = rank
    return known, every


def owner(found: dict[str, int]) -> str:
    """The distribution that a module is likely of; empty when nobody can tell."""
    (best, rank), *rest = sorted(found.items(), key=lambda pair: pair[1])
    return best if all((other + 1) >= OFTENER * (rank + 1) for _, other in rest) else ""


def wanted(module: str, found: dict[str, int]) -> bool:
    """Whether a row says more than the module's name does."""
    best = min(found, key=found.__getitem__)
    return best != normal_python_name(module) and not best.startswith(_ELSEWHERE)


def rows(database: Path) -> dict[str, str]:
    """The table."""
    ranks = {name: rank for rank, name in enumerate(table("popular", dict[str, str])["pypi"].split())}
    known, every = owners(database, ranks)
    return {
        module: owner(found)
        for module, found in sorted(known.items())
        if module.removesuffix("-stubs").isidentifier()
        and module not in modules()
        and module.lower() not in OWN
        and every[module] <= MOST_OWNERS
        and wanted(module, found)
    }


def main() -> None:
    """Make the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("--read", default=dt.datetime.now(dt.UTC).date().isoformat())
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    found = rows(given.database)
    print(f"{len(found):,} modules, {sum(not name for name in found.values()):,} of them of nobody that can be told")
    if given.write:
        source = {
            "name": "pigar 2.2, its list of the modules of each distribution",
            "licence": "BSD-3-Clause",
            "read": given.read,
        }
        sheet = {
            "about": "Python modules that are named otherwise than the distribution that brings them; no name where several may",
            "sources": [source],
            "rows": found,
        }
        TARGET.write_text(json.dumps(sheet, indent=0, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
