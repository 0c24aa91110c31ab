"""How much a scan says about public templates: `python benchmarks/quiet.py FOLDER [--sample N] [--seed N]`.

Every folder below FOLDER that holds a template and none of whose parents does is scanned as one application. Printed are the
findings of problem rules by rule and severity, how many of medium or above each function has, and with `--sample` up to N
findings of each rule for somebody to read by hand, each with the lines it points at.
"""

import argparse
import datetime as dt
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import mean, median

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import Finding, Scan, Severity, settle
from lambdaward.model import FileOrigin, Function
from lambdaward.rules import Selection, load, run
from lambdaward.sources import load as read

TODAY = dt.date(2026, 11, 23)
SUFFIXES = {".yaml", ".yml", ".json", ".template"}
MARKS = ("AWSTemplateFormatVersion", "AWS::Serverless", "AWS::Lambda::")


def applications(folder: Path) -> Iterator[Path]:
    """The uppermost folders that hold a template."""
    if any(_is_template(path) for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file()):
        yield folder
        return
    for child in sorted(folder.iterdir()):
        if child.is_dir() and not child.is_symlink() and child.name not in {"node_modules", ".git"}:
            yield from applications(child)


def _is_template(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as file:
        head = file.read(200_000)
    return any(mark in head for mark in MARKS)


def scan(folder: Path) -> tuple[Scan, list[str]]:
    """The findings of the problem rules on one application, and its functions."""
    estate = read([folder])
    analysis = Analysis(estate, Given(today=TODAY))
    answers = run(analysis, Selection())
    done = settle(answers, estate, [rule for rule, _ in load().values()], today=TODAY)
    return done, [str(function.id) for function in estate.all(Function)]


def per_function(scans: Iterable[tuple[Scan, list[str]]]) -> list[int]:
    """How many findings of medium or above each function has."""
    counts: list[int] = []
    for done, functions in scans:
        serious = Counter(name for f in done.findings if f.severity >= Severity.MEDIUM for name in set(f.functions))
        counts += [serious[name] for name in functions]
    return counts


def sample(findings: Iterable[Finding], size: int, seed: int) -> Iterator[str]:
    """Some findings of each rule, with the lines they point at."""
    by_rule = defaultdict(list)
    for finding in findings:
        by_rule[finding.rule.id].append(finding)
    for rule in sorted(by_rule):
        found = sorted(by_rule[rule], key=lambda f: (str(f.origin), f.message))
        for finding in random.Random(seed).sample(found, min(size, len(found))):  # noqa: S311 - a sample, no secret
            yield f"== {rule} {finding.severity.name.lower()}: {finding.message} {'; '.join(finding.because)}"
            if isinstance(finding.origin, FileOrigin):
                yield f"   {finding.origin.file}:{finding.origin.line}"
                lines = Path(finding.origin.file).read_text("utf-8", "replace").splitlines()
                yield from (
                    f"   | {line[:110]}" for line in lines[max(0, finding.origin.line - 4) : finding.origin.line + 3]
                )


def main() -> int:
    """Scan, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=23)
    given = parser.parse_args()
    started = time.perf_counter()
    scans = [scan(folder) for folder in applications(given.folder)]
    findings = [finding for done, _ in scans for finding in done.findings]
    counts = per_function(scans)
    print(f"{len(scans)} applications, {len(counts)} functions, {time.perf_counter() - started:.0f} s")
    print(f"medium or above per function: median {median(counts)}, mean {mean(counts):.2f}, most {max(counts)}")
    print(f"functions without any: {counts.count(0) / len(counts):.0%}")
    print(f"unsettled questions: {sum(len(done.unsettled) for done, _ in scans)}")
    for (rule, severity), number in sorted(Counter((f.rule.id, f.severity) for f in findings).items()):
        print(f"{number:5} {rule} {severity.name.lower()}")
    for line in sample(findings, given.sample, given.seed) if given.sample else ():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
