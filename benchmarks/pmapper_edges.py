"""The edges of principalmapper's rules on Lambda: python pmapper_edges.py FOLDER, run by an interpreter that has principalmapper.

Reads the account that `accounts.py` writes, with `managed.json` beside it (the documents of AWS's policies by ARN), and prints
JSON: each edge as source and destination role, whom it takes for administrators, and the CPU seconds of the edges alone. Its
1.1.5 needs `collections.abc` in `util/case_insensitive_dict.py` to be imported by Python 3.10 and later.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from principalmapper.common import Node, Policy  # type: ignore[import-not-found]
from principalmapper.graphing.gathering import update_admin_status  # type: ignore[import-not-found]
from principalmapper.graphing.lambda_edges import generate_edges_locally  # type: ignore[import-not-found]


def nodes(folder: Path) -> list[Any]:
    """The roles of the account."""
    identities = json.loads((folder / "identities.json").read_text())
    managed = json.loads((folder / "managed.json").read_text())
    return [_node(role, managed) for role in identities["RoleDetailList"]]


def _node(role: dict[str, Any], managed: dict[str, Any]) -> Any:
    inline = [Policy(role["Arn"], one["PolicyName"], one["PolicyDocument"]) for one in role["RolePolicyList"]]
    arns = [one["PolicyArn"] for one in role["AttachedManagedPolicies"]]
    attached = [Policy(arn, arn.rpartition("/")[2], managed[arn]) for arn in arns]
    trust = role["AssumeRolePolicyDocument"]
    return Node(role["Arn"], role["Arn"], inline + attached, [], trust, None, 0, False, False, None, False, {})


def main() -> None:
    """Print the edges."""
    folder = Path(sys.argv[1])
    found = nodes(folder)
    update_admin_status(found, [])
    functions = json.loads((folder / "functions.json").read_text())["Functions"]
    began = time.process_time()
    edges = generate_edges_locally(found, functions, [])
    cpu = time.process_time() - began
    json.dump(
        {
            "cpu": cpu,
            "edges": sorted({(edge.source.arn, edge.destination.arn) for edge in edges}),
            "administrators": [node.arn for node in found if node.is_admin],
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
