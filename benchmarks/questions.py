"""Questions over whole accounts: `python benchmarks/questions.py [--roles 1000]`.

Makes an account up (`accounts.py`), reads it, and asks who can do several things, why, and what functions may do. Times are CPU
time. A policy is read when it says something of an action that is asked about.
"""

from __future__ import annotations

import argparse
import gc
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import TypeVar

from accounts import write

import lambdaward as lw

T = TypeVar("T")
FUNCTIONS = 10


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The CPU seconds that something takes, and what it gives."""
    began = process_time()
    found = work()
    return process_time() - began, found


def main() -> None:
    """Ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roles", type=int, default=1000)
    given = parser.parse_args()
    gc.disable()  # as the command line does
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), given.roles)
        began = process_time()
        took, estate = timed(lambda: lw.load(folder))
    functions = estate.all(lw.Function)
    analysis = lw.analyse(estate)
    print(f"{given.roles:,} roles, {len(functions):,} functions, CPU seconds")
    print(f"{took:8.2f}  reading the saved answers")
    first = functions[0]
    role = first.role.target if first.role else None
    questions = {
        "lambda:UpdateFunctionCode": first.id,
        "lambda:InvokeFunction": first.id,
        "iam:PassRole": role,
        "sts:AssumeRole": role,
        "s3:GetObject": "arn:aws:s3:::bucket-7/x",
    }
    for number, (action, on) in enumerate(questions.items()):
        took, answers = timed(lambda action=action, on=on: analysis.permissions.who_can(action, on))  # type: ignore[misc]
        more = " (the first question)" if not number else ""
        print(f"{took:8.2f}  who-can {action}: {len(answers):,} listed{more}")
    took, _ = timed(lambda: [analysis.access.can(f, "s3:GetObject", "arn:aws:s3:::bucket-7/x") for f in functions])
    print(f"{took:8.2f}  why, for every function: {len(functions) / took:,.0f} a second")
    spent = [timed(lambda function=function: list(_told(analysis, function)))[0] for function in functions[:FUNCTIONS]]  # type: ignore[misc]
    print(f"{median(spent):8.2f}  permissions of one function (median of {len(spent)}; the first took {spent[0]:.2f})")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f}  MB at most")
    print(f"{process_time() - began:8.2f}  all together")


def _told(analysis: lw.Analysis, function: lw.Function) -> list[object]:
    report = analysis.permissions.of(function)
    return [*report.rows(), *report.dangers]


if __name__ == "__main__":
    main()
