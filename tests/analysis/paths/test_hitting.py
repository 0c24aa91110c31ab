"""The cheapest set that hits others, against trying every set."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from lambdaward.analysis.cut import Edit, How, hitting

EDITS = [
    Edit(how, f"s3:Action{number}") for number, how in enumerate((How.TAKE, How.DETACH, How.BOUNDARY, How.SCP) * 2)
]
SETS = st.lists(st.frozensets(st.sampled_from(EDITS), max_size=4), max_size=7)


def cost(edits):
    return sum(edit.cost for edit in edits)


def cheapest(sets, forbidden):
    """The cost of the cheapest set, by trying all."""
    every = (frozenset(some) for size in range(len(EDITS) + 1) for some in combinations(EDITS, size))
    good = (some for some in every if all(some & one for one in sets) and not any(one <= some for one in forbidden))
    return min(map(cost, good), default=None)


@given(SETS, st.lists(st.frozensets(st.sampled_from(EDITS), min_size=1, max_size=3), max_size=3))
def test_no_set_is_cheaper(sets, forbidden):
    found = hitting(sets, forbidden)
    expected = cheapest(sets, forbidden)
    assert (found.chosen is None) == (expected is None)
    if found.chosen is not None:
        assert all(found.chosen & one for one in sets)
        assert not any(one <= found.chosen for one in forbidden)
        assert found.exact
        assert found.cost == cost(found.chosen) == expected


@given(SETS, st.integers(0, 3))
def test_a_search_that_is_cut_short_tells_a_true_bound(sets, most):
    found, expected = hitting(sets, most=most), cheapest(sets, ())
    if found.chosen is not None:
        assert found.bound <= expected <= found.cost
        assert all(found.chosen & one for one in sets)
    if expected is not None and found.exact:
        assert found.cost == expected


def test_nothing_to_hit_needs_nothing():
    assert hitting([]).chosen == frozenset()
