"""Signatures in OCI layouts: what they cover, and whether those of Notation hold."""

import datetime as dt

import pytest
from archives import put
from images import as_folder, as_tar, docker, layer
from notations import cosigned, image, jws, signed
from signatures import NOW, SIGNED, certificate, usual_chain

from lambdaward.model import InputError, No, Unsure, Yes
from lambdaward.packages.signing import Roots, image_signatures
from lambdaward.packages.signing.chain import fingerprint

ROOT = usual_chain()[-1]
ROOTS = Roots({fingerprint(ROOT): "root"}, (ROOT,))
DIGEST = image()[1]
OTHER = "sha256:" + "ab" * 32


@pytest.fixture
def check(tmp_path):
    """The images of a layout and its signatures."""

    def run(files, roots=ROOTS, at=NOW):
        return image_signatures(as_folder(tmp_path / "layout", files), roots, at)

    return run


def test_a_signature_that_holds_covers_its_image(check):
    images, [found] = check(signed(jws(DIGEST), DIGEST))
    assert images == (DIGEST,)
    assert (found.kind, found.covers, found.here) == ("notation", DIGEST, True)
    assert isinstance(found.verdict, Yes)


def test_a_tar_says_the_same_as_a_folder(tmp_path):
    images, [found] = image_signatures(put(tmp_path, as_tar(signed(jws(DIGEST), DIGEST)), "i.tar"), ROOTS, NOW)
    assert (images, type(found.verdict)) == ((DIGEST,), Yes)


@pytest.mark.parametrize(
    ("envelope", "reason"),
    [
        (jws(OTHER), f"it signs {OTHER}, not the image it is attached to"),
        (jws(DIGEST, signer="other"), "it is not signed by the key of O=Orders,CN=leaf"),
        (jws(DIGEST, alg="none"), "it is not signed by the key of O=Orders,CN=leaf"),
        (jws(DIGEST, alg="PS384"), "it is not signed by the key of O=Orders,CN=leaf"),
        (jws(DIGEST, cty="other"), "it signs no payload of Notation"),
        (jws(DIGEST, chain=usual_chain()[:1]), "nobody there has issued O=Orders,CN=leaf"),
        (jws(DIGEST, chain=usual_chain() * 5), "it has no certificate, or more than any signature has"),
        (jws(DIGEST, **{"io.cncf.notary.signingTime": "soon"}), "it has no time of signing, or a damaged time"),
        (
            jws(DIGEST, **{"io.cncf.notary.signingTime": (SIGNED + dt.timedelta(days=9)).isoformat()}),
            "O=Orders,CN=leaf was not valid when the package was signed",
        ),
        (
            jws(DIGEST, **{"io.cncf.notary.expiry": SIGNED.isoformat()}),
            f"the signature expired on {SIGNED.isoformat()}",
        ),
        (b"{}", "its envelope is damaged"),
        (jws(DIGEST).replace(b'"payload": "', b'"payload": "!'), "its envelope is damaged"),
    ],
)
def test_what_does_not_hold_says_why(check, envelope, reason):
    _, [found] = check(signed(envelope, DIGEST))
    assert isinstance(found.verdict, No)
    assert found.verdict.proof[0].text == reason


def test_the_root_of_somebody_else_is_not_trusted(check):
    evil = (*usual_chain()[:2], certificate("middle", "evil", limit=1), certificate("evil", "evil"))
    _, [found] = check(signed(jws(DIGEST, chain=evil), DIGEST))
    assert "the root is not trusted: O=Orders,CN=evil" in found.verdict.proof[0].text


def test_a_signature_of_another_image_does_not_count_for_this_one(check):
    _, [found] = check(signed(jws(OTHER), OTHER))
    assert (found.covers, found.here) == (OTHER, False)


def test_what_is_not_verified_here_is_unknown_and_says_what_settles_it(check):
    _, [cose] = check(signed(b"\xd2", DIGEST, "application/cose"))
    assert isinstance(cose.verdict, Unsure)
    assert cose.verdict.unknowns[0].settle == "verify it with `notation verify`"
    _, [found] = check(cosigned(DIGEST, DIGEST))
    assert (found.kind, found.covers, found.here, type(found.verdict)) == ("cosign", DIGEST, True, Unsure)


def test_a_payload_of_cosign_for_another_image_is_not_taken_for_the_tag_it_stands_under(check):
    assert check(cosigned(OTHER, DIGEST))[1] == ()


def test_content_that_does_not_have_its_digest_is_not_read(check):
    files = signed(jws(DIGEST), DIGEST)
    changed = {
        name: data + b" " if name.startswith("blobs/") and b"targetArtifact" not in data and b"x5c" in data else data
        for name, data in files.items()
    }
    _, [found] = check(changed)
    assert found.verdict.proof[0].text == "its envelope is damaged"


def test_what_is_no_layout_is_an_error_that_says_so(tmp_path):
    for path in (
        as_folder(tmp_path / "docker", docker([layer(("a", b"1"))])),
        put(tmp_path, as_tar(docker([layer(("a", b"1"))])), "i.tar"),
        tmp_path / "absent",
    ):
        with pytest.raises(InputError):
            image_signatures(path, ROOTS, NOW)


@pytest.mark.parametrize(
    ("envelope", "strange"),
    [
        (jws(DIGEST), True),
        (jws(DIGEST, signer="other"), False),
        (jws(DIGEST, **{"io.cncf.notary.expiry": "2026-10-02T00:00:00+00:00"}), False),
    ],
    ids=["whole", "by another key", "expired"],
)
def test_a_signature_is_strange_when_only_its_root_is_in_the_way(check, envelope, strange):
    _, [found] = check(signed(envelope, DIGEST), Roots())
    assert isinstance(found.verdict, No)
    assert found.strange is strange
