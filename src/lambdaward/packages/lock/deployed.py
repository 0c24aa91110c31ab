"""The lock of a project against what an account runs: by hashes, as an account gives no content away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lambdaward.catalog import layer_arn
from lambdaward.model import Estate, Function, Layer, literal, show
from lambdaward.packages.lock.compare import Change, Difference
from lambdaward.packages.lock.locked import Lock, Locked
from lambdaward.packages.lock.project import sha256_of

_ZIP = "the lock has no hash of what is uploaded: lock the zip, with --content"
_ASK = "its hash is in none of the answers: save what `aws lambda get-layer-version-by-arn --arn {}` prints"
Told = Iterator[tuple[Change, bool]]
"""What differs, and whether it is only not known."""


def deployed(estate: Estate) -> tuple[Function, ...]:
    """The functions that an account described."""
    return tuple(function for function in estate.all(Function) if function.code_sha256 is not None)


def compare_deployed(lock: Lock, estate: Estate) -> Difference:
    """What runs in an account and is not as it was locked. A function is found by its name, or by the one that CloudFormation
    makes of its logical id. Functions of the account that no lock names are others' business."""
    layers = {layer.name: layer for layer in lock.layer}
    found: list[tuple[Change, bool]] = []
    for locked in lock.function:
        named = _named(locked, deployed(estate))
        if len(named) == 1:
            found += _differences(locked, named[0], estate, layers)
        else:
            why = (
                f"{len(named)} functions of the account may be meant"
                if named
                else "no function of the account is called so"
            )
            found.append((Change("function", locked.name, "what is deployed", "", why), True))
    changes = tuple(change for change, unknown in found if not unknown)
    return Difference(changes, tuple(change for change, unknown in found if unknown))


def _named(locked: Locked, functions: Sequence[Function]) -> tuple[Function, ...]:
    """The functions that one of a lock may be."""
    own = locked.function_name or locked.name.rpartition("/")[2].rpartition(":")[2]
    exact = tuple(function for function in functions if literal(function.name) == own)
    if exact or locked.function_name:
        return exact
    made = re.compile(rf"[A-Za-z0-9-]+-{re.escape(own)}-[A-Za-z0-9]{{8,14}}")
    return tuple(function for function in functions if made.fullmatch(literal(function.name) or ""))


def _differences(locked: Locked, function: Function, estate: Estate, layers: dict[str, Locked]) -> Told:
    runs = sha256_of(literal(function.code_sha256) or "")
    if locked.code == "image" or locked.image:
        yield from _image(locked, function)
    elif not locked.sha256:
        yield Change("function", locked.name, "package hash", "", _ZIP), True
    elif locked.sha256 != runs:
        yield Change("function", locked.name, "package hash", locked.sha256, runs), False
    for field, what in (("signing_profile", "signing profile"), ("signing_job", "signing job")):
        before, after = getattr(locked, field), literal(getattr(function, field)) or ""
        if before and before != after:
            yield Change("function", locked.name, what, before, after), False
    yield from _layers(locked, function, estate, layers)


def _image(locked: Locked, function: Function) -> Told:
    """The digest of an image: that which its tag meant when it was deployed."""
    runs = (literal(function.resolved_image) or "").partition("@")[2]
    if not locked.image_digest or not runs:
        where = "the answers (save what `aws lambda get-function` prints)" if locked.image_digest else "the lock"
        yield Change("function", locked.name, "image digest", "", f"it is not in {where}"), True
    elif locked.image_digest != runs:
        yield Change("function", locked.name, "image digest", locked.image_digest, runs), False


def _layers(locked: Locked, function: Function, estate: Estate, layers: dict[str, Locked]) -> Told:
    runs = tuple(show(link.value) for link in function.layers)
    if len(runs) != len(locked.layers):
        yield Change("function", locked.name, "layers or their order", ", ".join(locked.layers), ", ".join(runs)), False
        return
    for wanted, link in zip(locked.layers, function.layers, strict=True):
        arn, own = show(link.value), layers.get(wanted)
        if layer_arn(wanted) is not None:
            if wanted != arn:
                yield Change("function", locked.name, "layers or their order", wanted, arn), False
            continue
        there = estate.follow(Layer, link)
        digest = sha256_of(literal(there.code_sha256) or "") if there else ""
        if own is None or not own.sha256 or not digest:
            why = _ASK.format(arn) if own and own.sha256 else _ZIP
            yield Change("layer", wanted, "package hash", own.sha256 if own else "", why), True
        elif own.sha256 != digest:
            yield Change("layer", wanted, "package hash", own.sha256, digest), False
