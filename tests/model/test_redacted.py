"""A redacted value comes out by `reveal` and by nothing else."""

import copy
import json
import pickle
import secrets

import msgspec
import pytest

from lambdaward.model import Redacted

SECRET = secrets.token_hex(8)
HIDDEN = Redacted(SECRET)


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{!r}".format, lambda value: f"{[value]}", ascii])
def test_no_way_of_printing_shows_it(show):
    assert SECRET not in show(HIDDEN)


@pytest.mark.parametrize("encode", [json.dumps, msgspec.json.encode, pickle.dumps, copy.deepcopy])
def test_no_encoder_writes_it(encode):
    with pytest.raises(TypeError) as error:
        encode(HIDDEN)
    assert SECRET not in str(error.value)


def test_it_is_frozen_compares_by_value_and_reveals():
    with pytest.raises(AttributeError):
        HIDDEN.other = 1
    assert Redacted(SECRET) == HIDDEN
    assert Redacted("other") != HIDDEN
    assert hash(Redacted(SECRET)) == hash(HIDDEN)
    assert HIDDEN.reveal() == SECRET
