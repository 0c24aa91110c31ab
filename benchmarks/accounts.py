"""Made-up accounts of any size, the same each time: roles with policies of AWS and their own, and functions.

`python benchmarks/accounts.py FOLDER --roles 1000` writes `identities.json` and `functions.json` as
`aws iam get-account-authorization-details` and `aws lambda list-functions` answer.

Of the roles about half trust Lambda and have a function each, a fifth EC2, a tenth ECS and a fifth the account itself. Each has
one to three managed policies of AWS and an inline policy of two to six statements; 2 % are administrators and 5 % may pass
roles to new functions.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lambdaward.catalog import managed_policy_arns

ACCOUNT, REGION = "111122223333", "eu-west-1"
SERVICES = {"lambda.amazonaws.com": 50, "ec2.amazonaws.com": 20, "ecs-tasks.amazonaws.com": 10, "": 20}
# What inline statements allow: actions, and the ARN that they are limited to, with a number in it.
GRANTS = (
    (("s3:GetObject", "s3:PutObject"), "arn:aws:s3:::bucket-{}/*"),
    (("s3:ListBucket",), "arn:aws:s3:::bucket-{}"),
    (("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"), "arn:aws:dynamodb:{region}:{account}:table/table-{}"),
    (("sqs:SendMessage", "sqs:ReceiveMessage"), "arn:aws:sqs:{region}:{account}:queue-{}"),
    (("secretsmanager:GetSecretValue",), "arn:aws:secretsmanager:{region}:{account}:secret:secret-{}-*"),
    (("ssm:GetParameter*",), "arn:aws:ssm:{region}:{account}:parameter/app-{}/*"),
    (("kms:Decrypt",), "arn:aws:kms:{region}:{account}:key/{}"),
    (("lambda:InvokeFunction",), "arn:aws:lambda:{region}:{account}:function:function-{}"),
    (("lambda:UpdateFunctionCode",), "arn:aws:lambda:{region}:{account}:function:function-{}"),
    (("sts:AssumeRole",), "arn:aws:iam::{account}:role/role-{}"),
    (("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"), "*"),
    (("cloudwatch:PutMetricData",), "*"),
    (("ec2:Describe*",), "*"),
    (("xray:Put*",), "*"),
)
PASSING = {
    "Effect": "Allow",
    "Action": ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
    "Resource": "*",
    "Condition": {"StringEqualsIfExists": {"iam:PassedToService": "lambda.amazonaws.com"}},
}
ANYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
DENY = {"Effect": "Deny", "Action": "iam:*", "Resource": f"arn:aws:iam::{ACCOUNT}:role/role-1*"}


def account(roles: int, seed: int = 7) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers of IAM and of Lambda for an account with so many roles."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    policies = managed_policy_arns()
    made = [_role(number, roles, chance, policies) for number in range(roles)]
    functions = [_function(number, role) for number, role in enumerate(made) if _trusts(role) == "lambda.amazonaws.com"]
    return {"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": made, "Policies": []}, {
        "Functions": functions
    }


def _role(number: int, roles: int, chance: random.Random, policies: tuple[str, ...]) -> dict[str, Any]:
    service = chance.choices(list(SERVICES), SERVICES.values())[0]
    principal = {"Service": service} if service else {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
    attached = chance.sample(policies, chance.randint(1, 3))
    return {
        "RoleName": f"role-{number}",
        "Arn": f"arn:aws:iam::{ACCOUNT}:role/role-{number}",
        "Path": "/",
        "AssumeRolePolicyDocument": _document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}),
        "RolePolicyList": [{"PolicyName": "inline", "PolicyDocument": _document(*_statements(roles, chance))}],
        "AttachedManagedPolicies": [{"PolicyArn": arn} for arn in attached],
    }


def _statements(roles: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for _ in range(chance.randint(2, 6)):
        actions, resource = chance.choice(GRANTS)
        where = resource.format(chance.randrange(roles), region=REGION, account=ACCOUNT)
        yield {"Effect": "Allow", "Action": list(actions), "Resource": where}
    drawn = chance.random()
    if drawn < 0.02:
        yield ANYTHING
    elif drawn < 0.07:
        yield PASSING
    elif drawn < 0.10:
        yield DENY


def _document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _trusts(role: dict[str, Any]) -> str:
    principal = role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]
    return str(principal.get("Service", ""))


def _function(number: int, role: dict[str, Any]) -> dict[str, Any]:
    return {
        "FunctionName": f"function-{number}",
        "FunctionArn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:function-{number}",
        "Runtime": "python3.13",
        "Role": role["Arn"],
        "Handler": "app.handler",
        "PackageType": "Zip",
        "Version": "$LATEST",
    }


def write(folder: Path, roles: int, seed: int = 7) -> None:
    """Write both answers into a folder."""
    identities, functions = account(roles, seed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "identities.json").write_text(json.dumps(identities))
    (folder / "functions.json").write_text(json.dumps(functions))


def main() -> None:
    """Write one account."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--roles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    write(given.folder, given.roles, given.seed)


if __name__ == "__main__":
    main()
