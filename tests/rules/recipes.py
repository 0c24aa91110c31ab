"""Archives that examples have as a recipe in JSON: zips, and images as `docker save` writes them."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile


def zip_of(modes: dict[str, str]) -> bytes:
    """A zip of files by their path, each with its rights in octal."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, mode in modes.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o100000 | int(mode, 8)) << 16
            package.writestr(entry, f"content of {name}")
    return buffer.getvalue()


def image_of(recipe: dict) -> bytes:
    """An image: `config`, the times of its `history`, and its `layers`, each with files by path with their rights. With a
    signature of `notation` or `sigstore`, its envelope as it is, it is an OCI layout; else it is as `docker save` once wrote
    it."""
    layers = [
        _tar({name: (f"content of {name}".encode(), mode) for name, mode in files.items()})
        for files in recipe["layers"]
    ]
    config = {
        "architecture": "amd64",
        "os": "linux",
        "config": recipe.get("config", {}),
        "history": [{"created": time} for time in recipe.get("history", ())],
        "rootfs": {"type": "layers", "diff_ids": [_digest(data) for data in layers]},
    }
    kinds = {kind: recipe[kind] for kind in SIGNATURES if kind in recipe}
    files = _signed(config, layers, kinds) if kinds else _saved(config, layers, recipe.get("tags", []))
    return _tar({name: (data, "644") for name, data in files.items()})


def _saved(config: dict, layers: list[bytes], tags: list[str]) -> dict[str, bytes]:
    paths = [f"{number:064x}/layer.tar" for number, _ in enumerate(layers)]
    saved = [{"Config": "config.json", "RepoTags": tags, "Layers": paths}]
    files = {"config.json": json.dumps(config).encode(), "manifest.json": json.dumps(saved).encode()}
    return files | dict(zip(paths, layers, strict=True))


SIGNATURES = {
    "notation": ("application/vnd.cncf.notary.signature", "application/jose+json"),
    "sigstore": ("application/vnd.dev.sigstore.bundle.v0.3+json", "application/vnd.dev.sigstore.bundle.v0.3+json"),
}
IMAGE, MANIFEST = "application/vnd.oci.image", "application/vnd.oci.image.manifest.v1+json"


def _signed(config: dict, layers: list[bytes], signatures: dict[str, str]) -> dict[str, bytes]:
    blobs: dict[str, bytes] = {}

    def kept(data: bytes, kind: str) -> dict:
        blobs[f"blobs/sha256/{_digest(data)[7:]}"] = data
        return {"mediaType": kind, "digest": _digest(data), "size": len(data)}

    manifest = {
        "config": kept(json.dumps(config).encode(), f"{IMAGE}.config.v1+json"),
        "layers": [kept(data, f"{IMAGE}.layer.v1.tar") for data in layers],
    }
    index = [kept(json.dumps(manifest).encode(), MANIFEST)]
    for kind, envelope in signatures.items():
        artifact, media_type = SIGNATURES[kind]
        about = {
            "artifactType": artifact,
            "config": kept(b"{}", "application/vnd.oci.empty.v1+json"),
            "layers": [kept(envelope.encode(), media_type)],
            "subject": index[0],
        }
        index.append(kept(json.dumps(about).encode(), MANIFEST))
    return {"oci-layout": b"{}", "index.json": json.dumps({"manifests": index}).encode(), **blobs}


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _tar(files: dict[str, tuple[bytes, str]]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, (data, mode) in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(data), int(mode, 8)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


RECIPES = {".zip": zip_of, ".tar": image_of}
