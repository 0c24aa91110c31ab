"""Reading a cloud assembly: its stacks, those of its stages, and what the manifests know of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from lambdaward.model import InputError, Problem
from lambdaward.sources.cdk.manifest import (
    ASSETS,
    NESTED_ASSEMBLY,
    STACK,
    Artifact,
    AssetManifest,
    Entry,
    Manifest,
    Notes,
    decode,
)
from lambdaward.sources.cloudformation import Hints
from lambdaward.sources.files import is_file, within

T = TypeVar("T")
DEEPEST = 8
MANIFEST = "manifest.json"


class Synthesized(Struct, frozen=True):
    """A template of an assembly, and what is known of it."""

    path: Path
    hints: Hints


class Assembly(Struct, frozen=True):
    """The templates of an assembly and of the stages inside it, and what could not be read."""

    templates: tuple[Synthesized, ...]
    problems: tuple[Problem, ...]


def read_assembly(folder: Path, shown: str) -> Assembly:
    """Read the assembly in a folder. `shown` is the folder's name for people."""
    reader = _Reader(folder)
    reader.read(folder, shown, 0)
    return Assembly(tuple(reader.templates.values()), tuple(reader.problems))


class _Reader:
    """One pass over an assembly. Nothing outside of its folder is read."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self.templates: dict[Path, Synthesized] = {}
        self.problems: list[Problem] = []

    def read(self, folder: Path, shown: str, depth: int) -> None:
        """Read the manifest in a folder, and those of the stages below."""
        manifest = self._try(folder / MANIFEST, f"{shown}/{MANIFEST}", Manifest)
        if manifest is None:
            return
        assets = dict(self._assets(folder, shown, manifest))
        for artifact in manifest.artifacts.values():
            if artifact.type == STACK:
                self._stack(folder, shown, artifact, assets)
            elif artifact.type == NESTED_ASSEMBLY and depth < DEEPEST:
                name = artifact.properties.directory_name
                if name and self._inside(folder / name, f"{shown}/{MANIFEST}", name):
                    self.read(folder / name, f"{shown}/{name}", depth + 1)

    def _stack(self, folder: Path, shown: str, artifact: Artifact, assets: Mapping[str, str]) -> None:
        name = artifact.properties.template_file
        file = folder / name
        if not name or not self._inside(file, f"{shown}/{MANIFEST}", name):
            return
        if not is_file(file):
            self._fault(f"{shown}/{MANIFEST}", f"the template `{name}` is not there", "run `cdk synth` again")
            return
        hints = Hints(
            pseudo=_pseudo(artifact), assets=assets, constructs=dict(self._constructs(folder, shown, artifact))
        )
        self.templates.setdefault(file.resolve(), Synthesized(file, hints))

    def _constructs(self, folder: Path, shown: str, artifact: Artifact) -> Iterator[tuple[str, str]]:
        """The construct path of each logical id."""
        notes: list[Notes] = [artifact.metadata]
        name = artifact.additional_metadata_file
        if name and self._inside(folder / name, f"{shown}/{MANIFEST}", name):
            notes.append(self._try(folder / name, f"{shown}/{name}", dict[str, tuple[Entry, ...]]) or {})
        for path, entries in (item for note in notes for item in note.items()):
            for entry in entries:
                if entry.type == "aws:cdk:logicalId" and isinstance(entry.data, str):
                    yield entry.data, path.lstrip("/")

    def _assets(self, folder: Path, shown: str, manifest: Manifest) -> Iterator[tuple[str, str]]:
        """The local path of each object that is uploaded, by its key, and of each image's context, by its tag."""
        for artifact in manifest.artifacts.values():
            name = artifact.properties.file
            if artifact.type != ASSETS or not name or not self._inside(folder / name, f"{shown}/{MANIFEST}", name):
                continue
            assets = self._try(folder / name, f"{shown}/{name}", AssetManifest)
            for asset in (*assets.files.values(), *assets.docker_images.values()) if assets else ():
                path = asset.source.path or asset.source.directory
                yield from ((to.object_key or to.image_tag, path) for to in asset.destinations.values() if path)

    def _inside(self, path: Path, shown: str, name: str) -> bool:
        """Whether a file lies inside of the assembly; a fault where it does not."""
        inside = within(path, self._root) is not None
        if not inside:
            self._fault(shown, f"`{name}` lies outside of the assembly", "run `cdk synth` again")
        return inside

    def _try(self, file: Path, shown: str, kind: type[T]) -> T | None:
        try:
            return decode(file, shown, kind)
        except InputError as error:
            self._fault(error.file, error.problem, error.remedy, fatal=True)
            return None

    def _fault(self, file: str, message: str, remedy: str, *, fatal: bool = False) -> None:
        self.problems.append(Problem(file, message, remedy, fatal=fatal))


def _pseudo(artifact: Artifact) -> dict[str, str]:
    """The pseudo parameters that are known: the stack's name, and the environment where the app fixes it."""
    account, _, region = artifact.environment.removeprefix("aws://").partition("/")
    known = {"AWS::StackName": artifact.properties.stack_name, "AWS::AccountId": account, "AWS::Region": region}
    return {name: value for name, value in known.items() if value and not value.startswith("unknown-")}
