"""Linking local code: folders, archives, inline text, images and the contexts of images that functions and layers run. Nothing is
opened here, and nothing outside of the scanned folder is linked.
"""

from __future__ import annotations

import os

from lambdaward.model import Code, LocalCode, Problem, Resource, Unknown, dig, literal, pattern, show
from lambdaward.sources.files import below, is_file, is_folder

BUILD = "build the application first (`sam build`, `cdk synth`)"
SAM_BUILD = ".aws-sam/build"
_SAVED = (".tar", ".tar.gz", ".tgz")
_REMOTE = pattern(r"(?i)[a-z][a-z0-9+.-]*://")
Linked = tuple[Code, Problem | None]


def link_code(resource: Resource, base: str, root: str) -> Linked:
    """The code of a function or the content of a layer, and a fault where its path cannot be used. `root` is the folder that
    nothing is linked outside of, its links followed."""
    code = resource.properties.get("Code", resource.properties.get("Content"))
    if isinstance(code, Unknown):
        return code, None
    inline = None if isinstance(code, str) else dig(code, "ZipFile")
    if inline is not None:
        return LocalCode("inline", inline=show(inline)), None
    asset = literal(dig(resource.metadata, "aws:asset:path"))
    context = literal(dig(resource.metadata, "DockerContext"))
    image = dig(code, "ImageUri") is not None or resource.properties.get("PackageType") == "Image"
    if image and root and (archive := _archive(resource, literal(dig(code, "ImageUri")), base, root)):
        return LocalCode("image", archive, root=root), None
    location = code if isinstance(code, str) else context if image else None
    location = location or (asset if isinstance(code, dict) or image else None)
    if not root or not location or _REMOTE.match(location):
        return _elsewhere(image=image), None
    return _local(resource, location, base, root, "context" if image else "build" if asset else "folder")


def _archive(resource: Resource, named: str | None, base: str, root: str) -> str:
    """The image of a function that lies on this machine, relative to the root: what `ImageUri` names there, as SAM reads it, or
    what was saved beside the builds of other functions under the resource's name. Empty when there is none."""
    built = f"{SAM_BUILD}/{resource.id.name}"
    given = (named,) if named and not _REMOTE.match(named) else ()
    for place in (*given, *(built + ending for ending in _SAVED), built):
        path = below(os.path.join(base, place), root)  # noqa: PTH118 - as above
        if path is not None and (is_file(path / "oci-layout") or (is_file(path) and place != built)):
            return path.relative_to(root).as_posix()
    return ""


def _elsewhere(*, image: bool) -> Unknown:
    if image:
        settle = f"save it with `docker save` as {SAM_BUILD}/NAME.tar, NAME being the function's in the template"
        return Unknown("the code is a container image", settle)
    return Unknown("the code is not on this machine", "scan the folder it is built from")


def _local(resource: Resource, location: str, base: str, root: str, kind: str) -> Linked:
    path = below(os.path.join(base, location), root)  # noqa: PTH118 - texts: `pathlib` takes as long as the rest
    if path is None:
        return _outside(resource, location)
    shown = path.relative_to(root).as_posix()
    if is_folder(path):
        built = below(os.path.join(base, SAM_BUILD, resource.id.name), root) if kind == "folder" else None  # noqa: PTH118
        there = built is not None and is_folder(built)
        return LocalCode(
            kind, shown, root=root, built=built.relative_to(root).as_posix() if built and there else ""
        ), None
    if is_file(path):
        return LocalCode("zip" if path.suffix in (".zip", ".jar") else "file", shown, root=root), None
    return Unknown(f"the code `{location}` is not there", BUILD), None


def _outside(resource: Resource, location: str) -> Linked:
    problem = f"the code of {resource.shown}, `{location}`, lies outside of the scanned folder"
    fault = Problem(resource.id.stack, problem, "scan a folder that holds both", fatal=False)
    return Unknown(f"the code `{location}` lies outside of the scanned folder", fault.remedy), fault
