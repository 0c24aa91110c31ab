"""`lambdaward policy`: the answer, a request that shows it, and an exit code."""

import json

import pytest

GET, ALL = "s3:GetObject", "s3:*"


@pytest.fixture
def policies(write):
    """Writes policies that allow an action on every resource, one for each file."""

    def files(**actions):
        for name, action in actions.items():
            said = {"Effect": "Allow", "Action": action, "Resource": "*"}
            write(**{f"{name}.json": json.dumps({"Version": "2012-10-17", "Statement": [said]})})

    return files


def test_diff_shows_a_request_for_each_side(run, policies):
    policies(old=GET, new="sqs:SendMessage")
    ran = run("policy", "diff", "old.json", "new.json")
    assert ran.code == 1
    added, removed = ran.out.split("removed access: ")
    assert added.startswith("new access: by statement 1, for example\n")
    assert "action     sqs:SendMessage" in added
    assert "action     s3:GetObject" in removed


def test_diff_of_the_same_access_written_otherwise_is_none(run, policies):
    policies(old=[GET, ALL], new=ALL)
    assert run("policy", "diff", "old.json", "new.json") == (0, "new access: none\nremoved access: none\n", "")


def test_less_access_is_no_new_access_and_more_is(run, policies):
    policies(less=GET, more=ALL)
    assert run("policy", "check-no-new-access", "more.json", "less.json").code == 0
    assert run("policy", "check-no-new-access", "less.json", "more.json").code == 1


def test_yaml_is_read_and_its_context_is_shown(run, write):
    write(
        **{
            "role.yaml": """
            Version: 2012-10-17
            Statement:
              Effect: Allow
              Action: iam:PassRole
              Resource: "*"
              Condition: {StringEquals: {iam:PassedToService: lambda.amazonaws.com}}
            """
        }
    )
    ran = run("policy", "check-access-not-granted", "role.yaml", "--action", "iam:PassRole")
    assert ran.code == 1
    assert "context    iam:passedtoservice = lambda.amazonaws.com" in ran.out
    assert run("policy", "check-access-not-granted", "role.yaml", "--action", "iam:CreateRole").code == 0


def test_access_is_asked_for_by_actions_or_resources_or_both(run, write):
    said = {"Effect": "Allow", "Action": ["s3:Get*", "sqs:*"], "Resource": "arn:aws:s3:::pay/*"}
    write(**{"role.json": json.dumps({"Version": "2012-10-17", "Statement": said})})

    def code(*words):
        return run("policy", "check-access-not-granted", "role.json", *words).code

    assert code("--resource", "arn:aws:s3:::pay/1") == 1
    assert code("--resource", "arn:aws:s3:::other/*") == 0
    assert code("--action", "s3:PutObject", "--action", "s3:GetObject") == 1
    assert (
        code("--action", "s3:GetObject", "--resource", "arn:aws:s3:::other/*", "--resource", "arn:aws:s3:::pay/*") == 1
    )
    assert code("--action", "s3:PutObject", "--resource", "arn:aws:s3:::pay/*") == 0


def test_access_is_asked_for_within_limits(run, policies):
    policies(role="s3:*", boundary="s3:Get*", guard="sqs:*")

    def ran(*words):
        return run("policy", "check-access-not-granted", "role.json", *words)

    assert ran("--action", "s3:PutObject", "--within", "boundary.json").code == 0
    assert "action     s3:Get" in ran("--action", "*", "--within", "boundary.json").out
    assert ran("--action", "*", "--within", "boundary.json", "--within", "guard.json").code == 0


