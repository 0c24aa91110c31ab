"""`lambdaward verify`: the answer, each step of it, and an exit code."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "packages"))
from archives import Member, zip_of
from signatures import FILES, JOB, PROFILE, members, pem, signed_files, signed_zip, usual_chain

NOW = ("--at", "2026-11-24")
OFFLINE = ("--root", "root.pem", *NOW, "--without-revocation")


@pytest.fixture
def signed(folder):
    """A signed package, one that was changed afterwards, an unsigned and an ambiguous one; and the root."""
    files = signed_files()
    (folder / "root.pem").write_bytes(pem(usual_chain()[-1]))
    (folder / "good.zip").write_bytes(signed_zip())
    (folder / "changed.zip").write_bytes(zip_of(*members({**files, "index.py": b"evil = 1\n"})))
    (folder / "unsigned.zip").write_bytes(zip_of(*members(FILES)))
    hidden = Member("evil.py", b"import os\n")
    (folder / "ambiguous.zip").write_bytes(zip_of(hidden, *members(files), unlisted=(hidden,)))
    return folder


def test_a_package_that_holds_exits_with_0_and_says_who_signed_it(run, signed):
    ran = run("verify", "good.zip", *OFFLINE, "--profile", PROFILE)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "good.zip: the signature holds"
    assert f"it states that {PROFILE} signed on 2026-10-01" in ran.out


def test_what_only_aws_knows_exits_with_4_and_prints_the_call(run, signed):
    ran = run("verify", "good.zip", "--root", "root.pem", *NOW)
    assert ran.code == 4
    assert "good.zip: the signature is not known to hold" in ran.out
    assert "aws signer get-revocation-status --platform-id AWSLambda-SHA384-ECDSA --region eu-west-1" in ran.out
    (signed / "answer.json").write_text('{"revokedEntities": []}')
    assert run("verify", "good.zip", "--root", "root.pem", *NOW, "--revocation", "answer.json").code == 0
    (signed / "answer.json").write_text(json.dumps({"revokedEntities": [JOB]}))
    ran = run("verify", "good.zip", "--root", "root.pem", *NOW, "--revocation", "answer.json")
    assert (ran.code, f"revoked, as answer.json says: {JOB}" in ran.out) == (1, True)


@pytest.mark.parametrize(
    ("package", "reason"),
    [
        ("changed.zip", "digest: a name, a content or their order was changed after signing"),
        ("unsigned.zip", "present: the package is not signed by AWS Signer"),
        ("ambiguous.zip", "ambiguous  evil.py: the entry is not in the directory"),
    ],
)
def test_what_does_not_hold_exits_with_1_and_says_why(run, signed, package, reason):
    ran = run("verify", package, *OFFLINE)
    assert (ran.code, reason in ran.out) == (1, True), ran.out


def test_a_profile_that_is_not_allowed_exits_with_1(run, signed):
    ran = run("verify", "good.zip", *OFFLINE, "--profile", PROFILE.replace("orders", "others"))
    assert (ran.code, "publisher: the signing profile is none that is allowed" in ran.out) == (1, True)


def test_the_trace_shows_every_step_with_what_was_seen(run, signed):
    out = run("verify", "good.zip", *OFFLINE, "--trace").out
    for word in ("archive", "present", "envelope", "digest", "signature", "chain", "expiry"):
        assert f"  yes        {word}: " in out
    assert f"job      {JOB}" in out
    assert "O=Orders,CN=issuing, valid 2026-01-01 to 2126-01-01, sha256 " in out


def test_the_worst_of_several_packages_decides(run, signed):
    assert run("verify", "good.zip", "changed.zip", "--root", "root.pem", *NOW).code == 1
    assert run("verify", "good.zip", "good.zip", *OFFLINE).code == 0


def test_json_has_the_claims_the_steps_and_the_ambiguities(run, signed):
    said = json.loads(run("verify", "ambiguous.zip", *OFFLINE, "--format", "json").out)
    [package] = said["packages"]
    assert (package["holds"], package["claims"]["profile"]) == ("yes", PROFILE)
    assert [step["check"] for step in package["steps"]][:3] == ["archive", "present", "envelope"]
    assert len(package["ambiguities"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("absent.zip",), "absent.zip: it cannot be read (No such file or directory); give a package as a zip"),
        (("good.zip", "--root", "good.zip"), "good.zip: it holds no certificate"),
        (("good.zip", "--revocation", "good.zip"), "good.zip: it has no `revokedEntities`"),
        (("good.zip", "--revocation", "x", "--without-revocation"), "give one of them"),
    ],
)
def test_what_cannot_be_used_is_one_clear_line(run, signed, words, said):
    ran = run("verify", *words)
    assert (ran.code, said in ran.err, ran.err.count("\n")) == (2, True, 1), ran.err


def test_names_of_a_hostile_package_cannot_move_the_cursor(run, signed):
    (signed / "bad.zip").write_bytes(zip_of(Member("a\x1b[2J"), Member("a\x1b[2J"), *members(signed_files())))
    assert "\x1b" not in run("verify", "bad.zip", *OFFLINE, "--trace").out


CONFIG = {
    "CodeSigningConfig": {
        "AllowedPublishers": {"SigningProfileVersionArns": [PROFILE]},
        "CodeSigningPolicies": {"UntrustedArtifactOnDeployment": "Enforce"},
    }
}
TEMPLATE = f"""
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Code: good.zip
      CodeSigningConfigArn: !Ref Signing
      Layers: [!Ref Shared]
  Free:
    Type: AWS::Lambda::Function
    Properties: {{Runtime: python3.13, Code: good.zip}}
  Shared:
    Type: AWS::Lambda::LayerVersion
    Properties: {{Content: unsigned.zip}}
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies: {{UntrustedArtifactOnDeployment: Enforce}}
      AllowedPublishers: {{SigningProfileVersionArns: ["{PROFILE}"]}}
