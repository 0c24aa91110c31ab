"""The keys of the configuration, as records: what is decoded, and where its published schema comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

ACCOUNT = "^[0-9]{12}$"
REGION = "^[a-z]{2,}(-[a-z]+)+-[0-9]+$"

SeverityName = Literal["critical", "high", "medium", "low", "info"]
ConfidenceName = Literal["high", "medium", "low"]
Filled = Annotated[str, Meta(min_length=1)]
Names = tuple[Filled, ...]
Account = Annotated[str, Meta(pattern=ACCOUNT)]
Region = Annotated[str, Meta(pattern=REGION)]
Rule = Annotated[str, Meta(description="A rule, by id or name.", min_length=1)]


def says(meaning: str) -> Meta:
    """What a key means, for the schema and the documentation."""
    return Meta(description=meaning)


class Accept(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Findings that somebody accepts: of some rules, in some files or resources (everywhere, when it names none)."""

    rules: Annotated[tuple[Rule, ...], Meta(description="Rules, by id or name.", min_length=1)]
    reason: Annotated[Filled, says("Why.")]
    until: Annotated[dt.date | None, says("The last day on which it counts; for ever when left out.")] = None
    files: Annotated[Names, says("Only in these files, by glob.")] = ()
    resources: Annotated[Names, says("Only on these resources, by glob over their names.")] = ()


class Config(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """What a project says about its scans. The command line says the same, and wins."""

    select: Annotated[Names, says("Run only these rules: id, beginning of an id, or name.")] = ()
    ignore: Annotated[Names, says("Do not run these rules.")] = ()
    advice: Annotated[bool, says("Run advice as well.")] = False
    severity: Annotated[SeverityName, says("Report only findings at least this severe.")] = "info"
    min_confidence: Annotated[ConfidenceName, says("Report only findings at least this sure.")] = "low"
    fail_on: Annotated[SeverityName, says("Exit with 1 when a finding is at least this severe.")] = "high"
    strict: Annotated[bool, says("Exit with 4 when a question stayed unsettled.")] = False
    allow_empty: Annotated[bool, says("Exit with 0 when there is nothing to scan.")] = False
    inline_ignores: Annotated[bool, says("Honour suppressions in scanned files.")] = True
    exclude: Annotated[Names, says("Leave these out, by patterns as in `.gitignore`.")] = ()
    gitignore: Annotated[bool, says("Leave out what git ignores.")] = True
    parameters: Annotated[Mapping[str, str], says("Values of template parameters: `Name`, or `Stack.Name`.")] = {}
    parameter_files: Annotated[Names, says("Files of parameter values, inside of the project.")] = ()
    region: Annotated[Region | None, says("What `AWS::Region` is.")] = None
    account: Annotated[Account | None, says("What `AWS::AccountId` is.")] = None
    trusted_accounts: Annotated[tuple[Account, ...], says("Accounts that count as your own.")] = ()
    baseline: Annotated[Filled | None, says("Baseline, inside of the project: its findings do not count.")] = None
    advisories: Annotated[Filled | None, says("Folder that advisories were imported into.")] = None
    accept: Annotated[tuple[Accept, ...], says("Findings that are accepted.")] = ()
    rules: Annotated[
        Mapping[str, Mapping[str, Annotated[int, Meta(ge=0)]]], says("Settings of single rules, by id or name.")
    ] = {}
