"""Signatures of AWS Signer: what holds, what does not, and what only AWS knows."""

import datetime as dt
import json
from itertools import pairwise

import pytest
from archives import Member, put, unpacked, zip_of
from hypothesis import given, settings
from hypothesis import strategies as st
from signatures import (
    EXPIRES,
    FILES,
    JOB,
    NOW,
    PROFILE,
    SIGNATURE,
    SIGNED,
    Signing,
    attribute,
    certificate,
    der,
    digest_of,
    members,
    pem,
    signed_files,
    signed_zip,
    usual_chain,
)

from lambdaward.model import InputError, No, Unsure, Yes
from lambdaward.packages.signing import Check, Roots, read_revocation, read_roots, trust, verify


@pytest.fixture(scope="session")
def roots(tmp_path_factory):
    """The root of the authorities that the tests sign with."""
    path = tmp_path_factory.mktemp("roots") / "root.pem"
    path.write_bytes(pem(usual_chain()[-1]))
    return read_roots([str(path)])


@pytest.fixture
def check(tmp_path, roots):
    """Verifies a package; revocation is left out unless asked for."""

    def run(data, **other):
        path = put(tmp_path, data)
        return verify(path, trust(other.pop("at", NOW), roots, **{"ask_revocation": False, **other}))

    return run


def failed(verification):
    """The steps that say no, with their reason."""
    return {step.check: step.verdict.proof[0].text for step in verification.steps if isinstance(step.verdict, No)}


def test_a_signed_package_holds_and_tells_who_signed_it(check):
    verification = check(signed_zip())
    assert isinstance(verification.verdict, Yes)
    assert verification.ambiguities == ()
    envelope = verification.envelope
    assert (envelope.profile, envelope.job, envelope.signed_at, envelope.expires) == (PROFILE, JOB, SIGNED, EXPIRES)


def test_compression_is_not_signed(check):
    assert isinstance(check(signed_zip(method=0)).verdict, Yes)


def test_times_and_permissions_are_not_signed(check):
    entries = [Member(m.name, m.data, m.method, mode=0o100755, extra=b"") for m in members(signed_files())]
    assert isinstance(check(zip_of(*entries)).verdict, Yes)


@pytest.mark.parametrize(
    "change",
    [
        lambda files: {**files, "index.py": files["index.py"].replace(b"1", b"2")},
        lambda files: {("other.py" if name == "index.py" else name): body for name, body in files.items()},
        lambda files: dict(sorted(files.items(), reverse=True)),
        lambda files: {**files, "new.py": b""},
        lambda files: {name: body for name, body in files.items() if name != "lib/"},
        lambda files: {name: body for name, body in files.items() if name != "META_INF/"},
    ],
    ids=["content", "renamed", "reordered", "added", "a folder removed", "the signature's folder removed"],
)
def test_what_is_changed_after_signing_is_not_what_was_signed(check, change):
    assert set(failed(check(zip_of(*members(change(signed_files())))))) == {Check.DIGEST}


def test_a_package_without_signature_is_not_signed(check):
    assert failed(check(zip_of(*members(FILES)))) == {Check.PRESENT: "the package is not signed by AWS Signer"}


def test_two_signature_files_are_not_one(check):
    files = signed_files()
    twice = zip_of(*members(files), Member(SIGNATURE, files[SIGNATURE]))
    assert failed(check(twice)) == {Check.PRESENT: "there are 2 signature files, not one"}


def test_the_root_of_somebody_else_is_not_trusted(check, tmp_path):
    verification = verify(put(tmp_path, signed_zip()), trust(NOW, Roots(), ask_revocation=False))
    assert set(failed(verification)) == {Check.CHAIN}
    assert "the root is not trusted: O=Orders,CN=root, sha256 " in failed(verification)[Check.CHAIN]


@pytest.mark.parametrize(
    ("chain", "reason"),
    [
        (usual_chain()[:2], "nobody there has issued O=Orders,CN=issuing"),
        ((*usual_chain()[:1], *usual_chain()[2:]), "nobody there has issued O=Orders,CN=leaf"),
        (
            (certificate("leaf", "issuing", authority=False, end=SIGNED - dt.timedelta(1)), *usual_chain()[1:]),
            "O=Orders,CN=leaf was not valid when the package was signed",
        ),
        (
            (certificate("leaf", "issuing", authority=False, start=SIGNED + dt.timedelta(1)), *usual_chain()[1:]),
            "O=Orders,CN=leaf was not valid when the package was signed",
        ),
        (
            (usual_chain()[0], certificate("issuing", "middle", authority=False), *usual_chain()[2:]),
            "O=Orders,CN=issuing may not issue certificates",
        ),
        (
            (*usual_chain()[:2], certificate("middle", "root", limit=0), usual_chain()[3]),
            "O=Orders,CN=middle may not have 1 authorities below it",
        ),
        (
            (certificate("leaf", "issuing", authority=False, signer="other"), *usual_chain()[1:]),
            "nobody there has issued O=Orders,CN=leaf",
        ),
    ],
)
def test_a_chain_has_to_be_whole_and_valid_at_the_time_of_signing(check, chain, reason):
    assert failed(check(signed_zip(signing=Signing(chain=chain)))) == {Check.CHAIN: reason}


