"""Which layer versions an account has, by the lists that it answered with."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.catalog import LayerArn, layer_arn, newest_version, publisher
from lambdaward.model import Estate, Fact, Layer, Link, Listing, No, Unknown, Unsure, Verdict, Yes, literal

_FOREIGN = Unknown(
    "it belongs to another account",
    "save what `aws lambda get-layer-version-by-arn --arn ARN` prints; an error means that it is gone",
)


def deleted(estate: Estate, link: Link) -> Verdict:
    """Whether a layer version is no longer there. Functions go on running it."""
    arn = layer_arn(literal(link.value) or "")
    if arn is None or not arn.version:
        return Unsure((Unknown("which version it is, is not known", "give the parameters"),))
    if estate.get(Layer, link.target) is not None:
        return No((Fact("the account describes it"),))
    for listing in estate.all(Listing):
        if (told := _told(listing, arn)) is not None:
            return told
    if arn.account not in estate.accounts:
        return Unsure((_FOREIGN,))
    settle = f"save what `aws lambda list-layer-versions --layer-name {arn.name}` prints"
    return Unsure((Unknown("no answer lists its versions", settle),))


def _told(listing: Listing, arn: LayerArn) -> Verdict | None:
    """What one list says about whether a layer version is gone; `None` when it says nothing."""
    versions = sorted(_versions(listing, _head(arn)))
    if int(arn.version) in versions:
        return No((Fact("the account lists it"),))
    if listing.whole is not True:
        return None
    if listing.subject == _head(arn):
        return Yes((Fact(f"of {arn.name}, the account has version {', '.join(map(str, versions))} only"),))
    if _is_of(listing, arn) and not versions:
        return Yes((Fact(f"the account has no layer {arn.name}"),))
    return None


def newest(estate: Estate, arn: LayerArn) -> int:
    """The newest version of a layer that is known: by an account's list, or of AWS's layers by the catalogue; 0 when none is."""
    head = _head(arn)
    listed = [version for listing in estate.all(Listing) for version in _versions(listing, head)]
    known = newest_version(arn.name, arn.region) if publisher(arn.account, arn.name, arn.region) == "AWS" else 0
    return max((*listed, known))


def _head(arn: LayerArn) -> str:
    """The ARN of a layer without its version."""
    return f"arn:{arn.partition}:lambda:{arn.region}:{arn.account}:layer:{arn.name}"


def _versions(listing: Listing, head: str) -> Iterator[int]:
    """The versions of a layer that a list has."""
    for member in listing.members:
        layer, _, version = (literal(member) or "").rpartition(":")
        if layer == head and version.isdecimal():
            yield int(version)


def _is_of(listing: Listing, arn: LayerArn) -> bool:
    """Whether a list is of all layers of the account and Region that a layer is of."""
    return listing.subject == "layers" and listing.id.stack == f"{arn.account}/{arn.region}"
