"""The command line. One module per command, loaded when it is used."""

from __future__ import annotations

import sys

from lambdaward import TYPE_CHECKING, __version__

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (that of this process, when not given) and return its exit code. Never raises."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words == ["--version"]:  # answered before anything is loaded
        sys.stdout.write(f"lambdaward {__version__}\n")
        return 0
    from lambdaward.cli.run import run  # noqa: PLC0415 - as above

    return run(words)