def test_a_chain_that_has_ended_since_then_still_holds(check):
    assert usual_chain()[0].not_valid_after_utc < NOW
    assert isinstance(check(signed_zip()).verdict, Yes)


def test_a_root_that_is_not_in_the_signature_is_taken_from_those_given(check):
    assert isinstance(check(signed_zip(signing=Signing(chain=usual_chain()[:3]))).verdict, Yes)


def test_a_signature_by_another_key_does_not_hold(check):
    assert set(failed(check(signed_zip(signing=Signing(signer="other"))))) == {Check.SIGNATURE}


def test_a_signature_has_an_end(check):
    assert isinstance(check(signed_zip(), at=EXPIRES - dt.timedelta(seconds=1)).verdict, Yes)
    assert set(failed(check(signed_zip(), at=EXPIRES))) == {Check.EXPIRY}
    assert set(failed(check(signed_zip(), at=SIGNED - dt.timedelta(days=1)))) == {Check.EXPIRY}


def test_a_profile_version_is_an_allowed_one_or_not(check):
    assert isinstance(check(signed_zip(), profiles=(PROFILE,)).verdict, Yes)
    assert isinstance(check(signed_zip(), profiles=(PROFILE.rpartition("/")[0],)).verdict, Yes)
    assert set(failed(check(signed_zip(), profiles=(PROFILE[:-1],)))) == {Check.PUBLISHER}


def test_revocation_is_unknown_and_the_call_that_settles_it_is_told(check):
    verification = check(signed_zip(), ask_revocation=True)
    assert isinstance(verification.verdict, Unsure)
    [unknown] = verification.verdict.unknowns
    assert f"--profile-version-arn {PROFILE} --job-arn {JOB}" in unknown.settle
    assert all(digest in unknown.settle for digest in verification.hashes)
    assert [len(digest) for digest in verification.hashes] == [192] * 3
    assert all(left[96:] == right[:96] for left, right in pairwise(verification.hashes))


@pytest.mark.parametrize(
    ("entities", "kind"), [([], Yes), ([JOB], No), ([PROFILE], No), (["hash"], No), ([JOB + "0"], Unsure)]
)
def test_what_aws_answered_about_revocation_settles_it(check, tmp_path, entities, kind):
    hashes = check(signed_zip()).hashes
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({"revokedEntities": [hashes[1] if each == "hash" else each for each in entities]}))
    found = check(signed_zip(), ask_revocation=True, revocation=read_revocation(str(answer)))
    assert isinstance(found.verdict, kind)


@pytest.mark.parametrize(
    ("signing", "reason"),
    [
        (Signing(armour="CMS"), "it is no PEM block of type PKCS7"),
        (Signing(signers=2), "it has 2 signers, not one"),
        (Signing(signers=0), "it has 0 signers, not one"),
        (Signing(content=der(4, b"x")), "its signature is not detached from plain data"),
        (Signing(without=("1.3.187.137.1.2",)), "it does not state its signing job"),
        (Signing(without=("1.3.187.137.1.3",)), "it does not state its expiry"),
        (Signing(without=("1.3.187.137.1.4",)), "it does not state its signing profile version"),
        (Signing(without=("1.2.840.113549.1.9.4",)), "it does not state its digest"),
        (Signing(without=("1.2.840.113549.1.9.3",)), "it does not state that it signs plain data"),
        (
            Signing(extra=(attribute("1.3.187.137.1.4", der(12, b"arn:aws:signer:::x")),)),
            "its attribute 1.3.187.137.1.4 does not stand there once, with one value",
        ),
        (Signing(digest=b"short"), "its digest is none of SHA-384"),
        (Signing(profile="orders"), "its signing profile version is no ARN"),
        (Signing(profile=PROFILE + "\x1b[2J"), "its signing profile version is no ARN"),
        (Signing(chain=usual_chain() * 5), "it has more than 16 certificates"),
    ],
)
def test_a_signature_file_of_another_form_is_refused_with_its_reason(check, signing, reason):
    assert failed(check(signed_zip(signing=signing))) == {Check.ENVELOPE: f"the signature file is damaged: {reason}"}


