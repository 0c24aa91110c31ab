"""What a value is: by form, by what is inside it, by its name. All secrets are made at run time."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import Maker, labelled, traps_of

from lambdaward.secrets import Clear, Leak, Reference, Store, Sureness, judge

SEEDS = range(12)


def scored(values):
    """How many labelled values are rightly and wrongly called secrets, and what went wrong."""
    right = wrong = missed = 0
    errors = []
    for family, name, value, secret in values:
        leaks = isinstance(judge(name, value), Leak)
        right += leaks and secret
        wrong += leaks and not secret
        missed += secret and not leaks
        if leaks is not secret:
            errors.append((family, name))
    return 2 * right / (2 * right + wrong + missed), errors


def test_the_set_has_300_variables_and_nearly_half_of_them_are_traps():
    labels = [secret for *_, secret in labelled(SEEDS)]
    assert len(labels) >= 300
    assert 0.4 < sum(labels) / len(labels) < 0.6


def test_secrets_are_told_from_traps():
    score, errors = scored(labelled(SEEDS))
    assert score >= 0.96, errors


REFERENCES = (
    "secret arn",
    "parameter arn",
    "key arn",
    "resolve",
    "parameter path",
    "secret name",
    "extension reference",
    "vault",
    "serverless",
    "template",
    "url with reference",
    "kms ciphertext",
    "other ciphertext",
    "kms alias",
)


@pytest.mark.parametrize("family", REFERENCES)
def test_no_form_of_reference_is_called_a_secret(family):
    values = [(name, value) for seed in range(60) for kind, name, value in traps_of(Maker(seed)) if kind == family]
    assert values
    assert [(name, value) for name, value in values if isinstance(judge(name, value), Leak)] == []


@pytest.mark.parametrize(
    ("value", "store"),
    [
        ("arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf", Store.SECRETS_MANAGER),
        ("{{resolve:secretsmanager:orders:SecretString:password}}", Store.SECRETS_MANAGER),
        ("prod/orders/password", Store.SECRETS_MANAGER),
        ("/orders/password", Store.PARAMETER_STORE),
        ("ssm:/orders/password", Store.PARAMETER_STORE),
        ("arn:aws:ssm:eu-west-1:111122223333:parameter/orders", Store.PARAMETER_STORE),
        ("alias/orders", Store.KMS),
        ("http://localhost:2772/applications/orders/environments/prod/configurations/main", Store.APP_CONFIG),
        ("op://orders/database/password", Store.VAULT),
        ("${self:custom.password}", Store.TEMPLATE),
        ("${ssm:/orders/password}", Store.TEMPLATE),
        (Maker(1).kms(), Store.CIPHERTEXT),
    ],
)
def test_a_reference_says_where_it_leads(value, store):
    assert judge("DB_PASSWORD", value) == Reference(store, judge("DB_PASSWORD", value).target)


def test_the_same_text_is_a_key_or_a_hash_by_its_name():
    text = Maker(2).hex(32)
    assert isinstance(judge("API_KEY", text), Leak)
    assert isinstance(judge("BUILD_HASH", text), Clear)
    assert isinstance(judge("TENANT_ID", Maker(2).uuid()), Clear)
    assert isinstance(judge("API_KEY", Maker(2).uuid()), Leak)


def test_a_password_that_names_a_secret_is_a_reference_and_a_passphrase_is_none():
    assert isinstance(judge("DB_PASSWORD", "orders-db-password"), Reference)
    assert isinstance(judge("DB_PASSWORD", "-".join(Maker(3).words(4))), Leak)


def test_what_led_to_a_secret_is_said():
    m = Maker(4)
    document = json.dumps({"url": f"postgres://app:{m.text(12)}@db.internal/x"})
    answer = judge("CONFIG", m.base64(document))
    assert isinstance(answer, Leak)
    assert (answer.kind, answer.via) == ("password", ("base64", "json url", "url password"))


def test_a_token_with_a_wrong_checksum_is_less_sure():
    token = Maker(5).github()
    cut = token[:-1] + ("a" if token[-1] != "a" else "b")
    assert judge("X", token).sureness is Sureness.HIGH
    assert judge("X", cut).sureness is Sureness.MEDIUM


def test_a_leak_does_not_print_its_value():
    secret = Maker(6).text(32)
    answer = judge("API_KEY", secret)
    assert answer.value.reveal() == secret
    assert secret not in f"{answer} {answer!r}"


@settings(max_examples=150)
@given(st.text(max_size=200), st.sampled_from(["PASSWORD", "API_KEY", "CONFIG", "JWT_SECRET", "X"]))
def test_any_text_gets_an_answer(value, name):
    assert isinstance(judge(name, value), Leak | Reference | Clear)


@pytest.mark.parametrize(
    "value",
    [
        "{" * 50_000,
        "[" * 50_000 + "]" * 50_000,
        "a=" * 50_000,
        "://" * 30_000 + "@",
        "-" * 100_000,
        "${" * 50_000,
        "a:b@" * 9_000,
    ],
)
def test_hostile_texts_get_an_answer_soon(value):
    assert not isinstance(judge("CONFIG", value), Leak)


def test_the_door_gives_the_function_whatever_was_loaded_before(tmp_path):
    from lambdaward import secrets

    list(secrets.search(tmp_path))
    assert callable(secrets.judge)
    assert isinstance(secrets.judge("API_KEY", Maker(7).hex(32)), Leak)
