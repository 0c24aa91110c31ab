"""From the answers of rules to a finished scan: distinct, folded, suppressed, sorted, with the facts that reports print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lambdaward import __version__
from lambdaward.findings.finding import Finding, Rule, Scan, Severity, Suppressed, Suppression, Unsettled, Waived
from lambdaward.findings.functions import summaries
from lambdaward.findings.merge import distinct, distinct_questions, fold, foldings, implied, question_order
from lambdaward.findings.suppress import Ledger
from lambdaward.model import Estate


def settle(  # noqa: PLR0913 - everything that one scan is judged by, named at the call
    answers: Iterable[Finding | Unsettled],
    estate: Estate,
    rules: Iterable[Rule],
    accepted: Iterable[Suppression] = (),
    *,
    inline: bool = True,
    today: dt.date,
    baseline: Mapping[str, Severity | None] = MappingProxyType({}),
    known: Iterable[Rule] = (),
) -> Scan:
    """Finish a scan. `rules` are those that ran and `known` all that exist (those that ran, when not given; looked at only when
    needed): a suppression of a rule that did not run is not stale, and one of a rule that does not exist is a problem.

    `accepted` are suppressions of the configuration, `baseline` fingerprints accepted before, each up to a severity
    or however severe; `inline=False` leaves out what comments and metadata of the scanned files say.
    """
    ran = tuple(sorted(set(rules), key=lambda rule: rule.id))
    everything = list(answers)
    found = [answer for answer in everything if isinstance(answer, Finding)]
    open_ = [answer for answer in everything if isinstance(answer, Unsettled)]
    ledger = Ledger(estate, accepted, inline=inline, today=today)
    judged = [(finding, _accepting(finding, ledger, baseline)) for finding in fold(distinct(found))]
    asked = [(question, ledger.accepting(question)) for question in _open_questions(open_, found)]
    return Scan(
        findings=tuple(finding for finding, by in judged if by is None),
        unsettled=tuple(question for question, by in asked if by is None),
        suppressed=tuple(Suppressed(finding, by) for finding, by in judged if by is not None),
        waived=tuple(Waived(question, by) for question, by in asked if by is not None),
        stale=ledger.stale(ran),
        problems=ledger.problems(ran, known),
        rules=ran,
        functions=summaries(estate),
        facts={
            "version": __version__,
            "today": today.isoformat(),
            **_baseline_facts(baseline, (finding for finding, _ in judged)),
        },
    )


def _accepting(finding: Finding, ledger: Ledger, baseline: Mapping[str, Severity | None]) -> Suppression | None:
    """What accepts a finding. What accepts a folded one is thereby of use, but leaves the finding above it standing."""
    for guest in finding.folded:
        ledger.accepting(guest)
    by = ledger.accepting(finding)
    if by is None and _in_baseline(finding, baseline):
        return Suppression(rules=(finding.rule.id,), reason="in the baseline", source="baseline")
    return by


def _in_baseline(finding: Finding, baseline: Mapping[str, Severity | None]) -> bool:
    """Whether a finding was accepted as severe as it is now: what has become worse is to be decided anew."""
    if finding.fingerprint not in baseline:
        return False
    accepted = baseline[finding.fingerprint]
    return accepted is None or finding.severity <= accepted


def _baseline_facts(baseline: Mapping[str, Severity | None], findings: Iterable[Finding]) -> dict[str, str]:
    """How many entries the baseline has, and how many of them match nothing any more; nothing without a baseline."""
    if not baseline:
        return {}
    found = {each.fingerprint for finding in findings for each in (finding, *finding.folded)}
    return {"baseline": str(len(baseline)), "baseline_gone": str(len(baseline.keys() - found))}


def _open_questions(questions: Iterable[Unsettled], found: Iterable[Finding]) -> list[Unsettled]:
    """The questions that no finding answers or implies the answer to, in order."""
    folding = foldings(found)
    answered = frozenset(finding.fingerprint for finding in found)
    left = (question for question in distinct_questions(questions, answered) if not implied(question, folding))
    return sorted(left, key=question_order)
