"""Writes the publishers of public layers: those of AWS from an unpacked `aws-cdk-lib`, the others from `tools/data`.

    npm pack aws-cdk-lib && tar xzf aws-cdk-lib-*.tgz
    python tools/layers.py package [--read DATE]

The CDK carries, for every Region, the ARNs of the layers that AWS publishes; only accounts, names and Regions are kept of them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "lambdaward" / "catalog" / "data" / "publishers.json"
ADDED = ROOT / "tools" / "data" / "publishers.json"
FACTS = Path("region-info", "lib", "built-ins.generated.js")
NEWEST = TARGET.with_name("layer_versions.json")
LAYER = re.compile(
    r"arn:aws[a-z-]*:lambda:(?P<region>[a-z0-9-]+):(?P<account>[0-9]{12}):layer:(?P<name>[\w-]+):(?P<version>[0-9]+)"
)
ABOUT = (
    "Publishers of public layers: how the names of their layers begin, the accounts they publish from, and the Regions (none: "
    "not known which). An account alone proves nothing: one may serve several publishers, each for other names or Regions."
)
# How the names of each of AWS's layers begin.
FAMILIES = (
    "AWS-AppConfig-Extension",
    "AWS-Parameters-and-Secrets-Lambda-Extension",
    "LambdaInsightsExtension",
    "aws-otel-",
)


def published(facts: str) -> dict[str, dict[str, set[str]]]:
    """The accounts of each family of layers, and their Regions. Exits when the CDK lists a layer of no known family."""
    found: dict[str, dict[str, set[str]]] = {family: defaultdict(set) for family in FAMILIES}
    for match in LAYER.finditer(facts):
        family = next((family for family in FAMILIES if match["name"].startswith(family)), None)
        if family is None:
            sys.exit(f"{match[0]}: no family of layers is called so; add it to FAMILIES")
        found[family][match["account"]].add(match["region"])
    return found


def newest(facts: str) -> dict[str, dict[str, int]]:
    """By layer and Region, the newest version that the CDK lists. A layer whose name holds its version has no newer one."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for match in LAYER.finditer(facts):
        if "-ver-" not in match["name"]:
            regions = found[match["name"]]
            regions[match["region"]] = max(int(match["version"]), regions.get(match["region"], 0))
    return {name: dict(sorted(regions.items())) for name, regions in sorted(found.items())}


def sheet(package: Path, read: str) -> dict[str, Any]:
    """The data file."""
    version = json.loads((package / "package.json").read_text())["version"]
    source = f"aws-cdk-lib {version}, region-info"
    rows = [
        {
            "owner": "AWS",
            "layers": family,
            "accounts": {account: sorted(regions) for account, regions in sorted(accounts.items())},
            "source": source,
        }
        for family, accounts in published((package / FACTS).read_text()).items()
    ]
    added = json.loads(ADDED.read_text())
    return {
        "about": ABOUT,
        "sources": [{"name": source, "licence": "Apache-2.0", "read": read}, *added["sources"]],
        "rows": [*rows, *added["rows"]],
    }


def text(data: dict[str, Any]) -> str:
    """The data file as text: one row a line."""
    rows = ",\n".join(f"    {json.dumps(row)}" for row in data["rows"])
    sources = ",\n".join(f"    {json.dumps(source)}" for source in data["sources"])
    about = json.dumps(data["about"])
    return f'{{\n  "about": {about},\n  "sources": [\n{sources}\n  ],\n  "rows": [\n{rows}\n  ]\n}}\n'


def main() -> None:
    """Write the data file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("--read", default=dt.datetime.now(dt.UTC).date().isoformat(), metavar="DATE")
    given = parser.parse_args()
    data = sheet(given.package, given.read)
    TARGET.write_text(text(data))
    versions = {
        "about": "The newest versions of AWS's layers, by name and Region, that the CDK lists.",
        "sources": data["sources"][:1],
        "rows": newest((given.package / FACTS).read_text()),
    }
    NEWEST.write_text(json.dumps(versions) + "\n")
    accounts = {account for row in data["rows"] for account in row["accounts"]}
    print(f"{len(accounts)} accounts of {len({row['owner'] for row in data['rows']})} publishers")


if __name__ == "__main__":
    main()
