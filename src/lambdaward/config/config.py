"""The keys of the configuration, as records: what is decoded, and where its published schema comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from msgspec import Meta, Struct

SeverityName = Literal["critical", "high", "medium", "low", "info"]
ConfidenceName = Literal["high", "medium", "low"]
Filled = Annotated[str, Meta(min_length=1)]
AccountId = Annotated[str, Meta(pattern="^[0-9]{12}$")]

NO_PARAMETERS: Mapping[str, str] = MappingProxyType({})
NO_SETTINGS: Mapping[str, Mapping[str, int | str]] = MappingProxyType({})


class Accept(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Findings that somebody accepts: of some rules, in some files or resources (everywhere, when it names none)."""

    rules: Annotated[tuple[Filled, ...], Meta(min_length=1, description="Rules, by id or name.")]
    reason: Annotated[Filled, Meta(description="Why.")]
    until: Annotated[dt.date | None, Meta(description="The last day on which it counts; for ever when left out.")] = (
        None
    )
    files: Annotated[tuple[Filled, ...], Meta(description="Files, by glob.")] = ()
    resources: Annotated[tuple[Filled, ...], Meta(description="Resources, by glob over name or identity.")] = ()


class Config(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """What a project says about its scans. The command line says the same, and wins."""

    select: Annotated[
        tuple[Filled, ...], Meta(description="Run only these rules: id, beginning of an id, or name.")
    ] = ()
    ignore: Annotated[tuple[Filled, ...], Meta(description="Do not run these rules.")] = ()
    advice: Annotated[bool, Meta(description="Run advice as well.")] = False
    severity: Annotated[SeverityName, Meta(description="Report only findings at least this severe.")] = "info"
    min_confidence: Annotated[ConfidenceName, Meta(description="Report only findings at least this sure.")] = "low"
    fail_on: Annotated[SeverityName, Meta(description="Exit with 1 when a finding is at least this severe.")] = "high"
    strict: Annotated[bool, Meta(description="Exit with 4 when a question stayed unsettled.")] = False
    allow_empty: Annotated[bool, Meta(description="Exit with 0 when there is nothing to scan.")] = False
    inline_ignores: Annotated[bool, Meta(description="Honour suppressions in scanned files.")] = True
    exclude: Annotated[tuple[Filled, ...], Meta(description="Leave these out, by patterns as in .gitignore.")] = ()
    gitignore: Annotated[bool, Meta(description="Leave out what git ignores.")] = True
    parameters: Annotated[
        Mapping[str, str], Meta(description="Values of template parameters, `Name` or `Stack.Name`.")
    ] = NO_PARAMETERS
    parameter_files: Annotated[
        tuple[Filled, ...], Meta(description="Files of parameter values, inside of the project.")
    ] = ()
    region: Annotated[str, Meta(description="What AWS::Region is.")] = ""
    account: Annotated[AccountId | Literal[""], Meta(description="What AWS::AccountId is.")] = ""
    trusted_accounts: Annotated[tuple[AccountId, ...], Meta(description="Accounts that count as your own.")] = ()
    baseline: Annotated[str, Meta(description="Baseline, inside of the project: its findings do not count.")] = ""
    accept: Annotated[tuple[Accept, ...], Meta(description="Findings that are accepted.")] = ()
    rules: Annotated[
        Mapping[str, Mapping[str, int | str]], Meta(description="Settings of single rules, by id or name.")
    ] = NO_SETTINGS
