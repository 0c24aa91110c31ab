"""Run a folder of decision cases through the engine.

    python -m lambdaward.iam.conformance DIR

A file is a JSON list of cases: `request`, policies by kind, `expected`. A line is printed for each case that fails, and a last
one with the counts. Exit 0 when all pass, 1 when one does not, 2 when the folder cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lambdaward.iam.complement import written
from lambdaward.iam.context import Context
from lambdaward.iam.evaluation import ANONYMOUS, Decision, Mode, Policies, Request, Type, decide, policies
from lambdaward.iam.truth import Needs, Truth, leaves

Case = Mapping[str, Any]
Shape = tuple[str, str, tuple[str, ...]]
# How the cases call the kinds of policies where they list conditions.
_NAMES = {Type.BOUNDARY: "permissionBoundary", Type.ENDPOINT: "endpointPolicy"}


def differences(case: Case) -> Iterator[str]:
    """What the engine says otherwise than a case expects."""
    expected = case["expected"]
    discover = case.get("simulation", {}).get("mode") == "Discovery"
    decision = decide(request_of(case), policies_of(case), Mode.DISCOVER if discover else Mode.EXACT)
    if decision.outcome != expected["response"]:
        yield f"expected {expected['response']}, decided {decision.outcome}: {'; '.join(decision.explain())}"
    blocked = blockers(decision)
    if "blockedBy" in expected and blocked != sorted(expected["blockedBy"]):
        yield f"expected to be blocked by {sorted(expected['blockedBy'])}, is by {blocked}"
    if discover:
        yield from _conditions(decision, expected)


def blockers(decision: Decision) -> list[str]:
    """What stands in the way, as the cases say it: they take a session policy for a part of what gives permissions."""
    return [] if Type.SESSION in decision.blocked_by else sorted(map(str, decision.blocked_by))


def _conditions(decision: Decision, expected: Mapping[str, Any]) -> Iterator[str]:
    when = set(_shapes(decision.when))
    if when != set(_expected(expected.get("conditions"))):
        yield f"expected conditions {expected.get('conditions')}, found {sorted(when)}"
    ignored: dict[tuple[str, str], set[Shape]] = {}
    for kind, clause, truth in decision.open:
        group = (_NAMES.get(kind, str(kind)), "allow" if clause.allow else "deny")
        shapes = {_shape(leaf) for leaf in leaves(truth) if isinstance(leaf, Needs)}
        if shapes:
            ignored.setdefault(group, set()).update(shapes)
    wanted = {
        (kind, effect): {(c["op"], c["key"], tuple(c["values"])) for c in listed}
        for kind, effects in expected.get("ignoredConditions", {}).items()
        for effect, listed in effects.items()
    }
    if ignored != wanted:
        yield f"expected open conditions {wanted}, found {ignored}"


def _shapes(when: Truth) -> Iterator[Shape]:
    for leaf in leaves(when):
        if isinstance(leaf, Needs):
            yield from written(leaf)


def _shape(leaf: Needs) -> Shape:
    condition = leaf.condition
    return condition.name, condition.key, tuple(str(part.value) for part in condition.values)


def _expected(group: Mapping[str, Any] | None) -> Iterator[Shape]:
    if group is None:
        return
    if group["conditionType"] == "group":
        for member in group["conditions"]:
            yield from _expected(member)
    elif group["conditionType"] == "condition":
        yield group["op"], group["key"], tuple(group["values"])


def request_of(case: Case) -> Request:
    """The request of a case."""
    request, discover = case["request"], case.get("simulation", {}).get("mode") == "Discovery"
    principal = request["principal"]
    return Request(
        principal if isinstance(principal, str) else ANONYMOUS,
        request["action"],
        request["resource"]["resource"],
        account=request["resource"]["accountId"],
        context=_context(case) if discover else Context(request.get("context")),
        wildcard_only=request.get("wildcardOnlyAction", False),
        any_session=discover,
    )


def _context(case: Case) -> Context:
    """What is known of the keys of a discovery: those that are constrained; the rest of what is given is assumed."""
    given = {key.lower(): value for key, value in case["request"].get("context", {}).items()}
    known, absent, present = {}, [], []
    for constraint in case["simulation"].get("discoveryContextKeyConstraints", ()):
        key = constraint["keyName"].lower()
        if not constraint.get("presenceIsKnown", True):
            continue
        if key not in given:
            absent.append(key)
        elif constraint["valueIsKnown"]:
            known[key] = given.pop(key)
        else:
            present.append(key)
            del given[key]
    return Context(known, closed=False, absent=absent, present=present, assumed=given)


def policies_of(case: Case) -> Policies:
    """The policies of a case."""
    settings = case.get("additionalSettings", {}).get("s3", {})
    return policies(
        identity=case.get("identityPolicies", ()),
        boundaries=case.get("permissionBoundaries") or (),
        session=case.get("sessionPolicy"),
        resource=case.get("resourcePolicy"),
        endpoints=case.get("endpointPolicies") or (),
        scps=[level["policies"] for level in case.get("serviceControlPolicies", ())],
        rcps=[level["policies"] for level in case.get("resourceControlPolicies", ())],
        public_access_blocked=settings.get("blockPublicAccess", False),
    )


def run(files: Iterable[Path]) -> tuple[int, list[str]]:
    """How many cases pass, and a line for each that fails."""
    passed, failures = 0, []
    for file in files:
        for case in json.loads(file.read_text()):
            found = list(differences(case))
            passed += not found
            failures += [f"{file.name}: {case['name']}: {' | '.join(found)}"] if found else []
    return passed, failures


def main(arguments: list[str]) -> int:
    """Run the cases of a folder and say how they went."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("usage: python -m lambdaward.iam.conformance DIR\n")
        return 2
    passed, failures = run(sorted(Path(arguments[0]).rglob("*.json")))
    sys.stdout.writelines(f"{line}\n" for line in failures)
    sys.stdout.write(f"{passed} passed, {len(failures)} failed\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
