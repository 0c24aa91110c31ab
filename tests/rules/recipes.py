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
    """An image: `config`, the times of its `history`, and its `layers`, each with files by path with their rights."""
    layers = [
        _tar({name: (f"content of {name}".encode(), mode) for name, mode in files.items()})
        for files in recipe["layers"]
    ]
    config = {
        "architecture": "amd64",
        "os": "linux",
        "config": recipe.get("config", {}),
        "history": [{"created": time} for time in recipe.get("history", ())],
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(data).hexdigest()}" for data in layers]},
    }
    paths = [f"{number:064x}/layer.tar" for number, _ in enumerate(layers)]
    saved = [{"Config": "config.json", "RepoTags": recipe.get("tags", []), "Layers": paths}]
    files = {"config.json": json.dumps(config).encode(), "manifest.json": json.dumps(saved).encode()}
    return _tar({name: (data, "644") for name, data in (files | dict(zip(paths, layers, strict=True))).items()})


def _tar(files: dict[str, tuple[bytes, str]]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, (data, mode) in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(data), int(mode, 8)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


RECIPES = {".zip": zip_of, ".tar": image_of}
