"""What a scan yields: findings, and questions that stayed unsettled."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from msgspec import Struct

from lambdaward.model import Origin, Place, Problem, ResourceId, Unknown


class Severity(IntEnum):
    """How bad it is if it is true."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class Confidence(IntEnum):
    """How sure it is that it is true."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2


class Kind(StrEnum):
    """A problem, or advice: an opinion that is off unless asked for."""

    PROBLEM = "problem"
    ADVICE = "advice"


class Standards(Struct, frozen=True, kw_only=True):
    """The standards' and peers' own ids for what a rule finds."""

    security_hub: tuple[str, ...] = ()
    config: tuple[str, ...] = ()
    cis_compute: tuple[str, ...] = ()
    owasp_serverless: tuple[str, ...] = ()
    cwe: tuple[str, ...] = ()
    mitre_attack: tuple[str, ...] = ()
    prowler: tuple[str, ...] = ()
    checkov: tuple[str, ...] = ()
    cfn_nag: tuple[str, ...] = ()
    cfn_lint: tuple[str, ...] = ()
    trivy: tuple[str, ...] = ()
    cdk_nag: tuple[str, ...] = ()


class Setting(Struct, frozen=True):
    """A whole number that a project may set for a rule: its name, what it is otherwise, and what it means."""

    name: str
    default: int
    meaning: str


class Rule(Struct, frozen=True, kw_only=True):
    """What is known of a rule without running it. `folds` names rules whose findings on the same resource this one implies;
    `posture` the rows of the posture union (docs/posture.md) that it covers; `settings` what a project may set."""

    id: str
    name: str
    severity: Severity
    confidence: Confidence
    kind: Kind = Kind.PROBLEM
    title: str
    module: str
    folds: tuple[str, ...] = ()
    standards: Standards = Standards()
    posture: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()


class Edit(Struct, frozen=True):
    """One machine-applicable edit at a place: set a property to a value, or remove it (`value` is `None`)."""

    place: Place
    value: str | int | bool | tuple[str, ...] | None


class Fix(Struct, frozen=True):
    """A fix: what it does, and its edits. `safe` when it changes nothing that a working application relies on."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


class Evidence(Struct, frozen=True):
    """A fact that a finding rests on, with the place it stands at."""

    text: str
    place: Place | None = None
    origin: Origin | None = None


class Finding(Struct, frozen=True, kw_only=True):
    """One problem at one place, ready to report. `because` are the facts that set the severity; `folded` the findings that
    this one implies; `key` the evidence's own key in the fingerprint."""

    rule: Rule
    severity: Severity
    confidence: Confidence
    message: str
    resource: ResourceId
    resource_type: str
    shown: str
    place: Place
    origin: Origin | None
    fingerprint: str
    key: str = ""
    because: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    remediation: str = ""
    fix: Fix | None = None
    assumes: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    folded: tuple[Finding, ...] = ()


class Unsettled(Struct, frozen=True, kw_only=True):
    """A question that a rule could not settle: why, and what would."""

    rule: Rule
    message: str
    resource: ResourceId
    resource_type: str
    shown: str
    place: Place
    origin: Origin | None
    fingerprint: str
    unknowns: tuple[Unknown, ...]


class Suppression(Struct, frozen=True, kw_only=True):
    """Somebody's decision to accept findings: which rules (by id or name), why, until when (ISO date, empty for ever), and
    where it says so (`source` is `inline`, `metadata`, `config` or `baseline`).

    One of the configuration may name `files` and `resources` by glob: it counts where one of each matches, everywhere when
    it names none."""

    rules: tuple[str, ...]
    reason: str
    until: str = ""
    source: str = "inline"
    file: str = ""
    line: int = 0
    files: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()


class Suppressed(Struct, frozen=True):
    """A finding that somebody accepted."""

    finding: Finding
    by: Suppression


class Waived(Struct, frozen=True):
    """An unsettled question that somebody decided not to ask."""

    question: Unsettled
    by: Suppression


class Scan(Struct, frozen=True, kw_only=True):
    """The outcome of one scan: everything a report needs and nothing that it must compute.

    `stale` are suppressions that match nothing, `problems` those that do not count and why; `facts` the `version` and
    `today`; with a baseline, how many entries it has (`baseline`) and how many match nothing (`baseline_gone`)."""

    findings: tuple[Finding, ...]
    unsettled: tuple[Unsettled, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    waived: tuple[Waived, ...] = ()
    stale: tuple[Suppression, ...] = ()
    problems: tuple[Problem, ...] = ()
    rules: tuple[Rule, ...] = ()
    functions: tuple[FunctionSummary, ...] = ()
    facts: Mapping[str, str] = {}


class FunctionSummary(Struct, frozen=True, kw_only=True):
    """One function for a table: names and settings that matter at a glance."""

    id: str
    shown: str
    runtime: str = ""
    role: str = ""
    url: str = ""
    vpc: bool = False
    triggers: tuple[str, ...] = ()
    file: str = ""
    line: int = 0
