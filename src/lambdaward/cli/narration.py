"""What is told beside the data: one line at a time, on stderr."""

from __future__ import annotations

import sys


def narrate(kind: str, text: str) -> None:
    """Write one line, such as `error: ...`. Nothing in it can move the cursor or end the line."""
    from lambdaward.reports.text import visible  # noqa: PLC0415 - many commands have nothing to tell

    sys.stderr.write(f"{kind}: {visible(text)}\n")
