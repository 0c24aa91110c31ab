"""The JSON report, version 1, as records: what is written, and where its published schema comes from.

A key is added without a new version; one is renamed or removed, or changes its meaning, only with one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

VERSION: Literal[1] = 1

SeverityName = Literal["critical", "high", "medium", "low", "info"]
ConfidenceName = Literal["high", "medium", "low"]
KindName = Literal["problem", "advice"]
Number = Annotated[int, Meta(ge=0)]


class Location(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where something stands. Of a file: a span, lines and columns counting from 1, the end column exclusive. Of a live
    account: the resource's ARN, the API call that showed it, and when (ISO 8601, UTC)."""

    file: str = ""
    line: Number = 0
    column: Number = 0
    end_line: Number = 0
    end_column: Number = 0
    account: str = ""
    region: str = ""
    arn: str = ""
    call: str = ""
    time: str = ""


class Fact(Struct, frozen=True, kw_only=True):
    """A fact that a finding rests on: a sentence, and where it stands."""

    text: str
    location: Location | None


class Edit(Struct, frozen=True, kw_only=True):
    """Set a property of a resource to a value; `null` removes it. `path` is the property path in CloudFormation's names."""

    resource: str
    path: tuple[str | int, ...]
    value: str | int | bool | tuple[str, ...] | None


class Fix(Struct, frozen=True, kw_only=True):
    """A fix and its edits. `safe` when it changes nothing that a working application relies on."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


class Suppression(Struct, frozen=True, kw_only=True):
    """Who accepted something: the rules as written, why, until when (ISO date, empty for ever), and where that stands.
    `source` is `inline`, `metadata`, `config` or `baseline`."""

    rules: tuple[str, ...]
    reason: str
    until: str
    source: Literal["inline", "metadata", "config", "baseline"]
    file: str
    line: Number


class Answer(Struct, frozen=True, kw_only=True):
    """What a finding and an unsettled question have in common.

    `id` and `name` are those of the rule. `resource` identifies the resource (its stack, a slash, its name there),
    `resource_name` is its name for people. `property` is the property path that is meant. `fingerprint` stays the same
    while lines move and messages are reworded.
    """

    id: str
    name: str
    kind: KindName
    message: str
    resource: str
    resource_name: str
    resource_type: str
    property: tuple[str | int, ...]
    location: Location | None
    fingerprint: str


class Finding(Answer, frozen=True, kw_only=True):
    """A finding. `because` are the facts that set the severity, `assumes` the parameters whose defaults it rests on,
    `functions` the functions that it touches, `folded` the findings that it implies."""

    severity: SeverityName
    confidence: ConfidenceName
    because: tuple[str, ...]
    evidence: tuple[Fact, ...]
    remediation: str
    fix: Fix | None
    assumes: tuple[str, ...]
    functions: tuple[str, ...]
    folded: tuple[Finding, ...]


class Doubt(Struct, frozen=True, kw_only=True):
    """Why a question is open, and what would settle it."""

    reason: str
    settle: str


class Question(Answer, frozen=True, kw_only=True):
    """An unsettled question."""

    unknowns: tuple[Doubt, ...]


class SuppressedFinding(Finding, frozen=True, kw_only=True):
    """A finding that somebody accepted."""

    suppression: Suppression


class WaivedQuestion(Question, frozen=True, kw_only=True):
    """An unsettled question that somebody decided not to ask."""

    suppression: Suppression


class Problem(Struct, frozen=True, kw_only=True):
    """Something that could not be read or does not count. `fatal` when a whole input is lost; a line of 0 is the file."""

    file: str
    line: Number
    column: Number
    message: str
    remedy: str
    fatal: bool


class Coverage(Struct, frozen=True, kw_only=True):
    """What was read and what was not: files; skipped files, excluded resources and assumed parameters with their reason or
    value; resources by type, those that rules judge (`modelled`) and those that are only counted (`unmodelled`)."""

    files: tuple[str, ...]
    skipped: Mapping[str, str]
    excluded: Mapping[str, str]
    assumed: Mapping[str, str]
    modelled: Mapping[str, int]
    unmodelled: Mapping[str, int]
    problems: tuple[Problem, ...]
    rules: tuple[str, ...]


class Function(Struct, frozen=True, kw_only=True):
    """A function: its runtime, role, the authorisation of its URL (empty when it has none), whether it is in a VPC, and what
    triggers it."""

    id: str
    name: str
    runtime: str
    role: str
    url: str
    vpc: bool
    triggers: tuple[str, ...]
    file: str
    line: Number


class Tool(Struct, frozen=True, kw_only=True):
    """What made the report."""

    name: Literal["lambdaward"]
    version: str


class Report(Struct, frozen=True, kw_only=True):
    """A report of one scan. `today` is the date (ISO 8601) that the scan judged by; `summary` counts the findings by
    severity; `stale` are suppressions that match nothing; `problems` are suppressions that do not count."""

    version: Literal[1]
    tool: Tool
    today: str
    summary: Mapping[SeverityName, Number]
    coverage: Coverage
    functions: tuple[Function, ...]
    findings: tuple[Finding, ...]
    unsettled: tuple[Question, ...]
    suppressed: tuple[SuppressedFinding, ...]
    waived: tuple[WaivedQuestion, ...]
    stale: tuple[Suppression, ...]
    problems: tuple[Problem, ...]
