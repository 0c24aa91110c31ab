"""How a file is read, by its path and its first bytes: what it may hold, and what its secrets weigh."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath

from msgspec import Struct

from lambdaward.model import pattern
from lambdaward.secrets.assignments import Kind
from lambdaward.secrets.tables import table

_CODE = table(
    "py pyi js mjs cjs jsx ts mts cts tsx vue svelte java kt kts scala groovy go rb php cs fs vb c h cc cpp hpp rs swift m mm "
    "lua pl pm dart ex exs erl clj r jl sql ipynb graphql proto css scss less map"
)
_MARKUP = table(
    "xml html htm xhtml svg plist csproj fsproj vbproj config pom resx xsl xslt wsdl xaml jsp aspx props targets nuspec"
)
_JSON = table("json json5 jsonc geojson har")
_OTHERS = pattern(
    r"(?:^|/)(?:node_modules|site-packages|dist-packages|bower_components|vendor/bundle|vendor/[^/]+\.[^/]+/|gems/[^/]+-\d|"
    r"\.yarn|\.pnpm|jspm_packages)/|\.(?:dist-info|egg-info)/"
)
_LIBRARY = pattern(
    r"\.(?:jar|war|ear|whl|egg|gem|nupkg|aar|pyz)$|(?:^|/)(?:node_modules|site-packages)/", re.IGNORECASE
)
_TRIALS = pattern(
    r"(?i)(?:^|[/!])(?:tests?|testing|testdata|test_data|__tests__|specs?|fixtures?|examples?|samples?|mocks?|__mocks__|docs?|"
    r"documentation|demos?|testutils?|test[_-][^/]*|[^/]*[_.-](?:tests?|specs?|mocks?|examples?|samples?)(?:\.\w+)?)(?:[/!]|$)|\.(?:md|rst|adoc)$"
)


class Manner(Struct, frozen=True):
    """How a file is read. `given` is whether names with values are looked for at all: in other people's code they are not, as
    its strings are part of what it does. `trial` is whether it is a test, an example or documentation."""

    kind: Kind
    given: bool
    trial: bool


def manner(path: str, chain: tuple[str, ...], head: bytes, installed: Collection[str] = ()) -> Manner:
    """How the file at a path, inside some archives, is read. `installed` are the files that an installer has put there."""
    whole = "!".join((*chain, path))
    others = (
        any(name in installed for name in (*chain, path))
        or _OTHERS.search(path) is not None
        or any(map(_LIBRARY.search, chain))
    )
    return Manner(_kind(path, head), given=not others and b"\0" not in head, trial=is_trial(whole))


def is_trial(path: str) -> bool:
    """Whether a path is that of a test, an example or documentation."""
    return _TRIALS.search(path) is not None


def _kind(path: str, head: bytes) -> Kind:
    name = PurePosixPath(path).name.lower()
    suffix = name.rpartition(".")[2] if "." in name else ""
    if suffix in _MARKUP or head.lstrip()[:1] == b"<":
        return Kind.STRINGS | Kind.MARKUP
    if suffix in _CODE or suffix in _JSON:
        return Kind.STRINGS
    return Kind.STRINGS | Kind.SETTINGS
