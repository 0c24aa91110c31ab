"""Walking a folder: every folder that is not left out, with its files. Symbolic links to folders are not followed."""

# ruff: noqa: PTH110, PTH118, PTH119 - a walk is long, and texts are several times faster than paths

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from lambdaward.sources.discover.beside import may_hold_values
from lambdaward.sources.discover.ignoring import NEVER, Ignore, Rules
from lambdaward.sources.discover.naming import display
from lambdaward.sources.discover.recognise import may_be_source
from lambdaward.sources.discover.samconfig import NAMES as CONFIGS

SAM_BUILD = ".aws-sam"
SERVERLESS_BUILD = ".serverless"
CDK_BUILD = "cdk.out"
BUILDS = frozenset({SAM_BUILD, SERVERLESS_BUILD, CDK_BUILD})
CDK_MANIFEST = "manifest.json"


class Folder(Struct, frozen=True):
    """A folder of a walk: its absolute path, the names of its files, of the build outputs that it holds, of SAM's own
    configuration files, and of all that may hold values. `assembly` when it is itself the output of a CDK app.
    """

    path: Path
    files: tuple[str, ...] = ()
    builds: tuple[str, ...] = ()
    configs: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    assembly: bool = False


def walk(top: Path, given: Path, ignore: Ignore, lost: Callable[[OSError], None]) -> Iterator[Folder]:
    """Every folder from `top` down, in order of names. Build outputs are named, not entered: each has its own reader. `lost`
    is told of each folder that cannot be read."""
    above = {str(top): ignore.above}
    for place, folders, files in os.walk(top, onerror=lost):
        here = Path(place)
        if is_assembly(files):
            folders.clear()
            yield Folder(here, assembly=True)
            continue
        own, shown = ignore.enter(place, above.pop(place), files), display(here, given)
        kept = [name for name in sorted(folders) if not ignore.excluded(f"{shown}/{name}/")]
        folders[:] = [name for name in kept if name not in BUILDS and _entered(os.path.join(place, name), ignore, own)]
        above |= {os.path.join(place, name): own for name in folders}
        wanted = [name for name in sorted(files) if _is_wanted(name) and not ignore.excluded(f"{shown}/{name}")]
        names = [name for name in wanted if not ignore.ignored(own, os.path.join(place, name), folder=False)]
        builds = tuple(name for name in kept if name in BUILDS)
        yield Folder(
            here,
            tuple(filter(may_be_source, names)),
            builds,
            tuple(name for name in CONFIGS if name in files),
            tuple(filter(may_hold_values, names)),
        )


def _is_wanted(name: str) -> bool:
    return may_be_source(name) or may_hold_values(name)


def is_assembly(files: list[str]) -> bool:
    """Whether files are those of a CDK cloud assembly, whatever its folder is called."""
    return CDK_MANIFEST in files and CDK_BUILD in files


def _entered(path: str, ignore: Ignore, rules: Rules) -> bool:
    if os.path.basename(path) in NEVER or ignore.ignored(rules, path, folder=True):
        return False
    return not os.path.exists(os.path.join(path, "pyvenv.cfg"))
