"""The JSON files of a cloud assembly, as far as they are needed.

Source: the schema of `@aws-cdk/cloud-assembly-schema` (read November 2026); unknown fields are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from lambdaward.model import InputError
from lambdaward.sources.files import read_bytes

T = TypeVar("T")
MOST_BYTES = 64 * 1024 * 1024
STACK = "aws:cloudformation:stack"
ASSETS = "cdk:asset-manifest"
NESTED_ASSEMBLY = "cdk:cloud-assembly"


class Entry(Struct, frozen=True):
    """A note on a construct."""

    type: str = ""
    data: object = None


Notes = Mapping[str, tuple[Entry, ...]]


class Properties(Struct, frozen=True, rename="camel"):
    """The properties of an artifact: each kind uses some of them."""

    template_file: str = ""
    stack_name: str = ""
    file: str = ""
    directory_name: str = ""


class Artifact(Struct, frozen=True, rename="camel"):
    """One product of synthesis: a stack, its asset manifest, a nested assembly (a stage)."""

    type: str = ""
    environment: str = ""
    properties: Properties = Properties()
    metadata: Notes = {}
    additional_metadata_file: str = ""


class Manifest(Struct, frozen=True):
    """`manifest.json` of an assembly."""

    artifacts: Mapping[str, Artifact] = {}


class Source(Struct, frozen=True):
    """Where an asset lies, relative to its assembly: a file, or the folder of an image. One that a command builds at deployment
    has neither."""

    path: str = ""
    directory: str = ""


class Destination(Struct, frozen=True, rename="camel"):
    """Where an asset is uploaded to: the key of a file, or the tag of an image."""

    object_key: str = ""
    image_tag: str = ""


class Asset(Struct, frozen=True):
    """A file or folder that is uploaded at deployment, or an image that is built from one."""

    source: Source = Source()
    destinations: Mapping[str, Destination] = {}


class AssetManifest(Struct, frozen=True, rename="camel"):
    """`*.assets.json`."""

    files: Mapping[str, Asset] = {}
    docker_images: Mapping[str, Asset] = {}


def decode(file: Path, shown: str, kind: type[T]) -> T:
    """Read one of the files above. Raises `InputError`."""
    try:
        data = read_bytes(file, shown, MOST_BYTES)
        if len(data) > MOST_BYTES:
            raise InputError(shown, f"the file has more than {MOST_BYTES:,} bytes", "is it the output of `cdk synth`?")
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(shown, f"not a cloud assembly's file: {error}", "run `cdk synth` again") from None
