"""Whether a condition holds in a context.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
"""

from __future__ import annotations

from lambdaward.iam.conditions.comparison import Compared, Matcher, Plain
from lambdaward.iam.conditions.operators import OPERATORS
from lambdaward.iam.context import ABSENT, UNKNOWN, Context, Known, Presence, Several
from lambdaward.iam.language import Condition, Part, Source, Textual
from lambdaward.iam.matching import head, why
from lambdaward.iam.truth import Doubt, Needs, Truth, both, either, negate
from lambdaward.model import Text, Unknown, holes

_BY_HEAD = frozenset({"StringEquals", "StringLike", "ArnEquals", "ArnLike"})


class Predicate:
    """One condition, ready to be asked. `variables`: whether its policy's version has policy variables."""

    __slots__ = ("_key", "_matchers", "_negated", "_test", "condition")

    def __init__(self, condition: Condition, *, variables: bool) -> None:
        known = OPERATORS.get(condition.operator)
        self.condition = condition
        self._key = condition.key.lower()
        self._negated = known is not None and known.negated
        self._matchers: list[tuple[Matcher, Part]] | None = None
        if known is not None:
            self._matchers = [(known.compare(part.value, variables), part) for part in condition.values]
        self._test = None if condition.qualifier else self._joined(self._matchers or [])

    def _joined(self, matchers: list[tuple[Matcher, Part]]) -> Plain | None:
        """A function of one wholly known value: whether any value of the policy compares with it (for a negated operator also
        `None`); `None` when that depends on more."""
        tests = [matcher.plain for matcher, part in matchers if matcher.plain is not None and part.doubt is None]
        if not tests or len(tests) < len(matchers):
            return None
        if len(tests) == 1:
            return tests[0]

        def test(value: str) -> bool | None:
            answers = [one(value) for one in tests]
            return None if self._negated and None in answers else True in answers

        return test

    def holds(self, context: Context, source: Source | None = None) -> Truth:
        """Whether the condition holds. `source` is the statement that a condition on an unknown key is reported with.

        With assumed values, an unknown key is settled where an assumed value helps the request: a condition of an allow that
        holds, one of a deny that does not. Where a value is not given at all, or holds only because it is not, it is open.
        """
        values = context.get(self._key)
        if isinstance(values, tuple) and self._matchers is not None:
            if self._test is not None and not isinstance(values, Several) and isinstance(values[0], str):
                found = self._test(values[0])
                return found is not None and found is not self._negated
            return self._compared(values, context)
        if values is UNKNOWN and context.assumed is not None and source is not None:
            return self._assumed(context.assumed, source)
        return self._otherwise(values, source)

    def _otherwise(self, values: Known | Presence, source: Source | None) -> Truth:
        """What holds of a key without known values, or by an operator that asks for no value."""
        condition = self.condition
        if condition.operator == "Null":
            return self._null(values, source)
        if self._matchers is None:
            return Doubt((Unknown(f"AWS has no condition operator {condition.operator}"),))
        return self._missing() if values is ABSENT else Needs(condition, source)

    def _assumed(self, assumed: Context, source: Source) -> Truth:
        held = self.holds(assumed, source)
        given = assumed.get(self._key) is not ABSENT
        by_default = not given and (self._negated or self.condition.if_exists)
        settled = (held is True and not by_default) if source.statement.allow else (held is False and given)
        return held if settled else Needs(self.condition, source)

    def _missing(self) -> bool:
        """What holds when the request has no such key."""
        condition = self.condition
        if condition.qualifier:
            return condition.qualifier == "ForAllValues"
        return self._negated or condition.if_exists

    def _compared(self, values: Known, context: Context) -> Truth:
        """A list of a request needs a set operator; without one nothing holds."""
        qualifier = self.condition.qualifier
        if not qualifier:
            return False if isinstance(values, Several) else self._one(values[0], context)
        if not any(values):
            return qualifier == "ForAllValues"
        compared = (self._one(value, context) for value in values)
        return both(compared) if qualifier == "ForAllValues" else either(compared)

    def _one(self, value: str | Text, context: Context) -> Truth:
        """Whether one value of the request compares with any value of the policy, or with none when negated."""
        answers = [self._part(matcher.compare(value, context), part) for matcher, part in self._matchers or ()]
        found = either(answer for answer in answers if answer is not None)
        if not self._negated:
            return found
        return False if None in answers else negate(found)

    @staticmethod
    def _part(compared: Compared, part: Part) -> Compared:
        return compared if compared is None or part.doubt is None else both((compared, Doubt((part.doubt,))))

    def _null(self, values: Known | Presence, source: Source | None) -> Truth:
        """`true` holds when the key is absent, `false` when it is there."""
        if values is UNKNOWN:
            return Needs(self.condition, source)
        absent = "true" if values is ABSENT or values == () else "false"
        asked = (self._part(_is_text(part.value, absent), part) for part in self.condition.values)
        return either(truth for truth in asked if truth is not None)


def _is_text(value: Textual, expected: str) -> Truth:
    if isinstance(value, str):
        return value.lower() == expected
    return Doubt(tuple(dict.fromkeys(map(why, holes(value)))))


def heads(condition: Condition) -> frozenset[str] | None:
    """Texts with one of which a key's value must begin for the condition to hold, none of them empty; `None` for a condition
    that asks for no such thing."""
    if condition.operator not in _BY_HEAD or condition.qualifier or condition.if_exists:
        return None
    literal = condition.operator == "StringEquals"
    found = set()
    for part in condition.values:
        if not isinstance(part.value, str) or "${" in part.value or part.doubt is not None:
            return None
        found.add(part.value if literal else head(part.value))
    return None if "" in found else frozenset(found)
