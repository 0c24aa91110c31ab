"""Actions that pass a role."""

import pytest

from lambdaward.catalog import actions, passing, passings


@pytest.mark.parametrize(
    ("action", "member", "service", "documented"),
    [
        ("lambda:CreateFunction", "Role", "lambda.amazonaws.com", True),
        ("LAMBDA:createwebfunction", "revisionConfig.serviceConfig.executionRoleArn", "lambda.amazonaws.com", True),
        ("lambda:UpdateFunctionConfiguration", "Role", "lambda.amazonaws.com", False),
        ("ec2:RunInstances", "IamInstanceProfile.Arn", "ec2.amazonaws.com", True),
        ("ecs:RegisterTaskDefinition", "taskRoleArn", "ecs-tasks.amazonaws.com", True),
        ("events:PutTargets", "Targets[].RoleArn", "events.amazonaws.com", True),
        ("s3:PutReplicationConfiguration", "ReplicationConfiguration.Role", "s3.amazonaws.com", True),
        ("states:CreateStateMachine", "roleArn", "states.amazonaws.com", True),
    ],
)
def test_a_role_is_found_where_the_model_has_it(action, member, service, documented):
    found = passing(action)
    assert member in found.members
    assert service in found.services
    assert found.documented is documented


@pytest.mark.parametrize("action", ["iam:PassRole", "sts:AssumeRole", "lambda:GetFunction", "nosuch:Thing"])
def test_an_action_that_passes_none_is_not_there(action):
    assert passing(action) is None


def test_an_operation_of_another_name_is_found_under_its_action():
    assert "s3.PutBucketReplication" in passing("s3:PutReplicationConfiguration").operations
    assert "cloudwatch.PutMetricStream" in passing("cloudwatch:PutMetricStream").operations
    assert passing("lambda:CreateFunction").operations == ("lambda.CreateFunction",)


def test_to_whom_a_role_of_a_microvm_is_passed_is_not_known():
    assert passing("lambda:RunMicrovm").services == ()


def test_every_action_is_listed_and_says_how_it_is_known():
    assert all(actions().is_known(action) and row.action == action for action, row in passings().items())
    assert all(row.members or row.documented for row in passings().values())


def test_every_principal_is_a_service():
    principals = {principal for row in passings().values() for principal in row.services}
    assert all(principal.endswith(".amazonaws.com") for principal in principals)
