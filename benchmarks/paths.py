"""Attack paths over whole accounts: python benchmarks/paths.py [--roles 1000 10000] [--peer PYTHON --peer-roles 12].

Accounts are made by `accounts.py`. For each size one fresh process loads the account, runs every rule, and searches from every
function; printed are CPU seconds of each, and peak memory. `--peer` is an interpreter that has principalmapper: its rules on
Lambda are run on a small account, and each of its edges is looked for among ours, by the same rules and by any.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from accounts import write

from lambdaward.analysis import Analysis
from lambdaward.api import analyse, load
from lambdaward.catalog import actions, escalations, managed_policy_document
from lambdaward.model import Function, Role
from lambdaward.rules import Selection, run

TODAY = dt.date(2026, 11, 23)
PEER = Path(__file__).with_name("pmapper_edges.py")


def measure(folder: Path) -> dict[str, float]:
    """What loading, all rules and all searches take in this process."""
    gc.disable()  # as the command line does
    began = time.process_time()
    estate = load(folder)
    loaded = time.process_time()
    analysis = analyse(estate, today=TODAY)
    findings = sum(1 for _ in run(analysis, Selection()))
    ruled = time.process_time()
    graph, functions = analysis.graph, estate.all(Function)
    reached = sum(len(list(graph.radius(graph.node(function)).nodes)) for function in functions)
    searched = time.process_time()
    return {
        "roles": len(estate.all(Role)),
        "functions": len(functions),
        "load": loaded - began,
        "rules": ruled - loaded,
        "paths": searched - ruled,
        "cpu": searched,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "findings": findings,
        "reached": reached,
    }


def edges(analysis: Analysis) -> tuple[set[tuple[str, str]], set[str]]:
    """Our steps from role to role, by their ARNs, and the administrators."""
    graph = analysis.graph
    arns = analysis.estate.arns
    found, administrators = set(), set()
    for role in analysis.estate.all(Role):
        source = str(arns[role.id])
        for node in graph.next(graph.node(role)):
            if node.kind == "admin":
                administrators.add(source)
            elif node.kind == "role" and node.id:
                found.add((source, str(arns[node.id])))
    return found, administrators


def reason(analysis: Analysis, source: str) -> str:
    """Why passing a role to a new function gives a role nothing: whatever starts the function is not allowed."""
    role = next(role for role in analysis.estate.all(Role) if analysis.estate.arns[role.id] == source)
    may = set(actions().names(analysis.paths.powers(role).may))
    making = [method.actions for method in escalations() if {"iam:PassRole", "lambda:CreateFunction"} <= method.actions]
    missing = [sorted(needed - may) for needed in making]
    if not all(missing):
        return "UNEXPLAINED"
    return f"may make a function, and not start it by any of {len(missing)} ways ({', '.join(missing[0])}, ...)"


def managed(folder: Path) -> None:
    """Write the documents of the policies of AWS that an account attaches."""
    roles = json.loads((folder / "identities.json").read_text())["RoleDetailList"]
    arns = {one["PolicyArn"] for role in roles for one in role["AttachedManagedPolicies"]}
    (folder / "managed.json").write_text(json.dumps({arn: managed_policy_document(arn) for arn in sorted(arns)}))


def compare(python: str, roles: int, folder: Path) -> None:
    """Print how our edges and the peer's agree."""
    write(folder, roles)
    managed(folder)
    done = subprocess.run([python, str(PEER), str(folder)], check=True, capture_output=True, text=True)
    theirs = json.loads(done.stdout)
    their_edges = {(source, destination) for source, destination in theirs["edges"]}
    began = time.process_time()
    analysis = analyse(load(folder), today=TODAY)
    ours, administrators = edges(analysis)
    cpu = time.process_time() - began
    covered = {edge for edge in their_edges if edge in ours or edge[0] in administrators}
    print(
        f"principalmapper, {roles} roles: {len(their_edges)} edges by its rules on Lambda in {theirs['cpu']:.1f} CPU-s"
    )
    print(f"lambdaward: {len(covered)} of them, {len(ours)} edges by all methods in {cpu:.2f} CPU-s with loading")
    others = Counter(source for source, _ in their_edges - covered)
    for source, number in sorted(others.items()):
        print(f"  {number} not ours, from {source}: it {reason(analysis, source)}")


def table(rows: Iterable[dict[str, float]]) -> None:
    """Print the measurements."""
    print(
        "| roles | functions | load CPU-s | all rules CPU-s | all paths CPU-s | process CPU-s | memory MB | things reached |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    for row in rows:
        seconds = " | ".join(f"{row[name]:.2f}" for name in ("load", "rules", "paths", "cpu"))
        print(
            f"| {row['roles']} | {row['functions']} | {seconds} | {row['memory']:.0f} | {row['reached']} |", flush=True
        )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roles", type=int, nargs="*", default=[1000])
    parser.add_argument("--peer")
    parser.add_argument("--peer-roles", type=int, default=12)
    parser.add_argument("--folder", type=Path, help="measure this account in this process")
    given = parser.parse_args()
    if given.folder:
        print(json.dumps(measure(given.folder)))
        return
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for roles in given.roles:
            where = Path(folder) / str(roles)
            write(where, roles)
            done = subprocess.run(
                [sys.executable, __file__, "--folder", str(where)], check=True, capture_output=True, text=True
            )
            rows.append(json.loads(done.stdout))
        table(rows)
        if given.peer:
            compare(given.peer, given.peer_roles, Path(folder) / "peer")


if __name__ == "__main__":
    main()
