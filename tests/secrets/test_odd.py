"""Every way to say where a secret is passes under any name, and secrets in odd clothes are told all the same."""

import pytest
from making import Maker
from odd import NAMES, harmless, odd, references, secrets

from lambdaward.secrets import Leak, judge

FORMS = [form for form, _ in references(Maker(1))]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(4))
def test_a_reference_is_no_leak_whatever_its_name(form, seed):
    values = dict(references(Maker(seed)))[form]
    assert [(name, value) for value in values for name in NAMES if isinstance(judge(name, value), Leak)] == []


@pytest.mark.parametrize("seed", range(4))
def test_what_only_looks_like_a_secret_is_none(seed):
    assert [name for name, value in harmless(Maker(seed)) if isinstance(judge(name, value), Leak)] == []


@pytest.mark.parametrize("seed", range(4))
def test_a_secret_in_odd_clothes_is_told(seed):
    assert [name for name, value in secrets(Maker(seed)) if not isinstance(judge(name, value), Leak)] == []


def test_there_are_enough_of_each():
    rows = list(odd(range(2)))
    assert len(rows) >= 1000
    assert sum(secret for *_, secret in rows) >= 200
