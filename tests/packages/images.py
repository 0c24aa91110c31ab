"""Recipes for container images: OCI layouts and what `docker save` writes."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from archives import tar_entry, tar_header, tar_of

CONFIG, MANIFEST = "application/vnd.oci.image.config.v1+json", "application/vnd.oci.image.manifest.v1+json"


def configuration(layers: list[bytes]) -> dict:
    """What an image says of itself."""
    file_system = {"type": "layers", "diff_ids": [sha(data) for data in layers]}
    return {"architecture": "amd64", "os": "linux", "config": {"Env": ["A=b"]}, "rootfs": file_system}


def layer(*files: tuple[str, bytes | None]) -> bytes:
    """A layer: files by name; `None` makes a folder."""
    parts = [tar_header(n.encode() + b"/", 0, b"5") if d is None else tar_entry(n.encode(), d) for n, d in files]
    return tar_of(*parts)


def sha(data: bytes) -> str:
    """A digest."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def described(data: bytes, media_type: str = "", **other) -> dict:
    """A reference to content."""
    return {"mediaType": media_type, "digest": sha(data), "size": len(data), **other}


def oci(
    layers: list[bytes], *, pack: Callable[[bytes], bytes] = gzip.compress, config: dict | None = None, **changes
) -> dict[str, bytes]:
    """The files of an OCI layout. `changes` replaces documents: `manifest`, `index`, `descriptors`."""
    packed = [pack(data) for data in layers]
    settings = json.dumps(config or configuration(layers)).encode()
    kind = "application/vnd.oci.image.layer.v1.tar+gzip"
    descriptors = changes.get("descriptors", [described(data, kind) for data in packed])
    manifest = changes.get(
        "manifest",
        json.dumps({"schemaVersion": 2, "config": described(settings, CONFIG), "layers": descriptors}).encode(),
    )
    index = changes.get(
        "index", json.dumps({"schemaVersion": 2, "manifests": [described(manifest, MANIFEST)]}).encode()
    )
    blobs = {f"blobs/sha256/{sha(data)[7:]}": data for data in (*packed, settings, manifest)}
    return {"oci-layout": b'{"imageLayoutVersion": "1.0.0"}', "index.json": index, **blobs}


def docker(layers: list[bytes]) -> dict[str, bytes]:
    """The files of what `docker save` wrote before it wrote OCI layouts."""
    config = json.dumps({"config": {}, "rootfs": {"diff_ids": [sha(data) for data in layers]}}).encode()
    paths = [f"{number:064x}/layer.tar" for number, _ in enumerate(layers)]
    manifest = [{"Config": f"{sha(config)[7:]}.json", "RepoTags": ["fn:latest"], "Layers": paths}]
    return {
        **dict(zip(paths, layers, strict=True)),
        f"{sha(config)[7:]}.json": config,
        "manifest.json": json.dumps(manifest).encode(),
    }


def as_tar(files: dict[str, bytes]) -> bytes:
    """Files as a tar."""
    return tar_of(*(tar_entry(name.encode(), data) for name, data in files.items()))


def as_folder(root: Path, files: dict[str, bytes]) -> Path:
    """Files as a folder."""
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root
