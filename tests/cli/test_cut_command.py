"""`lambdaward cut`."""

import json

import pytest

ROLE = """
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies: [{PolicyName: p, PolicyDocument: {Version: "2012-10-17", Statement: [STATEMENT]}}]
"""
TEMPLATE = (
    "Resources:\n  Orders: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt OrdersRole.Arn}}\n"
    "  Deploy: {Type: AWS::Lambda::Function, Properties: {FunctionName: deploy, Role: !GetAtt DeployRole.Arn}}\n"
    "  DeployRole:" + ROLE.replace("STATEMENT", '{Effect: Allow, Action: "*", Resource: "*"}') + "  OrdersRole:" + ROLE
)
UPDATES = '{Effect: Allow, Action: ["lambda:UpdateFunctionCode", "s3:GetObject"], Resource: "*"}'
KEPT = "# what the tool does\nDeploy iam:PutRolePolicy *\n"
NEEDED = KEPT + "Orders lambda:UpdateFunctionCode Deploy\n"


@pytest.fixture
def template(tmp_path):
    (tmp_path / "template.yaml").write_text(TEMPLATE.replace("STATEMENT", UPDATES))
    return str(tmp_path)


@pytest.fixture
def calls(tmp_path):
    def write(text):
        file = tmp_path / "calls.txt"
        file.write_text(text)
        return str(file)

    return write


def test_the_fewest_edits_are_named_with_their_place(run, template):
    ran = run("cut", template, "--from", "Orders")
    assert ran.code == 0
    assert "inline policy p" in ran.out
    assert "template.yaml:" in ran.out
    assert "verified: with this no path leads to admin any more\n1 edit, the fewest there are\n" in ran.out


def test_calls_that_are_to_be_kept_still_work(run, template, calls):
    ran = run("cut", template, "--from", "Orders", "--keep", calls(KEPT + "Orders s3:GetObject *\n"))
    assert ran.out.startswith("take lambda:UpdateFunctionCode out of statement 1 of inline policy p")
    assert "and 2 calls still work" in ran.out


def test_calls_that_need_the_path_are_told_with_the_path(run, template, calls):
    ran = run("cut", template, "--from", "Orders", "--keep", calls(NEEDED))
    assert ran.code == 1
    assert "no edits sever every path while the calls keep working" in ran.out
    assert "OrdersRole -> DeployRole: Replace a function's code" in ran.out


def test_json_holds_each_edit(run, template, calls):
    found = json.loads(run("cut", template, "--from", "Orders", "--keep", calls(KEPT), "--format", "json").out)
    (edit,) = found["edits"]
    assert (edit["kind"], edit["action"], found["exact"]) == ("take out", "lambda:UpdateFunctionCode", True)
    assert edit["line"] > 1


def test_where_nothing_leads_there_is_nothing_to_do(run, template):
    ran = run("cut", template, "--from", "Orders", "--to", "secret")
    assert (ran.code, ran.out) == (0, "no path leads to secret\n")


def test_a_line_that_is_no_call_is_an_error(run, template, calls):
    ran = run("cut", template, "--keep", calls("Orders s3:GetObject\n"))
    assert ran.code == 2
    assert "calls.txt:1: a line is no call" in ran.err
