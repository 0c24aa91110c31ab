"""A service that the catalogue has lost makes answers unknown, and never a pass."""

import json
import subprocess
import sys

import pytest
from msgspec.structs import replace

from lambdaward.catalog.details import PackedIndex
from lambdaward.catalog.pack import dump, load
from lambdaward.catalog.sheet import FOLDER

ROLE = "arn:aws:iam::111111111111:role/app"
# The command line, and a decision, with the list of actions of another folder.
PROGRAM = """
import sys
from pathlib import Path
from lambdaward.catalog import universe
universe.FOLDER = Path(sys.argv[1])
from lambdaward.cli import main
sys.exit(main(sys.argv[2:]))
"""
DECISION = """
import sys
from pathlib import Path
from lambdaward.catalog import universe
universe.FOLDER = Path(sys.argv[1])
from lambdaward.iam import Request, decide, policies
allow, deny = ({"Effect": effect, "Action": "*", "Resource": "*"} for effect in ("Allow", "Deny"))
rules = policies(identity=[{"Statement": allow}], rcps=[[{"Statement": {**deny, "Principal": "*"}}]])
decision = decide(Request(sys.argv[2], "s3:GetObject", "arn:aws:s3:::orders/1"), rules)
print(decision.outcome, *(unknown.reason for unknown in decision.unknowns))
"""
TEMPLATE = """
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Handler: app.main
      Runtime: python3.13
      Code: {ZipFile: ""}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - {Effect: Allow, Action: ["s3:*", "iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], Resource: "*"}
"""


@pytest.fixture(scope="module")
def cut(tmp_path_factory):
    """Makes a folder with a list of actions that has no longer some service."""

    def without(service):
        folder = tmp_path_factory.mktemp(f"without-{service}")
        packed = load(FOLDER / "actions.bin")
        blocks = {name: packed.block(name, object) for name in packed.head.blocks if name not in ("index", service)}
        index = packed.block("index", PackedIndex)
        names = index.names.split("\n")
        kept = [number for number, name in enumerate(names) if not name.startswith(f"{service}:")]
        blocks["index"] = replace(
            index,
            names="\n".join(names[number] for number in kept),
            titles={name: title for name, title in index.titles.items() if name != service},
            levels={level: squeezed(mask, kept) for level, mask in index.levels.items()},
            wildcard_only=squeezed(index.wildcard_only, kept),
        )
        (folder / "actions.bin").write_bytes(dump("cut", packed.head.sources, blocks))
        return folder

    return without


def squeezed(mask, kept):
    """A set of actions without those that are not kept."""
    number = int.from_bytes(mask, "big")
    return sum(1 << new for new, old in enumerate(kept) if number >> old & 1).to_bytes(4096, "big")


def run(program, folder, *words, at=None):
    words = [sys.executable, "-c", program, str(folder), *words]
    return subprocess.run(words, check=False, capture_output=True, text=True, cwd=at)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    (tmp_path / "lambdaward.toml").touch()
    return tmp_path


def test_whether_an_rcp_has_a_say_on_a_lost_service_is_unknown(cut):
    assert run(DECISION, FOLDER, ROLE).stdout == "ExplicitlyDenied\n"
    assert run(DECISION, cut("s3"), ROLE).stdout.startswith("Unknown `s3` is of no service that the catalogue lists")


def test_why_is_unknown_of_a_lost_service(cut, project):
    words = ("why", "Role", "s3:GetObject", "arn:aws:s3:::orders/1", "template.yaml")
    assert run(PROGRAM, FOLDER, *words, at=project).returncode == 0
    assert run(PROGRAM, cut("s3"), *words, at=project).returncode == 4


def test_lint_says_that_a_lost_service_is_not_listed(cut, project):
    said = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    (project / "role.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": [said]}))
    assert run(PROGRAM, FOLDER, "policy", "lint", "role.json", at=project).returncode == 0
    ran = run(PROGRAM, cut("s3"), "policy", "lint", "role.json", at=project)
    assert (ran.returncode, "unknown-action" in ran.stdout) == (1, True)


def test_a_scan_does_not_pass_an_escalation_whose_service_is_lost(cut, project):
    def said(folder):
        ran = run(PROGRAM, folder, "scan", "template.yaml", "--format", "json", at=project)
        report = json.loads(ran.stdout)
        return {one["id"] for one in report["findings"]}, {one["id"] for one in report["unsettled"]}

    found, _ = said(FOLDER)
    assert "LWI005" in found
    lost, unsettled = said(cut("lambda"))
    assert found - lost <= unsettled
