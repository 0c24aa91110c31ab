"""The command line. One module per command, loaded when it is used."""

import os
import sys

from lambdaward import __version__


def process() -> None:
    """Run the command line of this process, and end it.

    It ends at once: taking all records and modules apart one by one takes a sixth of the time that a small scan needs.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):  # nobody reads it any more, or it was never open
            continue
    os._exit(code)


def main(arguments: list[str] | None = None) -> int:
    """Run a command line (that of this process, when not given) and return its exit code. Never raises.

    Cycles of garbage are not looked for meanwhile: records are frozen and make none, and the search takes a fifth of the time
    that a small scan needs.
    """
    words = sys.argv[1:] if arguments is None else arguments
    if words == ["--version"] and _told():
        return 0
    import gc  # noqa: PLC0415 - the version needs nothing

    collecting = gc.isenabled()
    gc.disable()
    try:
        from lambdaward.cli.run import run  # noqa: PLC0415 - as above

        return run(words)
    finally:
        if collecting:
            gc.enable()


def _told() -> bool:
    """Tell the version before anything is loaded; whether somebody takes it."""
    try:
        sys.stdout.write(f"lambdaward {__version__}\n")
        sys.stdout.flush()
    except (OSError, AttributeError):
        return False
    return True
