"""The short cuts before the engine: what they settle, the engine would settle the same way. All secrets are made at run time."""

import random
import string

import pytest
from making import labelled

from lambdaward.secrets import Clear, Leak, judge, judging, may_hold
from lambdaward.secrets.issuers import is_worth_asking
from lambdaward.secrets.spoken import is_spoken

WRITTEN = (
    "AWSTemplateFormatVersion", "Serverless-2016-10-31", "MyS3Bucket.Arn.SomeThingElse", "ExportEventInvokeConfigPolicy",
    "handlers/orders.process_one", "RetentionPeriodInDays", "SUCCESS_NOTIFICATION_TOPIC", "subnet-0a1b2c3d4e5f60718",
)  # fmt: skip
PLAIN = (
    ("Event", "s3:ObjectCreated:*"), ("Principal", "s3.amazonaws.com"), ("Schedule", "rate(30 days)"),
    ("PolicyName", "ordersRolePolicy0"), ("Description", "Sends what was ordered to the shop (once a day)."),
)  # fmt: skip


@pytest.mark.parametrize("run", WRITTEN)
def test_names_are_no_tokens(run):
    assert is_spoken(run)
    assert not is_worth_asking(run)


@pytest.mark.parametrize(
    "letters", [string.hexdigits[:16], string.ascii_letters + string.digits, string.ascii_lowercase]
)
def test_hardly_a_random_run_passes_for_a_name(letters):
    chance = random.Random(7)
    assert sum(is_spoken("".join(chance.choices(letters, k=24))) for _ in range(5000)) <= 25


@pytest.mark.parametrize(("name", "value"), PLAIN)
def test_what_templates_say_everywhere_is_plain(name, value):
    assert judge(name, value) == Clear("nothing about it is like a secret")


def test_no_secret_is_settled_at_the_door_that_the_engine_would_find():
    for family, name, value, _ in labelled(range(100, 112)):
        for called in (name, "Description", "Value"):
            if isinstance(judging.judge(called, value), Leak):
                assert isinstance(judge(called, value), Leak), (family, called)


def test_a_code_file_with_a_known_secret_is_looked_through():
    for family, name, value, secret in labelled(range(100, 104)):
        if secret:
            assert may_hold(f"{name} = '{value}'"), family
