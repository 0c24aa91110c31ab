"""Which resource types an ARN may be of."""

import re

import pytest

from lambdaward.catalog import actions, resource_types_of
from lambdaward.model import Unknown

PLACE = "eu-west-1:123456789012"


@pytest.mark.parametrize(
    ("arn", "first"),
    [
        (f"arn:aws:lambda:{PLACE}:function:orders", "lambda function"),
        (f"arn:aws:lambda:{PLACE}:function:orders:live", "lambda function alias"),
        (f"arn:aws:lambda:{PLACE}:layer:tools:3", "lambda layerVersion"),
        (f"arn:aws:lambda:{PLACE}:web-function/shop/endpoint/main", "lambda webFunctionEndpoint"),
        (f"arn:aws:lambda:{PLACE}:runtime/python-plus", "lambda runtime"),
        (f"arn:aws-cn:dynamodb:{PLACE}:table/orders/index/by-day", "dynamodb index"),
        ("arn:aws:s3:::orders/2026/11/a:b", "s3 object"),
        ("arn:aws:s3:::orders", "s3 bucket"),
        ("arn:aws:iam::123456789012:role/service/deploy", "iam role"),
        (f"arn:aws:logs:{PLACE}:log-group:/aws/lambda/orders:log-stream:x", "logs log-stream"),
        (f"arn:aws:execute-api:{PLACE}:abc/prod/GET/", "execute-api execute-api-general"),
    ],
)
def test_the_most_exact_type_comes_first(arn, first):
    kind = resource_types_of(arn)[0]
    assert f"{kind.service} {kind.name}" == first


def test_a_resource_of_one_service_is_a_type_of_others_that_act_on_it():
    kinds = {(kind.service, kind.name) for kind in resource_types_of("arn:aws:iam::123456789012:role/deploy")}
    assert {("iam", "role"), ("sts", "role")} <= kinds


@pytest.mark.parametrize(
    "arn",
    ["", "*", "arn:aws:s3", "arn:aws:nosuch:::x", f"arn:aws:lambda:{PLACE}:nosuch:x", "arn:aws:braket:" + ":" * 10_000],
)
def test_what_is_of_no_type_is_unknown(arn):
    assert isinstance(resource_types_of(arn), Unknown)


def test_every_template_matches_itself_with_its_parts_filled_in():
    universe = actions()
    for service in universe.services:
        for kind in universe.resource_types(service):
            if "$" in kind.arn.split(":")[2]:
                continue  # AWS Backup writes its recovery points with any service
            arn = re.sub(r"\$\{[^}]*\}|\*", "x", kind.arn)
            assert kind in resource_types_of(arn)
