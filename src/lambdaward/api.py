"""The whole flow in three steps, for Python and for the command line: load, analyse, scan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType

from lambdaward import sources
from lambdaward.analysis import Analysis, Given
from lambdaward.findings import Rule, Scan, Severity, Suppression, settle
from lambdaward.model import Estate
from lambdaward.rules import Selection, run
from lambdaward.rules.runner import chosen
from lambdaward.rules.runner import load as load_rules

NOTHING: Mapping[str, str] = MappingProxyType({})
NO_SETTINGS: Mapping[str, Mapping[str, int]] = MappingProxyType({})


def load(  # noqa: PLR0913 - everything that may be said about loading, named at the call
    *paths: str | PathLike[str],
    parameters: Mapping[str, str] = NOTHING,
    region: str = "",
    account: str = "",
    exclude: Iterable[str] = (),
    gitignore: bool = True,
    portable: bool = False,
) -> Estate:
    """Read everything that is recognised in some files and folders into one estate.

    `parameters` are values for templates (`Name`, or `Stack.Name` for one stack), `region` and `account` what the pseudo
    parameters mean. `portable` identities do not depend on where in a project a path lies. What cannot be read is in
    `coverage.problems`. Raises `UsageError` for a path that is not there.
    """
    options = sources.LoadOptions(
        parameters=parameters,
        region=region,
        account=account,
        use_gitignore=gitignore,
        exclude=tuple(exclude),
        portable=portable,
    )
    return sources.load([Path(path) for path in paths], options)


def analyse(
    estate: Estate,
    *,
    today: dt.date | None = None,
    trusted_accounts: Iterable[str] = (),
    advisories: str | PathLike[str] | None = None,
    settings: Mapping[str, Mapping[str, int]] = NO_SETTINGS,
) -> Analysis:
    """Bind the engines to an estate. They judge by `today` (UTC, when not given); accounts in `trusted_accounts` count as
    the estate's own; `advisories` is the folder that advisories were imported into; `settings` are those of single rules, by
    rule id and name."""
    date = dt.datetime.now(dt.UTC).date() if today is None else today
    folder = None if advisories is None else Path(advisories)
    given = Given(today=date, trusted_accounts=frozenset(trusted_accounts), advisories=folder, settings=settings)
    return Analysis(estate, given)


def _known() -> Iterator[Rule]:
    """Every rule, loaded when somebody looks."""
    yield from (rule for rule, _ in load_rules().values())


def scan(  # noqa: PLR0913 - everything that one scan is judged by, named at the call
    analysis: Analysis,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    advice: bool = False,
    accepted: Iterable[Suppression] = (),
    inline: bool = True,
    baseline: Mapping[str, Severity | None] = MappingProxyType({}),
    processes: int = 1,
) -> Scan:
    """Run rules over an analysis: those selected by id, prefix or name (all when empty) less those ignored; advice when asked.

    `accepted` are suppressions beside those that the scanned files hold, which count unless `inline` is false; `baseline`
    are fingerprints that do not count as findings, up to a severity where one is given. More `processes` than one are copies
    of this one (`os.fork`), which must not have threads then. Raises `UsageError` for a word that names no rule.
    """
    selection = Selection(select=tuple(select), ignore=tuple(ignore), advice=advice)
    found = settle(
        run(analysis, selection, processes),
        analysis.estate,
        [rule for rule, _ in chosen(selection)],
        accepted,
        inline=inline,
        today=analysis.given.today,
        baseline=baseline,
        known=_known(),
    )
    return analysis.secrets.cover.over(found)
