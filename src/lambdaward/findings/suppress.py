"""Suppression: which findings somebody accepted, which of these decisions count, and which match nothing any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import product

from lambdaward.findings.finding import Finding, Rule, Suppression, Unsettled
from lambdaward.findings.ignores import HOW, Entry, Reach, comments, metadata
from lambdaward.model import Estate, FileOrigin, Place, Problem

Answer = Finding | Unsettled


class Ledger:
    """The suppressions of one scan, and an account of which were of use. The nearest is named first: comments, metadata,
    configuration."""

    def __init__(self, estate: Estate, accepted: Iterable[Suppression], *, inline: bool, today: dt.date) -> None:
        written = (*comments(estate), *metadata(estate)) if inline else ()
        self._estate = estate
        self._today = today
        self._faults = [item for item in written if isinstance(item, Problem)]
        self._entries: list[Entry] = []
        self._by_rule: dict[tuple[str, str], list[int]] = {}
        self._used: set[int] = set()
        for entry in (*(item for item in written if isinstance(item, Entry)), *map(Entry, accepted)):
            self._enter(entry)

    def _enter(self, entry: Entry) -> None:
        fault = _fault(entry.by)
        if fault:
            self._faults.append(_problem(entry.by, fault, HOW[entry.by.source]))
            return
        for name in entry.by.rules:
            key = name.lower(), entry.reach.file if entry.reach else ""
            self._by_rule.setdefault(key, []).append(len(self._entries))
        self._entries.append(entry)

    def accepting(self, answer: Answer) -> Suppression | None:
        """The suppression that accepts an answer, if one does. Every one that matches counts as used."""
        keys = product((answer.rule.id.lower(), answer.rule.name), self._files(answer))
        named = sorted({at for key in keys for at in self._by_rule.get(key, ())})
        matching = [at for at in named if self._matches(self._entries[at], answer)]
        self._used.update(matching)
        return next((by for at in matching if not self._expired(by := self._entries[at].by)), None)

    def stale(self, ran: Iterable[Rule]) -> tuple[Suppression, ...]:
        """The suppressions that match nothing, though all of their rules ran over what they are about."""
        names = _names(ran)
        return tuple(
            entry.by
            for at, entry in enumerate(self._entries)
            if at not in self._used and names.issuperset(map(str.lower, entry.by.rules)) and self._in_sight(entry.by)
        )

    def problems(self, ran: Iterable[Rule], known: Iterable[Rule]) -> tuple[Problem, ...]:
        """The suppressions that do not count, or not any more, or that name rules that are neither among those that ran nor
        among those that are known."""
        return tuple(sorted((*self._faults, *self._late(), *self._misnamed(_names(ran), known)), key=_place))

    def _late(self) -> Iterator[Problem]:
        for by in (self._entries[at].by for at in self._used):
            if self._expired(by):
                text = f"the suppression of {', '.join(by.rules)} expired on {by.until}"
                yield _problem(by, text, "mend the finding, or decide anew")

    def _misnamed(self, ran: frozenset[str], known: Iterable[Rule]) -> Iterator[Problem]:
        others = [(entry.by, name) for entry in self._entries for name in entry.by.rules if name.lower() not in ran]
        names = _names(known) if others else frozenset()
        for by, name in others:
            if name.lower() not in names:
                text = f"a suppression names `{name}`, which is no rule"
                yield _problem(by, text, "`lambdaward rules` lists the rules")

    def _expired(self, by: Suppression) -> bool:
        return bool(by.until) and dt.date.fromisoformat(by.until) < self._today

    def _in_sight(self, by: Suppression) -> bool:
        return not by.files or any(_any_glob(by.files, path) for path in self._estate.files)

    def _origins(self, answer: Answer) -> tuple[FileOrigin, ...]:
        """Where an answer stands, and where its resource does."""
        origins = (answer.origin, self._estate.origin(Place(answer.resource)))
        return tuple(origin for origin in origins if isinstance(origin, FileOrigin))

    def _files(self, answer: Answer) -> frozenset[str]:
        """The files whose suppressions may be about an answer; the configuration's are about any."""
        return frozenset(("", answer.resource.stack, *(origin.file for origin in self._origins(answer))))

    def _matches(self, entry: Entry, answer: Answer) -> bool:
        if entry.reach is None:
            return _by_globs(entry.by, answer)
        if entry.reach.resource == answer.resource:
            return True
        return any(_within(entry.reach, origin) for origin in self._origins(answer))


def _fault(by: Suppression) -> str:
    """Why a suppression does not count, or nothing."""
    if not by.rules:
        return "this suppression names no rule"
    if not by.reason:
        return f"the suppression of {', '.join(by.rules)} gives no reason, so it does not count"
    if by.until and not _is_date(by.until):
        return f"the suppression of {', '.join(by.rules)} ends on `{by.until}`, which is no date, so it does not count"
    return ""


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _problem(by: Suppression, text: str, remedy: str) -> Problem:
    return Problem(by.file or by.source, text, remedy, by.line, fatal=False)


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.file, problem.line, problem.message


def _names(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset(name for rule in rules for name in (rule.id.lower(), rule.name))


def _by_globs(by: Suppression, answer: Answer) -> bool:
    file = answer.origin.file if isinstance(answer.origin, FileOrigin) else ""
    if by.files and not _any_glob(by.files, file):
        return False
    names = (answer.shown, answer.resource.name, str(answer.resource))
    return not by.resources or any(fnmatchcase(name, glob) for name in names for glob in by.resources)


def _any_glob(globs: Sequence[str], path: str) -> bool:
    """Whether a path, or its end from some folder on, matches a glob. A `*` crosses folders."""
    return any(fnmatchcase(path, glob) or fnmatchcase(path, f"*/{glob}") for glob in globs)


def _within(reach: Reach, origin: FileOrigin) -> bool:
    return origin.file == reach.file and reach.first <= (origin.line, origin.column) <= reach.last
