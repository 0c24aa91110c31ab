"""The AWS services that invoke functions: their principals, and what they say about where a call comes from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from lambdaward.catalog.sheet import sheet
from lambdaward.model import pattern

_REGION = pattern(r"\.(?:cn|us-gov|us-iso[a-z]?|[a-z]{2})-[a-z]{1,12}-\d\b")


class Service(Struct, frozen=True, kw_only=True):
    """A service that invokes functions. `arns` are the service segments of the ARNs it sends as the source; the flags are
    `None` where AWS does not say. `account_in_arn`: whether that ARN names an account (S3's does not). `by_token`: whether
    an event source token takes the place of a source. `invocation` is `synchronous`, `asynchronous` or empty. `reach` says whose
    resources can make it call a function: those of `any` account, of the function's `own` only, or empty."""

    service: str
    arns: tuple[str, ...]
    page: str
    source_arn: bool = True
    source_account: bool | None = None
    account_in_arn: bool = True
    by_token: bool = False
    invocation: str = ""
    reach: str = ""


@cache
def services() -> Mapping[str, Service]:
    """Every service by its principal, without Region."""
    return sheet("services", dict[str, Service]).rows


def service(principal: str) -> Service | None:
    """The service of a principal, in any Region or partition; `None` when the catalogue does not know it."""
    plain = principal.removesuffix(".cn")
    return services().get(plain) or services().get(_REGION.sub("", plain))
