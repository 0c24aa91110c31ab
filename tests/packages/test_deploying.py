"""What Lambda answers to a deployment, as its recorded answers and its documentation say."""

import datetime as dt
import json

import pytest
from archives import Member, put, zip_of
from signatures import (
    EXPIRES,
    FILES,
    JOB,
    NOW,
    PROFILE,
    Signing,
    certificate,
    members,
    signed_files,
    signed_zip,
    usual_chain,
)

from lambdaward.packages.signing import (
    Config,
    Outcome,
    Part,
    Policy,
    Source,
    deployed,
    outcome,
    read_revocation,
    trust,
    verify,
)
from lambdaward.packages.signing.roots import Roots, fingerprint

ENFORCE, WARN = Config((PROFILE,), Policy.ENFORCE), Config((PROFILE,), Policy.WARN)
ROOT = usual_chain()[-1]
ROOTS = Roots({fingerprint(ROOT): "root"}, (ROOT,))
REFUSED = (Outcome.REFUSED, "CodeVerificationFailedException")
TAKEN = (Outcome.TAKEN, "")
UNSIGNED = zip_of(*members(FILES))
TAMPERED = zip_of(*members({**signed_files(), "index.py": b"evil = 1\n"}))
REORDERED = zip_of(*reversed(members(signed_files())))
RENAMED = zip_of(*members({("main.py" if n == "index.py" else n): d for n, d in signed_files().items()}))
ADDED = zip_of(*members({**signed_files(), "more.py": b"more = 1\n"}))
OLDER = signed_zip(signing=Signing(profile=PROFILE.rpartition("/")[0] + "/z9y8x7w6v5"))
RECOMPRESSED = zip_of(*(Member(m.name, m.data, 0, mode=0o100755) for m in members(signed_files())))
OTHERS = signed_zip(signing=Signing(profile=PROFILE.replace("orders", "others")))
STRANGE = signed_zip(
    signing=Signing(chain=(*usual_chain()[:2], certificate("middle", "evil", limit=1), certificate("evil", "evil")))
)
BROKEN = signed_zip(signing=Signing(signer="other"))


@pytest.fixture
def answer(tmp_path):
    """The answer about packages under a config."""

    def ask(config, *packages, revoked=(), at=NOW, **other):
        said = tmp_path / "answer.json"
        said.write_text(json.dumps({"revokedEntities": list(revoked)}))
        judged = trust(at, ROOTS, **{"revocation": read_revocation(str(said)), **other})
        parts = [
            Part(f"part {index}", None if data is None else verify(put(tmp_path, data, f"{index}.zip"), judged))
            for index, data in enumerate(packages)
        ]
        return deployed(config, parts)

    return ask


@pytest.mark.parametrize(
    ("package", "enforce", "warn", "status"),
    [
        (signed_zip(), TAKEN, TAKEN, "VALID"),
        (RECOMPRESSED, TAKEN, TAKEN, "VALID"),
        (UNSIGNED, REFUSED, TAKEN, "MISMATCH"),
        (TAMPERED, REFUSED, REFUSED, ""),
        (REORDERED, REFUSED, REFUSED, ""),
        (RENAMED, REFUSED, REFUSED, ""),
        (ADDED, REFUSED, REFUSED, ""),
        (BROKEN, REFUSED, REFUSED, ""),
        (OTHERS, REFUSED, TAKEN, "MISMATCH"),
        (OLDER, REFUSED, TAKEN, "MISMATCH"),
        (STRANGE, REFUSED, (Outcome.UNKNOWN, ""), ""),
    ],
    ids=[
        "valid",
        "recompressed",
        "unsigned",
        "tampered",
        "reordered",
        "renamed",
        "added",
        "wrong key",
        "another profile",
        "another version of the profile",
        "another root",
    ],
)
def test_each_kind_of_package_under_each_policy(answer, package, enforce, warn, status):
    for config, expected in ((ENFORCE, enforce), (WARN, warn)):
        [said] = answer(config, package)
        assert (said.outcome, said.error) == expected
        assert said.status == status
        assert said.signing is (status == "VALID")


@pytest.mark.parametrize(("config", "expected"), [(ENFORCE, REFUSED), (WARN, TAKEN)])
def test_what_expired_or_was_revoked_is_refused_or_warned_of(answer, config, expected):
    [late] = answer(config, signed_zip(), at=EXPIRES + dt.timedelta(days=1))
    [revoked] = answer(config, signed_zip(), revoked=[JOB])
    assert [(each.outcome, each.error) for each in (late, revoked)] == [expected, expected]
    assert (late.status, revoked.status, late.source) == ("EXPIRED", "REVOKED", Source.STATED)


def test_without_a_config_nothing_is_looked_at(answer):
    answers = answer(None, UNSIGNED, TAMPERED, None)
    assert outcome(answers) is Outcome.TAKEN


def test_a_layer_that_is_refused_refuses_the_function(answer):
    for layer in (UNSIGNED, TAMPERED, OTHERS):
        answers = answer(ENFORCE, signed_zip(), layer)
        assert [each.outcome for each in answers] == [Outcome.TAKEN, Outcome.REFUSED]
        assert outcome(answers) is Outcome.REFUSED
    assert outcome(answer(WARN, signed_zip(), UNSIGNED)) is Outcome.TAKEN
    assert outcome(answer(WARN, signed_zip(), TAMPERED)) is Outcome.REFUSED


@pytest.mark.parametrize(
    "layer", [signed_zip(), UNSIGNED, TAMPERED, OTHERS], ids=["valid", "unsigned", "tampered", "others"]
)
def test_a_layer_is_published_whatever_its_signature_and_judged_when_a_function_takes_it(answer, layer):
    assert outcome(answer(None, layer)) is Outcome.TAKEN
    for config in (ENFORCE, WARN):
        assert answer(config, signed_zip(), layer)[1].outcome is answer(config, layer)[0].outcome


def test_a_config_whose_profiles_nobody_can_use_takes_nothing(answer):
    dead = Config((PROFILE.replace("orders", "gone"),), Policy.ENFORCE)
    for package in (signed_zip(), UNSIGNED):
        assert outcome(answer(dead, package)) is Outcome.REFUSED
    assert outcome(answer(Config((), Policy.ENFORCE), signed_zip())) is Outcome.REFUSED


def test_what_is_not_known_stays_unknown(answer):
    assert outcome(answer(ENFORCE, signed_zip(), revocation=None)) is Outcome.UNKNOWN
    assert outcome(answer(ENFORCE, signed_zip(), None)) is Outcome.UNKNOWN
    assert outcome(answer(Config((PROFILE,), None), UNSIGNED)) is Outcome.UNKNOWN
    assert outcome(answer(Config((), Policy.ENFORCE, open=True), signed_zip())) is Outcome.UNKNOWN
    assert outcome(answer(Config((PROFILE,), None), signed_zip())) is Outcome.TAKEN
    assert outcome(answer(Config((PROFILE,), None), TAMPERED)) is Outcome.REFUSED


def test_an_image_under_a_config_is_unknown(tmp_path):
    part = Part("image", None)
    assert outcome(deployed(ENFORCE, [part], image=True)) is Outcome.UNKNOWN
    assert outcome(deployed(None, [part], image=True)) is Outcome.TAKEN
