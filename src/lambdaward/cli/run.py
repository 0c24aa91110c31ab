"""Running a command line: what becomes of errors, interrupts and closed pipes. Nobody ever sees a traceback unasked."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from lambdaward.cli.app import lambdaward
from lambdaward.cli.narration import narrate

USAGE, CRASHED, INTERRUPTED = 2, 70, 130
TRACEBACK = "LAMBDAWARD_TRACEBACK"


def run(words: Sequence[str]) -> int:
    """Run a command line and return its exit code."""
    _open_streams()
    try:
        code = lambdaward.main(list(words), prog_name="lambdaward", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.ClickException as error:
        return _misused(error)
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit:  # click's answer to a reader who has gone
        return 0
    except Exception as error:  # noqa: BLE001 - the one place where a fault of lambdaward itself ends
        return _failed(error)
    return int(code or 0)


def _open_streams() -> None:
    """Let what is written go nowhere where the caller has closed stdout or stderr."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - for the whole process


def _misused(error: click.exceptions.ClickException) -> int:
    narrate("error", error.format_message())
    context = getattr(error, "ctx", None)
    if context is not None:
        sys.stderr.write(f"try `{context.command_path} --help`\n")
    return USAGE


def _failed(error: Exception) -> int:
    from lambdaward.model import LambdawardError  # noqa: PLC0415 - only when something is wrong

    if isinstance(error, LambdawardError):
        narrate("error", str(error))
        return USAGE
    if os.environ.get(TRACEBACK):
        import traceback  # noqa: PLC0415 - only when asked for

        traceback.print_exception(error)
    narrate("error", f"lambdaward itself failed: {_where(error)}; please report it ({TRACEBACK}=1 shows the traceback)")
    return CRASHED


def _where(error: Exception) -> str:
    """What failed and where. Its text is left out: it may hold what was scanned."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {os.path.split(trace.tb_frame.f_code.co_filename)[1]}:{trace.tb_lineno}" if trace is not None else ""
    return f"{type(error).__name__}{place}"
