"""Every rule on every statement of a policy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from lambdaward.iam.language import Part, Policy, Statement
from lambdaward.iam.lint.keys import no_such_key, set_operator
from lambdaward.iam.lint.names import not_action_allow, spans_services, unknown_action
from lambdaward.iam.lint.never import never_applies
from lambdaward.iam.lint.remark import Remark
from lambdaward.iam.lint.resources import no_such_resource
from lambdaward.iam.lint.said import Said

_VARIABLE = re.compile(r"\$\{[A-Za-z0-9-]+:[^}]*\}")


def literal_variable(said: Said) -> Iterator[Remark]:
    """A policy variable in the older version of the language, where it is plain text."""
    for part in () if said.variables else _parts(said.statement):
        if isinstance(part.value, str) and (found := _VARIABLE.search(part.value)):
            reason = f"{found[0]} is plain text: only policies of Version 2012-10-17 have variables"
            yield Remark("literal-variable", part.path, reason)


def _parts(statement: Statement) -> Iterator[Part]:
    yield from statement.resources or ()
    for condition in statement.conditions:
        yield from condition.values


# Each rule by its name, with what it finds in a statement.
RULES: Mapping[str, Callable[[Said], Iterator[Remark]]] = MappingProxyType(
    {
        "unknown-action": unknown_action,
        "no-such-resource": no_such_resource,
        "no-such-key": no_such_key,
        "set-operator": set_operator,
        "never-applies": never_applies,
        "not-action-allow": not_action_allow,
        "spans-services": spans_services,
        "literal-variable": literal_variable,
    }
)


def lint(policy: Policy) -> Iterator[Remark]:
    """What is legal in a policy and still wrong, statement by statement. What AWS rejects is in `Policy.faults`."""
    for statement in policy.statements:
        said = Said(policy, statement)
        for rule in RULES.values():
            yield from rule(said)
