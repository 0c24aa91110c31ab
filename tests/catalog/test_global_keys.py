"""Global condition keys."""

import pytest

from lambdaward.catalog import actions, global_key, global_keys


@pytest.mark.parametrize(
    "name", ["aws:PrincipalArn", "AWS:principalarn", "aws:PrincipalTag/team", "aws:requesttag/A/b"]
)
def test_a_key_is_known_in_any_case_and_with_any_tag(name):
    assert global_key(name) is not None


@pytest.mark.parametrize("name", ["aws:Nothing", "aws:PrincipalArn/x", "lambda:Principal", ""])
def test_another_key_is_not_known(name):
    assert global_key(name) is None


def test_keys_with_several_values_are_those_of_aws():
    many = {name for name, key in global_keys().items() if key.many}
    assert {"aws:CalledVia", "aws:TagKeys", "aws:PrincipalOrgPaths"} <= many
    assert not many & {"aws:PrincipalOrgID", "aws:SourceArn", "aws:CalledViaFirst"}


def test_types_and_groups_are_of_a_closed_set():
    assert {key.type for key in global_keys().values()} == {"ARN", "Bool", "Date", "IPAddress", "Numeric", "String"}
    assert {key.group for key in global_keys().values()} == {"principal", "session", "network", "resource", "request"}


def test_global_keys_agree_with_those_that_actions_list():
    universe = actions()
    for service in universe.services:
        for kind in universe.resource_types(service):
            for key in kind.keys:
                if (known := global_key(key.name)) and known.group == "resource":
                    assert (known.type, known.many) == (key.type, key.many)
