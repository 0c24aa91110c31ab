"""Answers of Lambda, AWS Signer and ECR, told by the keys on their top: what each part of one describes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

from lambdaward.sources.account.found import Fault, Found
from lambdaward.sources.account.functions import alias, function, whole_function
from lambdaward.sources.account.images import stored_image
from lambdaward.sources.account.layers import layer_version, layers_listed, permissions, versions_listed
from lambdaward.sources.account.signing import config, profile, profiles_listed

Answer = Mapping[str, Any]
T = TypeVar("T")

# The members of a list, each by itself.
_LISTS: Mapping[str, Callable[[Answer], Found]] = MappingProxyType(
    {
        "Functions": function,
        "Versions": function,
        "Aliases": alias,
        "CodeSigningConfigs": config,
        "profiles": profile,
        "imageDetails": stored_image,
    }
)
# A list as a whole, which shows what is not in it.
_LISTINGS: Mapping[str, Callable[[Answer], Found | None]] = MappingProxyType(
    {"LayerVersions": versions_listed, "Layers": layers_listed, "profiles": profiles_listed}
)
# An answer about one thing, by a key that only it has. `Configuration` holds a FunctionArn, and is not one itself.
_SINGLES: Mapping[str, Callable[[Answer], Found]] = MappingProxyType(
    {
        "Configuration": whole_function,
        "FunctionArn": function,
        "LayerVersionArn": layer_version,
        "AliasArn": alias,
        "profileVersionArn": profile,
        "CodeSigningConfig": lambda answer: config(answer["CodeSigningConfig"]),
    }
)


def parts(answer: Answer) -> Iterator[Callable[[], Iterable[Found]]]:
    """Every part of an answer, each to be read by itself, so that one that is broken loses no other."""
    for key, read in _LISTS.items():
        members = answer.get(key)
        yield from (partial(_one, read, member) for member in (members if isinstance(members, list) else ()))
    for key, listed in _LISTINGS.items():
        if isinstance(answer.get(key), list):
            yield partial(_listed, listed, answer)
    for key, read in _SINGLES.items():
        if key in answer:
            yield partial(_one, read, answer)
    if isinstance(answer.get("Policy"), str):
        yield partial(_several, answer)


def _one(read: Callable[[Answer], Found], answer: Answer) -> tuple[Found, ...]:
    return (_guarded(read, answer),)


def _listed(read: Callable[[Answer], Found | None], answer: Answer) -> tuple[Found, ...]:
    found = _guarded(read, answer)
    return () if found is None else (found,)


def _several(answer: Answer) -> tuple[Found, ...]:
    return tuple(_guarded(permissions, answer))


def _guarded(read: Callable[[Answer], T], answer: Answer) -> T:
    """What a reader says. What is no object where the API has one is a `Fault` too."""
    try:
        return read(answer)
    except (AttributeError, TypeError, KeyError, IndexError):
        raise Fault("a part of the answer is not what the API gives") from None
