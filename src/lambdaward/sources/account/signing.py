"""Code signing of an account: configs, which function has which, and signing profiles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lambdaward.model import Value, dig
from lambdaward.sources.account.found import Fault, Found, resource, text_at, value_of
from lambdaward.sources.account.listings import listing


def config(answer: Mapping[str, Any]) -> Found:
    """One code-signing config. Raises `Fault` for what is none."""
    arn = text_at(answer, "CodeSigningConfigArn")
    names = ("AllowedPublishers", "CodeSigningPolicies", "Description", "LastModified")
    return resource(arn, "AWS::Lambda::CodeSigningConfig", {name: value_of(answer.get(name)) for name in names})


def profile(answer: Mapping[str, Any]) -> Found:
    """One signing profile. Raises `Fault` for what is none."""
    version = text_at(answer, "profileVersionArn")
    period = value_of(answer.get("signatureValidityPeriod"))
    properties: dict[str, Value] = {
        "ProfileName": value_of(answer.get("profileName")),
        "ProfileVersion": version.rpartition("/")[2],
        "PlatformId": value_of(answer.get("platformId")),
        "Status": value_of(answer.get("status")),
        "SignatureValidityPeriod": {"Value": dig(period, "value"), "Type": dig(period, "type")} if period else None,
    }
    return resource(version.rpartition("/")[0], "AWS::Signer::SigningProfile", properties)


def profiles_listed(answer: Mapping[str, Any]) -> Found | None:
    """All signing profiles of a Region; `None` when there is none."""
    found = tuple(text_at(each, "profileVersionArn").rpartition("/")[0] for each in answer["profiles"])
    return listing(answer, "signing-profiles", found, "signing-profiles") if found else None


def signed_function(answer: Mapping[str, Any]) -> tuple[str, str]:
    """Which function has which config, both by their ARN: they are of the same account and Region. Raises `Fault` for an answer
    about no function."""
    arn = text_at(answer, "CodeSigningConfigArn")
    head = arn.split(":code-signing-config:")[0]
    if head == arn:
        raise Fault(f"`{arn[:80]}` is no ARN of a code-signing config")
    return f"{head}:function:{text_at(answer, 'FunctionName')}", arn
