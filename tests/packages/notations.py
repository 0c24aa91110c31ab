"""Signatures of images as Notation and cosign write them, and layouts that hold them."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode, urlsafe_b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from images import described, layer, oci, sha
from signatures import SIGNED, key, raw, usual_chain

NOTATION = "application/vnd.cncf.notary.signature"
COSIGN = "application/vnd.dev.cosign.simplesigning.v1+json"


def url(data: bytes | dict) -> str:
    """Base64 as JWS has it."""
    return urlsafe_b64encode(json.dumps(data).encode() if isinstance(data, dict) else data).decode().rstrip("=")


def jws(digest: str, *, signer: str = "leaf", chain=None, **protected) -> bytes:
    """An envelope of Notation over the digest of a manifest."""
    said = {
        "alg": "ES384",
        "cty": "application/vnd.cncf.notary.payload.v1+json",
        "crit": ["io.cncf.notary.signingScheme"],
        "io.cncf.notary.signingScheme": "notary.x509",
        "io.cncf.notary.signingTime": SIGNED.isoformat(),
        **protected,
    }
    payload = url({"targetArtifact": {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": digest}})
    signed = f"{url(said)}.{payload}".encode()
    numbers = decode_dss_signature(key(signer).sign(signed, ec.ECDSA(hashes.SHA384())))
    signature = b"".join(number.to_bytes(48, "big") for number in numbers)
    x5c = [b64encode(raw(each)).decode() for each in chain or usual_chain()]
    return json.dumps(
        {"payload": payload, "protected": url(said), "header": {"x5c": x5c}, "signature": url(signature)}
    ).encode()


def image() -> tuple[dict[str, bytes], str]:
    """The files of a layout with one image, and the digest of its manifest."""
    files = oci([layer(("app.py", b"1"))], pack=lambda data: gzip.compress(data, mtime=0))
    return files, json.loads(files["index.json"])["manifests"][0]["digest"]


def signed(envelope: bytes, subject: str, media_type: str = "application/jose+json") -> dict[str, bytes]:
    """A layout with an image and a signature of Notation that is attached to some manifest."""
    files, _ = image()
    config = b"{}"
    manifest = json.dumps(
        {
            "schemaVersion": 2,
            "artifactType": NOTATION,
            "config": described(config, "application/vnd.oci.empty.v1+json"),
            "layers": [described(envelope, media_type)],
            "subject": {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": subject, "size": 1},
        }
    ).encode()
    return with_manifest(files, manifest, config, envelope)


def with_manifest(files: dict[str, bytes], manifest: bytes, *blobs: bytes, **other) -> dict[str, bytes]:
    """A layout with one more manifest and its blobs."""
    index = json.loads(files["index.json"])
    index["manifests"].append({**described(manifest, "application/vnd.oci.image.manifest.v1+json"), **other})
    more = {f"blobs/sha256/{sha(blob)[7:]}": blob for blob in (manifest, *blobs)}
    return {**files, **more, "index.json": json.dumps(index).encode()}


def cosigned(covers: str, tag: str) -> dict[str, bytes]:
    """A layout with an image and what cosign attaches by a tag."""
    files, _ = image()
    payload = json.dumps({"critical": {"image": {"docker-manifest-digest": covers}, "type": "cosign"}}).encode()
    config = b"{}"
    manifest = json.dumps(
        {
            "schemaVersion": 2,
            "config": described(config, "application/vnd.oci.image.config.v1+json"),
            "layers": [described(payload, COSIGN, annotations={"dev.cosignproject.cosign/signature": "AA=="})],
        }
    ).encode()
    name = {"org.opencontainers.image.ref.name": f"{tag.replace(':', '-')}.sig"}
    return with_manifest(files, manifest, config, payload, annotations=name)