def test_what_is_ambiguous_is_told_although_the_signature_holds(check):
    whole = signed_files()
    first, *rest = members(whole)
    for data, word in (
        (zip_of(first, *rest, suffix=b"behind"), "data follow the end of the archive"),
        (zip_of(first, *rest, prefix=b"before"), "data precede the archive"),
        (zip_of(Member(first.name, first.data, behind=b"gap"), *rest), "data lie between entries"),
        (zip_of(Member(first.name, first.data, front={"name": b"other.py"}), *rest), "is not the one in the directory"),
    ):
        verification = check(data)
        assert isinstance(verification.verdict, Yes), word
        assert any(word in text for text in verification.ambiguities)


def test_an_entry_that_only_some_programs_see_is_told(check):
    hidden = Member("evil.py", b"import os\n")
    entries = members(signed_files())
    verification = check(zip_of(hidden, *entries, unlisted=(hidden,)))
    assert isinstance(verification.verdict, Yes)
    assert any("evil.py" in text and "not in the directory" in text for text in verification.ambiguities)


def test_a_name_that_is_there_twice_is_told(check):
    files = {**FILES, "META_INF/": b""}
    twice = [*members(files), Member("index.py", b"import os\n")]
    both = b"".join(member.name.encode() + member.data for member in twice)
    data = zip_of(*twice, Member(SIGNATURE, Signing().file(digest_of({"": both}))))
    verification = check(data)
    assert isinstance(verification.verdict, Yes)
    assert verification.ambiguities == ("index.py: the name is there more than once",)


def test_content_that_can_be_cut_into_another_entry_is_told_and_the_cut_still_verifies(check):
    notes = {"docs/notes.txt": b"Orders.\nhandler2.pyimport os\n", "index.py": FILES["index.py"]}
    verification = check(signed_zip(notes))
    assert isinstance(verification.verdict, Yes)
    [told] = verification.ambiguities
    assert told.startswith("docs/notes.txt: from byte 8 on it reads as an entry `handler2.py`")
    whole = signed_files(notes)
    cut = {"docs/notes.txt": b"Orders.\n", "handler2.py": b"import os\n", **{k: whole[k] for k in list(whole)[1:]}}
    assert isinstance(check(zip_of(*members(cut))).verdict, Yes)


def test_a_cut_is_found_wherever_the_content_is_divided(check):
    for before in (0, 4090, 4096 + (1 << 19) - 5, (1 << 19) + 4096 + 100):
        notes = {"notes.txt": b" " * before + b"x/handler2.pyimport os\n"}
        recuts = [cut for cut in check(signed_zip(notes, method=0)).reading.recuts if cut.sharp]
        assert [(cut.offset, cut.path) for cut in recuts] == [(before, "x/handler2.py")]


def test_a_comment_that_names_a_file_is_usual(check):
    bundle = {"index.js": b"// node_modules/x/index.js\nvar x = require('y')\n"}
    verification = check(signed_zip(bundle))
    assert verification.ambiguities == ()
    assert [cut.path for cut in verification.reading.recuts] == ["node_modules/x/index.js"]


def test_damaged_content_is_named_and_no_answer_is_a_yes(check):
    data = bytearray(signed_zip())
    data[data.find(b"lib/names.txt") + len("lib/names.txt") + 2] ^= 0xFF
    verification = check(bytes(data))
    assert not isinstance(verification.verdict, Yes)
    assert [fault.place for fault in verification.reading.lost] == ["lib/names.txt"]


def test_no_zip_is_an_error_that_says_so(tmp_path):
    for data in (b"", b"text", b"\x1f\x8b\x08" + b"\0" * 30):
        with pytest.raises(InputError):
            verify(put(tmp_path, data, "package.bin"), trust(NOW))
    with pytest.raises(InputError):
        verify(tmp_path / "absent.zip", trust(NOW))


GOOD = signed_zip()


@settings(max_examples=300, deadline=None)
@given(where=st.integers(0, 1 << 20), change=st.integers(1, 255))
def test_a_changed_byte_never_passes_unless_it_is_one_that_is_not_signed(where, change, roots, tmp_path_factory):
    """What is not signed are times, permissions and other fields of headers: there names and contents stay what they are."""
    bad = bytearray(GOOD)
    bad[where % len(bad)] ^= change
    folder = tmp_path_factory.mktemp("changed")
    path = put(folder, bytes(bad))
    try:
        verification = verify(path, trust(NOW, roots, ask_revocation=False))
    except InputError:
        return
    if isinstance(verification.verdict, Yes) and not verification.ambiguities:
        assert _contents(path) == _contents(put(folder, GOOD, "good.zip"))


def _contents(path):
    return [(name, content) for name, _, content in unpacked(path)[0]]
