"""Verdicts combine by Kleene's strong logic and never stand for a truth value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaward.model import No, OneOf, Ref, ResourceId, Text, Unknown, Unsure, Yes, all_of, any_of, is_equal, negate

WHY = Unknown("not visible")
VERDICTS = [Yes(), No(), Unsure((WHY,))]
NAME = Ref(ResourceId("app.yaml", "Bucket"))
verdicts = st.lists(st.sampled_from(VERDICTS), max_size=4)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_has_no_truth_value(verdict):
    with pytest.raises(TypeError, match="three values"):
        bool(verdict)


@given(verdicts)
def test_all_of_is_the_least_and_any_of_the_greatest_verdict(given_verdicts):
    order = [No, Unsure, Yes]
    ranks = [order.index(type(verdict)) for verdict in given_verdicts]
    assert order.index(type(all_of(given_verdicts))) == min(ranks, default=2)
    assert order.index(type(any_of(given_verdicts))) == max(ranks, default=0)


@given(verdicts)
def test_negation_turns_one_into_the_other(given_verdicts):
    assert type(negate(all_of(given_verdicts))) is type(any_of(map(negate, given_verdicts)))


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("NONE", Yes),
        ("AWS_IAM", No),
        (None, No),
        (WHY, Unsure),
        (Text(("NO", WHY)), Unsure),
        (Text((NAME, "NE")), Unsure),
        (Text((NAME, "-x")), No),
        (Text(("NO", NAME, "ON", NAME)), No),
        (OneOf(("NONE", "AWS_IAM"), "IsProd"), Unsure),
        (OneOf(("AWS_IAM", None), "IsProd"), No),
    ],
)
def test_equality_is_known_only_where_every_alternative_agrees(value, answer):
    assert isinstance(is_equal(value, "NONE"), answer)