def test_a_role_s_policy_and_a_bucket_s_are_not_compared(run, policies, write):
    policies(role=GET)
    said = {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": GET, "Resource": "*"}
    write(**{"bucket.json": json.dumps({"Statement": [said]})})
    ran = run("policy", "check-no-new-access", "bucket.json", "role.json")
    assert (ran.code, ran.out) == (4, "new access: not known, one policy is a principal's, the other a resource's\n")


def test_a_stranger_is_shown(run, write):
    said = {"Effect": "Allow", "Principal": "*", "Action": GET, "Resource": "arn:aws:s3:::b/*"}
    write(**{"bucket.json": json.dumps({"Version": "2012-10-17", "Statement": [said]})})
    ran = run("policy", "check-no-public-access", "bucket.json")
    assert (ran.code, "principal  anonymous" in ran.out) == (1, True)


def test_minimise_prints_an_equivalent_policy_and_tells_how_much_smaller_it_is(run, write):
    said = [{"Effect": "Allow", "Action": action, "Resource": "*"} for action in (GET, ALL, "sqs:*")]
    write(**{"role.json": json.dumps({"Version": "2012-10-17", "Statement": said})})
    ran = run("policy", "minimise", "role.json")
    assert ran.code == 0
    assert json.loads(ran.out)["Statement"] == [{"Effect": "Allow", "Action": [ALL, "sqs:*"], "Resource": "*"}]
    assert ran.err == "statements: 3 -> 1\ncharacters: 197 -> 98 (50% less)\n"
    write(**{"smaller.json": ran.out})
    assert run("policy", "diff", "role.json", "smaller.json").code == 0


def test_lint_says_what_is_wrong_with_file_line_and_column(run, write):
    said = '[\n  {"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*"}]'
    write(**{"role.json": f'{{"Version": "2012-10-17",\n "Statement": {said}}}'})
    ran = run("policy", "lint", "role.json")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("role.json:3:23: unknown-action: `s3:GetObjekt` matches no action")


def test_lint_says_what_aws_rejects_and_passes_what_is_right(run, write, policies):
    write(
        **{
            "bad.json": json.dumps(
                {"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Action": GET, "Resource": "*"}]}
            )
        }
    )
    ran = run("policy", "lint", "bad.json")
    assert (ran.code, "rejected: the effect is Allow or Deny" in ran.out) == (1, True)
    policies(right=GET)
    assert run("policy", "lint", "right.json") == (0, "", "")


def test_what_is_not_wholly_known_exits_with_4(run, write):
    canonical = {"Effect": "Allow", "Principal": {"CanonicalUser": "00"}, "Action": GET, "Resource": "*"}
    for name, effect in (("old", "Deny"), ("new", "Allow")):
        write(**{f"{name}.json": json.dumps({"Statement": [{**canonical, "Effect": effect}]})})
    ran = run("policy", "check-no-new-access", "old.json", "new.json")
    assert (ran.code, ran.out) == (4, "new access: not known, a principal is not known\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["diff", "old.json"], "`diff` takes 2 policy files, not 1"),
        (["check-access-not-granted", "old.json"], "`--action` and `--resource` say"),
        (["diff", "old.json", "old.json", "--action", GET], "`--action` and `--resource` say"),
        (["minimise", "old.json", "--within", "old.json"], "`--within` belongs to `check-access-not-granted`"),
        (["diff", "old.json", "nowhere.json"], "nowhere.json: it cannot be read"),
        (["diff", "old.json", "rejected.json"], "AWS rejects Statement.0.Effect: the effect is Allow or Deny"),
        (["minimise", "broken.json"], "broken.json:1:"),
        (["minimise", "list.json"], "list.json: it is no policy: a policy is an object with a Statement"),
        (
            ["check-no-public-access", "empty.json"],
            "empty.json: the file is empty; give a file with one policy document",
        ),
        (["check-access-not-granted", "template.yaml", "--action", GET], "it is a template, not a policy document"),
        (["minimise", "."], "it cannot be read"),
    ],
)
def test_what_does_not_fit_is_told_in_one_line(run, policies, write, words, said):
    policies(old=GET)
    write(
        **{
            "rejected.json": '{"Statement": [{"Effect": "Perhaps", "Action": "*", "Resource": "*"}]}',
            "broken.json": '{"Statement": [',
            "list.json": "[]",
            "empty.json": "",
            "template.yaml": "Resources: {Table: {Type: AWS::DynamoDB::Table}}",
        }
    )
    ran = run("policy", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err
