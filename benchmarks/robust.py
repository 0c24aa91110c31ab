"""Real templates, whatever they hold, are read and judged without a traceback.

    python benchmarks/robust.py FOLDER... [--problems] [--reasons]

Every template under the folders goes through the whole flow, one application at a time (the templates of one folder): load,
analyse, every rule with advice, settle, JSON. Prints what was read and what was not; the exit code is 1 when anything raised.
"""

import argparse
import datetime as dt
import io
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import settle
from lambdaward.model import Estate, Function, Problem
from lambdaward.reports import Look, render
from lambdaward.rules import Selection, run
from lambdaward.rules.runner import chosen
from lambdaward.sources import LoadOptions
from lambdaward.sources.assemble import assemble
from lambdaward.sources.cloudformation import TemplateFile, load_templates
from lambdaward.sources.discover import discover

EVERYTHING = Selection(advice=True)
TODAY = dt.date(2026, 11, 24)


@dataclass
class Total:
    """What all applications came to."""

    counts: Counter = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    unmodelled: Counter = field(default_factory=Counter)
    reasons: Counter = field(default_factory=Counter)
    tracebacks: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def applications(folders: Iterable[str]) -> list[list[TemplateFile]]:
    """The templates under some folders, those of one folder together."""
    found: dict[Path, list[TemplateFile]] = {}
    for template in discover(list(folders), LoadOptions()).templates:
        found.setdefault(Path(template.path).parent, []).append(template)
    return list(found.values())


def scan(templates: list[TemplateFile], total: Total) -> Estate:
    """One application through the whole flow."""
    loaded = load_templates(templates, LoadOptions())
    estate = assemble(loaded.stacks, loaded.problems)
    rules = [rule for rule, _ in chosen(EVERYTHING)]
    result = settle(run(Analysis(estate, Given(today=TODAY)), EVERYTHING), estate, rules, today=TODAY)
    stream = io.StringIO()
    render("json", result, estate, stream, Look())
    total.counts["findings"] += len(result.findings)
    total.counts["unsettled questions"] += len(result.unsettled)
    total.counts["bytes of JSON"] += len(stream.getvalue())
    total.reasons.update(plain(unknown.reason) for question in result.unsettled for unknown in question.unknowns)
    return estate


def plain(reason: str) -> str:
    """A reason without the names in it, so that equal ones count together."""
    reason = re.sub(r"`[^`]*`", "`…`", reason)
    return re.sub(r"\b(parameter|condition|resource|of|export|output) \S*[A-Z./]\S*", r"\1 …", reason)


def count(estate: Estate, total: Total) -> None:
    """Add what was read and what was not."""
    coverage = estate.coverage
    total.counts["files"] += len(coverage.files)
    total.counts["resources, modelled"] += sum(coverage.modelled.values())
    total.counts["resources, kept raw"] += sum(coverage.unmodelled.values())
    total.counts["resources, left out by a condition"] += len(coverage.excluded)
    total.counts["functions"] += len(estate.all(Function))
    total.unmodelled.update(coverage.unmodelled)
    total.problems += coverage.problems


def show(total: Total, arguments: argparse.Namespace) -> None:
    """Print the totals, and what was asked for beside them."""
    fatal = [problem for problem in total.problems if problem.fatal]
    total.counts |= {
        "problems that lose a file": len(fatal),
        "other problems": len(total.problems) - len(fatal),
        "tracebacks": len(total.tracebacks),
    }
    for name, number in total.counts.items():
        print(f"{number:>12,}  {name}")
    print(f"\nslowest: {total.slowest[1]}, {total.slowest[0]:.2f} s")
    print(f"most frequent types kept raw: {', '.join(f'{name} {n}' for name, n in total.unmodelled.most_common(12))}")
    if arguments.reasons:
        print("\nwhy questions stay unsettled:")
        print(*(f"{number:>12,}  {reason}" for reason, number in total.reasons.most_common(60)), sep="\n")
    for problem in total.problems if arguments.problems else fatal:
        print(f"{problem.file}:{problem.line}:{problem.column}: {problem.message}; {problem.remedy}")
    print(*total.tracebacks, sep="\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--problems", action="store_true", help="print every problem, not only those that lose a file")
    parser.add_argument("--reasons", action="store_true", help="print why questions stay unsettled")
    arguments = parser.parse_args()
    total, wall, cpu = Total(), time.perf_counter(), time.process_time()
    for templates in applications(arguments.folders):
        total.counts["applications"] += 1
        total.counts["templates"] += len(templates)
        start = time.perf_counter()
        try:
            count(scan(templates, total), total)
        except Exception:  # noqa: BLE001 - any exception at all is what is looked for
            total.tracebacks.append(f"{', '.join(each.path for each in templates)}\n{traceback.format_exc()}")
        total.slowest = max(total.slowest, (time.perf_counter() - start, templates[0].path))
    total.counts["seconds"] = round(time.perf_counter() - wall)
    total.counts["seconds of CPU"] = round(time.process_time() - cpu)
    show(total, arguments)
    return bool(total.tracebacks)


if __name__ == "__main__":
    sys.exit(main())
