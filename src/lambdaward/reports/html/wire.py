"""What the page's script is given: rows of plain JSON values, one kind of row per table of the page."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Spot(Struct, frozen=True, array_like=True):
    """Where something stands: its name for people (empty when it is nowhere), its span, and the lines to show around it, the
    first of which has the number `first`. A live fact has only a label."""

    label: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    first: int = 0
    lines: tuple[str, ...] = ()


class EvidenceRow(Struct, frozen=True, array_like=True):
    """One fact that a finding rests on, and where it stands."""

    text: str
    at: Spot


class FixRow(Struct, frozen=True):
    """What a fix does, and its edits as pairs of property and new value."""

    title: str
    safe: bool
    edits: tuple[tuple[str, str], ...]


class AnswerRow(Struct, frozen=True, kw_only=True):
    """What findings and unsettled questions have in common. `functions` are indexes into the table of functions. `shown`
    and `stack` are the names that the rest of a row repeats (`pack.columns`). `by` tells who accepted it: reason, end date,
    kind of source and place; empty when nobody did."""

    fingerprint: str
    rule: str
    message: str
    shown: str
    stack: str
    resource: str
    type: str
    property: str
    at: Spot
    functions: tuple[int, ...]
    by: tuple[str, ...]


class FindingRow(AnswerRow, frozen=True, kw_only=True):
    """A finding. `folded` are pairs of rule id and message."""

    severity: int
    confidence: int
    because: tuple[str, ...]
    evidence: tuple[EvidenceRow, ...]
    remediation: str
    fix: FixRow | None
    assumes: tuple[str, ...]
    folded: tuple[tuple[str, str], ...]


class UnsettledRow(AnswerRow, frozen=True, kw_only=True):
    """An open question: why it is open, and what would settle it, in pairs."""

    unknowns: tuple[tuple[str, str], ...]


class RuleRow(Struct, frozen=True, kw_only=True):
    """A rule that ran: its documentation by heading, and what others call it."""

    id: str
    name: str
    title: str
    subject: str
    kind: str
    severity: int
    confidence: int
    help: Mapping[str, str]
    standards: tuple[tuple[str, str], ...]


class FunctionRow(Struct, frozen=True, kw_only=True):
    """A function."""

    id: str
    shown: str
    stack: str
    runtime: str
    role: str
    url: str
    vpc: bool
    triggers: tuple[str, ...]
    place: str


class ProblemRow(Struct, frozen=True, array_like=True):
    """Something that could not be read: where, what, what to do, and whether a whole input was lost."""

    place: str
    message: str
    remedy: str
    fatal: bool


class CoverageRow(Struct, frozen=True, kw_only=True):
    """What was read and what was not."""

    files: tuple[str, ...]
    skipped: Mapping[str, str]
    problems: tuple[ProblemRow, ...]
    modelled: Mapping[str, int]
    unmodelled: Mapping[str, int]
    excluded: Mapping[str, str]
    assumed: Mapping[str, str]
    stale: tuple[tuple[str, str, str], ...]
