# ruff: noqa: T201 - a script prints
"""A fuzz target for everything between bytes and the estate: discovery, reader, evaluator, SAM lowering, record builder.

    python tests/fuzz/fuzz_template_reader.py SECONDS [SEED]

Templates are made from a grammar and then damaged. Whatever they are, loading ends soon and without an exception: what cannot
be read is a problem in the estate's coverage. The first input that breaks this is written to a file, and the exit code is 1.
"""

import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

import grammar

from lambdaward.model import Function, Role, holes, show
from lambdaward.sources import LoadOptions, load

LIMIT_SECONDS = 5
LIMIT_BYTES = 4 << 30


class TooSlowError(Exception):
    """One input took longer than any input may."""


def give_up(signum: int, frame: object) -> None:
    """Stop an input that takes too long."""
    raise TooSlowError(f"more than {LIMIT_SECONDS} seconds")


def check(folder: Path) -> None:
    """Load a folder and touch what rules touch: nothing may raise."""
    estate = load([folder], LoadOptions(parameters={"Name": "given"}))
    for resource_ in estate.resources.values():
        show(resource_.properties)
        list(holes(resource_.properties))
    for record in (*estate.all(Function), *estate.all(Role)):
        estate.origin(record.place("Role"))
        repr(record)
    for problem in estate.coverage.problems:
        problem.message.encode()


def run(files: dict[str, bytes]) -> str:
    """Load one set of files; gives back the traceback when that fails."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "lambdaward.toml").touch()
        for file, data in files.items():
            (folder / file).write_bytes(data)
        signal.setitimer(signal.ITIMER_REAL, LIMIT_SECONDS)
        try:
            check(folder)
        except Exception:  # noqa: BLE001 - any exception at all is the finding
            return traceback.format_exc()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    return ""


def save(files: dict[str, bytes], seed: int) -> Path:
    """Keep the input that failed."""
    folder = Path(tempfile.gettempdir()) / f"lambdaward-fuzz-{seed}"
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def main(arguments: list[str]) -> int:
    """Run for some seconds; every input has a seed of its own, counted up from the first."""
    seconds = float(arguments[0]) if arguments else 10
    seed = int(arguments[1]) if len(arguments) > 1 else random.randrange(1 << 32)
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
    signal.signal(signal.SIGALRM, give_up)
    print(f"seed {seed}", flush=True)
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        files = grammar.files(random.Random(seed + count))
        if failure := run(files):
            print(failure, f"input {count} of seed {seed} is in {save(files, seed + count)}", sep="\n")
            return 1
        count += 1
    print(f"{count} inputs, none failed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
