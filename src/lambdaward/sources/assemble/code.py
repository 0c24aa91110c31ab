"""Linking local code: folders, archives and inline text that functions and layers run. Nothing outside the scanned folder."""

from __future__ import annotations

from pathlib import Path

from lambdaward.model import Code, LocalCode, Problem, Resource, Unknown, Value, dig, literal, show

BUILD = "build the application first (`sam build`, `cdk synth`)"


def link_code(resource: Resource, base: str, root: str) -> tuple[Code, Problem | None]:
    """The code of a function or the content of a layer, and a fault where its path cannot be used."""
    code = resource.properties.get("Code", resource.properties.get("Content"))
    inline = dig(code, "ZipFile") if not isinstance(code, str) else None
    if inline is not None:
        return LocalCode("inline", inline=show(inline)), None
    if dig(code, "ImageUri") is not None:
        return Unknown("the code is a container image", "scan the image"), None
    location = code if isinstance(code, str) else asset(resource, code)
    if location is None:
        return Unknown("the code is not on this machine", "scan the folder it is built from"), None
    return _local(resource, location, Path(base), Path(root))


def asset(resource: Resource, code: Value) -> str | None:
    """The local path of a CDK asset, which the CDK notes in the resource's metadata."""
    path = literal(dig(resource.metadata, "aws:asset:path"))
    return path if path and isinstance(code, dict) else None


def _local(resource: Resource, location: str, base: Path, root: Path) -> tuple[Code, Problem | None]:
    try:
        path = (base / location).resolve()
    except (OSError, ValueError):
        path = Path("/")
    if not path.is_relative_to(root.resolve()):
        fault = Problem(resource.id.stack, f"the code of {resource.shown}, `{location}`, lies outside of the scanned folder",
                        "scan a folder that holds both", fatal=False)  # fmt: skip
        return Unknown(f"the code `{location}` lies outside of the scanned folder", fault.remedy), fault
    shown = path.relative_to(root.resolve()).as_posix()
    if path.is_dir():
        return LocalCode("folder", shown), None
    if path.is_file():
        return LocalCode("zip" if path.suffix in (".zip", ".jar") else "file", shown), None
    return Unknown(f"the code `{location}` is not there", BUILD), None
