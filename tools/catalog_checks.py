"""What is wrong with the curated files of the catalogue and with the code: actions that the list does not have, and variables of
escalation paths that nothing binds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from lambdaward.catalog import actions, global_key, lambda_actions, passings
from lambdaward.catalog.details import Action
from lambdaward.catalog.escalation import ANY, EVERY, OWN, SELF, Escalation, Relation, Step, escalations
from lambdaward.model import Unknown

CODE = Path(__file__).parent.parent / "src" / "lambdaward"
ACTION = re.compile(r"[a-z0-9-]{2,40}:[A-Z][A-Za-z0-9*?]{2,80}")
PAIRS = {Relation.ATTACHED, Relation.MEMBER, Relation.RUNS_AS, Relation.TRUSTS, Relation.USES}


def problems() -> Iterator[str]:
    """One line for each fault of `lambda_actions.json`, of `escalations.json`, and of an action that the code names."""
    for name in lambda_actions():
        if not actions().is_known(name):
            yield f"lambda_actions: {name} is not listed"
    seen: set[str] = set()
    for path in escalations():
        yield from (f"escalations: {path.id}: {fault}" for fault in faults(path))
        if path.id in seen:
            yield f"escalations: {path.id} is there twice"
        seen.add(path.id)
    for file in sorted(CODE.rglob("*.py")):
        yield from (f"{file.relative_to(CODE)}:{fault}" for fault in named(file.read_text("utf-8")))


def named(code: str) -> Iterator[str]:
    """The texts of a module that look like an action and are neither one that is listed nor a condition key."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACTION.fullmatch(node.value):
            found = actions().expand(node.value)
            if isinstance(found, Unknown) and not _is_key(node.value):
                yield f"{node.lineno}: {found.reason}"


def _is_key(name: str) -> bool:
    keys = actions().condition_keys(name.partition(":")[0])
    return global_key(name) is not None or (not isinstance(keys, Unknown) and name in {key.name for key in keys})


def faults(path: Escalation) -> Iterator[str]:
    """What is wrong with one path."""
    for step in path.steps:
        yield from _step_faults(step)
    yield from (f"nothing binds {name}" for name in sorted(_loose(path)))
    yield from (
        f"{fact.relation.value} of {fact.of}: to what?"
        for fact in path.given
        if bool(fact.to) != (fact.relation in PAIRS)
    )
    if "iam:PassRole" in path.actions and not path.actions & passings().keys() and not path.withdrawn:
        yield "no action passes the role"
    if not path.gains:
        yield "it gains nothing"


def _step_faults(step: Step) -> Iterator[str]:
    action = actions().action(step.action)
    if isinstance(action, Unknown):
        yield action.reason
        return
    if action.name != step.action:
        yield f"{step.action} is written {action.name}"
    kinds = None if action.targets is None else {target.type.name.replace(" ", "-") for target in action.targets}
    if kinds is not None and step.on.partition(":")[0] not in _allowed(kinds):
        yield f"{step.action} works on {sorted(kinds) or 'no resource'}, not on {step.on}"
    yield from (f"{step.action} has no key {key}" for key in step.keys if not _has_key(action, key))


def _allowed(kinds: set[str]) -> set[str]:
    return (kinds or {ANY}) | ({SELF} if kinds & {"role", "user"} else set())


def _has_key(action: Action, key: str) -> bool:
    own = {k.name for k in action.keys} | {
        k.name for target in action.targets or () for k in (*target.keys, *target.type.keys)
    }
    return key in own or global_key(key) is not None


def _loose(path: Escalation) -> set[str]:
    """Variables of the facts and gains that neither a step names nor a fact links to one that a step names."""
    bound = {SELF} | {step.on for step in path.steps} | {value for step in path.steps for value in step.keys.values()}
    links = [{fact.of, fact.to} for fact in path.given if fact.relation in PAIRS]
    for _ in links:
        bound |= {name for link in links if link & bound for name in link}
    named = {name for fact in path.given for name in (fact.of, fact.to)} | {gain.of for gain in path.gains}
    return {name for name in named - bound if ":" in name and name.rpartition(":")[2] not in (OWN, EVERY)}
