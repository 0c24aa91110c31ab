"""`lambdaward lock` and the saved answers of an account: locked themselves, and held against the lock of a project."""

import base64
import hashlib
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "packages"))
from archives import Member, zip_of

ARN = "arn:aws:lambda:eu-west-1:111122223333"
LAYER = f"{ARN}:layer:shared:4"
INSIGHTS = "arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:14"
CODE, SHARED = zip_of(Member("index.py", b"import os\n")), zip_of(Member("python/tools.py", b"A = 1\n"))
TEMPLATE = f"""
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {{Runtime: python3.13, Code: orders.zip, Layers: [!Ref Shared, "{INSIGHTS}"]}}
  Shared:
    Type: AWS::Lambda::LayerVersion
    Properties: {{Content: shared.zip}}
"""


def hashed(data):
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def function(name="shop-Orders-Ab12Cd34Ef56", code=CODE, layers=(LAYER, INSIGHTS), **more):
    return {
        "FunctionName": name,
        "FunctionArn": f"{ARN}:function:{name}",
        "CodeSha256": hashed(code),
        "Layers": [{"Arn": layer} for layer in layers],
        **more,
    }


@pytest.fixture
def account(folder):
    """Writes the answers of an account, and gives back the folder that they are in."""

    def write(*functions, layer=SHARED):
        (folder / "answers").mkdir(exist_ok=True)
        described = {"Content": {"CodeSha256": hashed(layer)}, "LayerVersionArn": LAYER}
        (folder / "answers" / "f.json").write_text(json.dumps({"Functions": functions or [function()]}))
        (folder / "answers" / "l.json").write_text(json.dumps(described))
        return "answers"

    return write


@pytest.fixture
def locked(run, folder, write):
    """A project with a lock."""
    write(**{"template.yaml": TEMPLATE})
    (folder / "orders.zip").write_bytes(CODE)
    (folder / "shared.zip").write_bytes(SHARED)
    assert run("lock", "template.yaml").code == 0


def test_an_account_that_runs_what_was_locked_holds(run, locked, account):
    assert run("lock", "--verify", account(function(), function("others", b"x"))) == (
        0,
        "everything is as it was locked in lambda.lock\n",
        "",
    )


@pytest.mark.parametrize(
    ("changed", "layer", "told"),
    [
        (function(code=b"other"), SHARED, "function template.yaml/Orders: package hash changed: "),
        (function(), b"other", "layer template.yaml/Shared: package hash changed: "),
        (function(layers=(INSIGHTS, LAYER)), SHARED, "layers or their order changed: "),
        (function(layers=(LAYER,)), SHARED, "layers or their order changed: "),
        (function(layers=(LAYER, INSIGHTS[:-2] + "13")), SHARED, f"layers or their order changed: {INSIGHTS} -> "),
    ],
    ids=["code", "layer", "order", "one less", "another version"],
)
def test_what_an_account_runs_and_was_not_locked_is_named(run, locked, account, *, changed, layer, told):
    ran = run("lock", "--verify", account(changed, layer=layer))
    assert ran.code == 1
    assert told in ran.out


@pytest.mark.parametrize(
    ("functions", "told"),
    [
        ([function("bills")], "no function of the account is called so"),
        ([function(), function("test-Orders-Zz12Cd34Ef56")], "2 functions of the account may be meant"),
    ],
)
def test_a_function_that_is_not_found_is_unknown(run, locked, account, functions, told):
    ran = run("lock", "--verify", account(*functions))
    assert ran.code == 4
    assert told in ran.out


def test_a_lock_of_a_folder_does_not_say_what_is_uploaded(run, write, account):
    write(**{"template.yaml": TEMPLATE.replace("orders.zip", "src"), "src/index.py": "import os"})
    run("lock", "template.yaml")
    ran = run("lock", "--verify", account())
    assert ran.code == 4
    assert "lock the zip, with --content" in ran.out


@pytest.mark.parametrize(("digest", "code"), [("sha256:" + "a" * 64, 0), ("sha256:" + "b" * 64, 1)])
def test_the_image_that_a_tag_meant_is_held_against_the_locked_digest(run, write, account, digest, code):
    repository = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/pictures"
    image = f"{repository}@sha256:{'a' * 64}"
    properties = f"{{FunctionName: pictures, PackageType: Image, Code: {{ImageUri: '{image}'}}}}"
    write(**{"template.yaml": f"Resources: {{Pictures: {{Type: AWS::Lambda::Function, Properties: {properties}}}}}"})
    run("lock", "template.yaml")
    answers = account()
    runs = {"ImageUri": f"{repository}:7", "ResolvedImageUri": f"{repository}@{digest}"}
    whole = {"Configuration": function("pictures", layers=(), PackageType="Image"), "Code": runs}
    Path(answers, "f.json").write_text(json.dumps(whole))
    assert run("lock", "--verify", answers).code == code


def test_an_account_is_locked_by_what_it_says_and_held_against_that_later(run, locked, account):
    assert run("lock", account(), "--file", "account.lock").code == 0
    assert run("lock", account(), "--file", "account.lock", "--verify").code == 0
    ran = run("lock", account(function(code=b"other")), "--file", "account.lock", "--verify")
    assert ran.code == 1
    assert "package hash changed: " in ran.out
    Path("answers", "l.json").unlink()
    assert "removed" not in run("lock", "answers", "--file", "account.lock", "--verify").out
    signed = function(SigningProfileVersionArn="arn:aws:signer:eu-west-1:111122223333:/signing-profiles/release/v")
    assert "signing profile changed: " in run("lock", account(signed), "--file", "account.lock", "--verify").out