"""


def test_what_lambda_answers_under_a_config(run, signed):
    (signed / "config.json").write_text(json.dumps(CONFIG))
    ran = run("verify", "good.zip", *OFFLINE, "--config", "config.json")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Lambda takes the code")
    ran = run("verify", "good.zip", *OFFLINE, "--config", "config.json", "--layer", "tools=unsigned.zip")
    assert (ran.code, ran.out.splitlines()[0]) == (1, "Lambda refuses the code")
    assert (
        "refused  layer tools: it is not signed (CodeVerificationFailedException, signature status MISMATCH, seen)"
        in ran.out
    )
    ran = run("verify", "good.zip", "--root", "root.pem", *NOW, "--config", "config.json")
    assert (ran.code, "to settle it: give the answer of this call" in ran.out) == (4, True)


def test_what_lambda_answers_for_a_function_of_a_template(run, signed):
    (signed / "template.yaml").write_text(TEMPLATE)
    ran = run("verify", "good.zip", *OFFLINE, "--function", "Orders")
    assert (ran.code, "refused  layer template.yaml/Shared: it is not signed" in ran.out) == (1, True)
    (signed / "template.yaml").write_text(TEMPLATE.replace("unsigned.zip", "good.zip"))
    assert run("verify", "good.zip", *OFFLINE, "--function", "Orders").code == 0
    ran = run("verify", "changed.zip", *OFFLINE, "--function", "Free", "--format", "json")
    assert (ran.code, json.loads(ran.out)["outcome"]) == (0, "taken")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--config", "good.zip"), "good.zip: it is no code-signing config"),
        (("--config", "absent.json"), "absent.json: it cannot be read"),
        (("--function", "Absent"), "0 functions are called `Absent` in what was read, not one"),
        (("--layer", "a=b"), "`--layer` belongs to a deployment"),
    ],
)
def test_what_is_wrong_with_a_deployment_is_one_clear_line(run, signed, words, said):
    ran = run("verify", "good.zip", *words)
    assert (ran.code, said in ran.err, ran.err.count("\n")) == (2, True, 1), ran.err


def test_images_in_a_layout_need_a_signature_that_holds(run, signed):
    from images import as_folder
    from notations import image, jws
    from notations import signed as notated

    digest = image()[1]
    as_folder(signed / "good", notated(jws(digest), digest))
    as_folder(signed / "bad", notated(jws(digest, signer="other"), digest))
    as_folder(signed / "cose", notated(b"x", digest, "application/cose"))
    as_folder(signed / "plain", image()[0])
    ran = run("verify", "good", *OFFLINE)
    assert (ran.code, "yes      notation: signed by O=Orders,CN=leaf on 2026-10-01" in ran.out) == (0, True)
    assert run("verify", "bad", *OFFLINE).code == 1
    assert run("verify", "cose", *OFFLINE).code == 4
    ran = run("verify", "plain", *OFFLINE)
    assert (ran.code, f"image {digest}: not signed" in ran.out) == (1, True)
    assert json.loads(run("verify", "good", *OFFLINE, "--format", "json").out)["layouts"][0]["images"] == [digest]
    assert "images are verified on their own" in run("verify", "good", "good.zip").err


OWN = f"""
Resources:
  Written:
    Type: AWS::Lambda::Function
    Properties: {{Code: {{ZipFile: "x = 1"}}, Runtime: python3.14, CodeSigningConfigArn: !Ref Signing}}
  Packed:
    Type: AWS::Lambda::Function
    Properties: {{Code: good.zip, Runtime: python3.14, CodeSigningConfigArn: !Ref Signing}}
  Folder:
    Type: AWS::Lambda::Function
    Properties: {{Code: src, Runtime: python3.14, CodeSigningConfigArn: !Ref Signing}}
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      AllowedPublishers: {{SigningProfileVersionArns: [{PROFILE}]}}
      CodeSigningPolicies: {{UntrustedArtifactOnDeployment: Enforce}}
"""


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("Packed", 0, "taken    good.zip: its signature is whole"),
        ("Written", 1, "refused  the code in the template: it is not signed"),
        ("Folder", 4, "unknown  the package of Folder"),
    ],
)
def test_a_functions_own_package_is_judged_where_the_project_holds_it(run, signed, write, *, name, code, told):
    write(**{"template.yaml": OWN, "src/index.py": "x = 1"})
    ran = run("verify", *OFFLINE, "--function", name)
    assert ran.code == code
    assert told in ran.out


def test_without_a_package_and_a_function_there_is_nothing_to_verify(run, folder):
    ran = run("verify")
    assert (ran.code, ran.out) == (2, "")
    assert "give a PACKAGE, or a function with `--function`" in ran.err
