"""Walking a folder: every folder that is not left out, with its files. Symbolic links to folders are not followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from lambdaward.sources.discover.ignoring import NEVER, Ignore
from lambdaward.sources.discover.naming import display

SAM_BUILD = ".aws-sam"
SERVERLESS_BUILD = ".serverless"
CDK_BUILD = "cdk.out"
BUILDS = frozenset({SAM_BUILD, SERVERLESS_BUILD, CDK_BUILD})
CDK_MANIFEST = "manifest.json"


class Folder(Struct, frozen=True):
    """A folder of a walk: its absolute path, the names of its files, and of the build outputs that it holds. `assembly` when
    it is itself the output of a CDK app.
    """

    path: Path
    files: tuple[str, ...] = ()
    builds: tuple[str, ...] = ()
    assembly: bool = False


def walk(top: Path, given: Path, ignore: Ignore) -> Iterator[Folder]:
    """Every folder from `top` down, in order of names. Build outputs are named, not entered: each has its own reader."""
    for place, folders, files in os.walk(top):
        here = Path(place)
        ignore.enter(here)
        if is_assembly(files):
            folders.clear()
            yield Folder(here, assembly=True)
            continue
        shown = display(here, given)
        kept = [name for name in sorted(folders) if not ignore.excluded(f"{shown}/{name}/")]
        folders[:] = [name for name in kept if name not in BUILDS and _entered(here / name, ignore)]
        wanted = (name for name in sorted(files) if not ignore.ignored(here / name, folder=False))
        names = tuple(name for name in wanted if not ignore.excluded(f"{shown}/{name}"))
        yield Folder(here, names, tuple(name for name in kept if name in BUILDS))


def is_assembly(files: list[str]) -> bool:
    """Whether files are those of a CDK cloud assembly, whatever its folder is called."""
    return CDK_MANIFEST in files and CDK_BUILD in files


def _entered(path: Path, ignore: Ignore) -> bool:
    if path.name in NEVER or ignore.ignored(path, folder=True):
        return False
    return not (path / "pyvenv.cfg").exists()
