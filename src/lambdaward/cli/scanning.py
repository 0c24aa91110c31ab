"""One scan from settled settings, and what its outcome means for the exit code."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from importlib.machinery import PathFinder
from pathlib import Path

from msgspec import Struct, structs

from lambdaward import api
from lambdaward.cli.advisories import given_advisories
from lambdaward.cli.narration import narrate
from lambdaward.cli.settings import Settings
from lambdaward.config import Config
from lambdaward.findings import Confidence, Finding, Scan, Severity, read_baseline
from lambdaward.model import Estate, Function, InputError, Problem, UsageError
from lambdaward.sources import read_parameter_file

LIVE = "aws"
MOST_NAMES = 3
MANY, MOST_PROCESSES = 100, 4
CLEAN, FOUND, EMPTY, UNREAD = 0, 1, 3, 4


class Outcome(Struct, frozen=True):
    """What a scan found, in what. `unreported` counts the findings that a threshold keeps out of the report."""

    scan: Scan
    estate: Estate
    unreported: int = 0

    @property
    def empty(self) -> bool:
        """Whether there was nothing to scan. Where something was found, in a file for a deployment, there was something."""
        return not (self.estate.coverage.files or self.fatal or self.scan.findings or self.unreported)

    @property
    def fatal(self) -> tuple[Problem, ...]:
        """The inputs that could not be read."""
        return tuple(problem for problem in self.estate.coverage.problems if problem.fatal)


def scanned(paths: Sequence[str], settings: Settings, *, portable: bool = False) -> Outcome:
    """Scan some paths; `portable` as for `api.load`."""
    config = settings.config
    estate = loaded(paths, settings, portable=portable)
    folder = given_advisories(config.advisories)
    analysis = api.analyse(
        estate,
        today=settings.today,
        trusted_accounts=config.trusted_accounts,
        advisories=folder,
        settings=settings.rules,
    )
    scan = api.scan(
        analysis,
        select=config.select,
        ignore=config.ignore,
        advice=config.advice,
        accepted=settings.accepted,
        inline=config.inline_ignores,
        baseline=read_baseline(config.baseline) if config.baseline else {},
        processes=_processes(estate),
    )
    shown = tuple(finding for finding in scan.findings if _reported(finding, config))
    facts = {**scan.facts, "advisories": str(folder) if folder else "", "yara": "yara_x" if _has_yara() else ""}
    covered = structs.replace(estate, files=analysis.secrets.cover.over(estate.files))
    return Outcome(structs.replace(scan, findings=shown, facts=facts), covered, len(scan.findings) - len(shown))


def _has_yara() -> bool:
    """Whether YARA rules can be run here."""
    return PathFinder.find_spec("yara_x") is not None


def _processes(estate: Estate) -> int:
    """How many processes a scan is worth: for many functions one for each core, where copies of a process are safe."""
    if sys.platform != "linux" or len(estate.all(Function)) < MANY or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), MOST_PROCESSES)


def loaded(paths: Sequence[str], settings: Settings, *, portable: bool = False) -> Estate:
    """The estate under some paths; `portable` as for `api.load`."""
    if LIVE in paths and not Path(LIVE).exists():
        raise UsageError(f"`{LIVE}` is not there; live accounts are not read yet: scan the templates behind them")
    config = settings.config
    return api.load(
        *paths,
        parameters=_parameters(config),
        region=config.region or "",
        account=config.account or "",
        exclude=config.exclude,
        gitignore=config.gitignore,
        portable=portable,
    )


def _parameters(config: Config) -> dict[str, str]:
    """Values from files, the later file over the earlier, and single values over them all."""
    read = [read_parameter_file(path) for path in config.parameter_files]
    return {name: value for values in (*read, config.parameters) for name, value in values.items()}


def _reported(finding: Finding, config: Config) -> bool:
    severe = finding.severity >= Severity[config.severity.upper()]
    return severe and finding.confidence >= Confidence[config.min_confidence.upper()]


def exit_code(outcome: Outcome, config: Config, *, exit_zero: bool) -> int:
    """What a scan exits with: findings that count first, then lost or open input, then nothing to scan."""
    limit = Severity[config.fail_on.upper()]
    if not exit_zero and any(finding.severity >= limit for finding in outcome.scan.findings):
        return FOUND
    if outcome.fatal or (config.strict and outcome.scan.unsettled):
        return UNREAD
    return EMPTY if outcome.empty and not config.allow_empty else CLEAN


def tell_lost(outcome: Outcome) -> None:
    """Say what could not be read."""
    for problem in outcome.fatal:
        where = InputError(problem.file, problem.message, problem.remedy, line=problem.line, column=problem.column)
        narrate("error", str(where))


def tell_empty(paths: Sequence[str], outcome: Outcome, *, allowed: bool = False, quiet: bool = False) -> None:
    """Say that there was nothing to scan, and what was recognised instead."""
    if not (allowed and quiet):
        narrate("note" if allowed else "error", f"nothing to scan in {', '.join(paths)}: no template and no CDK output")
    if quiet:
        return
    named: dict[str, list[str]] = {}
    for name, reason in outcome.estate.coverage.skipped.items():
        named.setdefault(reason, []).append(name)
    for reason, names in named.items():
        rest = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
        narrate("note", f"{', '.join(names[:MOST_NAMES])}{rest}: {reason}")
