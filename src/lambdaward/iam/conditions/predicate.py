"""Whether a condition holds in a context.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
"""

from __future__ import annotations

from lambdaward.iam.conditions.comparison import Matcher
from lambdaward.iam.conditions.operators import OPERATORS
from lambdaward.iam.context import ABSENT, UNKNOWN, Context, Known
from lambdaward.iam.language import Condition, Part, Source
from lambdaward.iam.truth import Doubt, Needs, Truth, both, either, negate
from lambdaward.model import Text, Unknown


class Predicate:
    """One condition, ready to be asked. `variables`: whether its policy's version has policy variables."""

    __slots__ = ("_key", "_matchers", "_negated", "condition")

    def __init__(self, condition: Condition, *, variables: bool) -> None:
        self.condition = condition
        self._key = condition.key.lower()
        known = OPERATORS.get(condition.operator)
        self._negated = known is not None and known.negated
        self._matchers: list[tuple[Matcher, Part]] = []
        if known is not None:
            self._matchers = [(known.compare(part.value, variables), part) for part in condition.values]

    def holds(self, context: Context, source: Source | None = None) -> Truth:
        """Whether the condition holds. `source` is the statement that a condition on an unknown key is reported with."""
        condition = self.condition
        if condition.operator == "Null":
            return self._null(context, source)
        if condition.operator not in OPERATORS:
            return Doubt((Unknown(f"AWS has no condition operator {condition.operator}"),))
        values = context.get(self._key)
        if isinstance(values, tuple):
            return self._compared(values, context)
        return self._missing() if values is ABSENT else Needs(condition, source)

    def _missing(self) -> bool:
        """What holds when the request has no such key."""
        condition = self.condition
        if condition.if_exists or condition.qualifier == "ForAllValues":
            return True
        return self._negated and not condition.qualifier

    def _compared(self, values: Known, context: Context) -> Truth:
        qualifier = self.condition.qualifier
        if qualifier and not any(values):
            return qualifier == "ForAllValues"
        compared = (self._one(value, context) for value in values)
        every = qualifier == "ForAllValues" or (self._negated and not qualifier)
        return both(compared) if every else either(compared)

    def _one(self, value: str | Text, context: Context) -> Truth:
        """Whether one value of the request compares with any value of the policy, or with none when negated."""
        found = either(self._part(matcher(value, context), part) for matcher, part in self._matchers)
        return negate(found) if self._negated else found

    @staticmethod
    def _part(compared: Truth, part: Part) -> Truth:
        return compared if part.doubt is None else both((compared, Doubt((part.doubt,))))

    def _null(self, context: Context, source: Source | None) -> Truth:
        """`true` holds when the key is absent, `false` when it is there."""
        values = context.get(self._key)
        if values is UNKNOWN:
            return Needs(self.condition, source)
        absent = "true" if values is ABSENT or values == () else "false"
        return either(
            Doubt((part.value,))
            if isinstance(part.value, Unknown)
            else self._part(str(part.value).lower() == absent, part)
            for part in self.condition.values
        )
