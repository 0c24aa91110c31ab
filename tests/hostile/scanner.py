"""Scans folders in processes of their own, each within limits of memory and CPU time: python scanner.py < FOLDERS.

Reads one JSON value per line, `{"folder": ..., "user": ...}`, and answers with one: what the scan of that folder came to, or
how its process died. The process that reads never scans itself; it forks, so that importing happens once.
"""

import datetime as dt
import io
import json
import os
import resource
import sys
import traceback

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import settle
from lambdaward.reports import FORMATS, Look, render
from lambdaward.rules import Selection, run
from lambdaward.rules import load as load_rules
from lambdaward.sources import load

MOST_CPU_SECONDS = 60
MOST_BYTES = 2 << 30
TODAY = dt.date(2026, 11, 24)


def scanned(folder: str, formats: tuple[str, ...] = FORMATS, *, rules: bool = True) -> dict:
    """What a scan of a folder comes to, through every rule (advice too) or none, and some reports."""
    estate = load([folder])
    answers = run(Analysis(estate, Given(today=TODAY)), Selection(advice=True)) if rules else ()
    scan = settle(answers, estate, [rule for rule, _ in load_rules().values()], today=TODAY)
    reports = {}
    for name in formats:
        stream = io.StringIO()
        render(name, scan, estate, stream, Look(verbose=True))
        reports[name] = stream.getvalue()
    problems = estate.coverage.problems
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "resources": [identity.name for identity in estate.resources][:20],
        "count": len(estate.resources),
        "files": estate.coverage.files,
        "skipped": dict(estate.coverage.skipped),
        "problems": [[each.file, each.line, each.message, each.remedy, each.fatal] for each in problems],
        "reports": {name: text[:200_000] for name, text in reports.items()},
        "cpu": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss,
    }


def child(request: dict, write: int) -> None:
    """Scan within limits, and write the answer to a pipe."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    os.chdir(request["folder"])
    if request["user"]:
        os.setuid(request["user"])
    try:
        found = scanned(".", request["formats"], rules=request["rules"])
    except Exception:  # noqa: BLE001 - any exception at all is what the tests look for
        found = {"traceback": traceback.format_exc()[-4000:]}
    with os.fdopen(write, "w") as pipe:
        json.dump(found, pipe)


def answer(request: dict) -> dict:
    """The answer of a forked process: what the scan came to, or how the process ended."""
    read, write = os.pipe()
    sys.stdout.flush()
    number = os.fork()
    if not number:
        os.close(read)
        child(request, write)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    _, status = os.waitpid(number, 0)
    return json.loads(text) if status == 0 else {"died": os.waitstatus_to_exitcode(status)}


def main() -> None:
    load_rules()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
