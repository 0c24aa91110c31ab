"""Values: joining, following and showing them loses nothing and guesses nothing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lambdaward.model import (
    Dynamic,
    OneOf,
    Pseudo,
    Redacted,
    Ref,
    ResourceId,
    Text,
    Unknown,
    alternatives,
    dig,
    each,
    holes,
    items,
    literal,
    one_of,
    parts,
    show,
    text,
    unknowns,
)

BUCKET = Ref(ResourceId("app.yaml", "Bucket"))
REGION = Pseudo("AWS::Region", "app.yaml")
WHY = Unknown("parameter Stage has no default", "give --parameter Stage=...")

hole = st.sampled_from([BUCKET, REGION, WHY, Dynamic("ssm", "key")])
piece = st.one_of(st.text(max_size=3), hole)
plain = st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.text(max_size=3), st.just(WHY))
value = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
        st.lists(inner, min_size=1, max_size=3).map(lambda options: one_of(options, "a condition")),
    ),
    max_leaves=8,
)


@given(st.lists(piece, max_size=6), st.integers(0, 6))
def test_joining_is_associative(pieces, cut):
    assert text(*pieces) == text(text(*pieces[:cut]), text(*pieces[cut:]))


@given(st.lists(piece, max_size=6))
def test_a_joined_text_is_normal_and_a_text_without_holes_is_a_string(pieces):
    joined = text(*pieces)
    assert isinstance(joined, Text) == any(not isinstance(part, str) for part in pieces)
    if isinstance(joined, Text):
        strings = [isinstance(part, str) for part in joined.parts]
        assert "" not in joined.parts
        assert not any(one and other for one, other in pairwise(strings))


@given(st.lists(value, min_size=1, max_size=4))
def test_alternatives_are_flat_distinct_and_at_least_two(options):
    joined = one_of(options, "a condition")
    found = alternatives(joined)
    assert not any(isinstance(option, OneOf) for option in found)
    assert len(found) == (len(joined.options) if isinstance(joined, OneOf) else 1)
    assert not isinstance(joined, OneOf) or len(joined.options) >= 2


@given(value, st.lists(st.sampled_from(["a", "b", 0, 1]), max_size=3))
def test_following_a_path_commutes_with_alternatives(tree, path):
    assert dig(each(tree, lambda option: option), *path) == each(tree, lambda option: dig(option, *path))


@given(value)
def test_every_element_that_some_alternative_has_is_listed(tree):
    for option in alternatives(tree):
        for member in items(option):
            for choice in alternatives(member):
                assert any(choice in alternatives(listed) for listed in items(tree))


def test_an_element_that_only_one_alternative_has_may_be_absent():
    assert items(OneOf((("a", "b"), ("a",)), "IsProd")) == ("a", OneOf(("b", None), "IsProd"))


def test_an_unknown_stays_itself_when_followed():
    assert dig({"a": WHY}, "a", "b", 0) == WHY
    assert dig({"a": 1}, "b") is None
    assert dig(("x",), 3) is None


def test_truth_is_not_one():
    assert one_of([True, 1], "c") == OneOf((True, 1), "c")
    assert literal(True) == "true"
    assert literal(1) == "1"
    assert literal(BUCKET) is None


def test_values_are_shown_as_people_write_them():
    arn = text("arn:aws:s3:::", BUCKET, "-", REGION, WHY, Dynamic("ssm", text("a", REGION)))
    assert show(arn) == "arn:aws:s3:::${Bucket}-${AWS::Region}${?}{{resolve:ssm:a${AWS::Region}}}"
    assert show(OneOf((None, ("a", 1)), "c")) == "(absent) | [a, 1]"
    assert show({"k": Redacted("hidden")}) == "{k: «redacted»}"


@given(value)
def test_unknowns_are_found_wherever_they_are(tree):
    assert bool(list(unknowns(tree))) == ("Unknown(" in repr(tree) or "OneOf(" in repr(tree))


def test_holes_are_found_inside_redacted_values_and_parts_are_not():
    hidden = Redacted(text("password-", BUCKET))
    assert list(holes({"a": (hidden, WHY)})) == [BUCKET, WHY]
    assert parts(hidden) == ()
    assert parts(text("a", BUCKET)) == ("a", BUCKET)
