"""How wide the terminal is. `shutil` says so too, but importing it takes a tenth of the time that `--help` has."""

from __future__ import annotations

import os


def columns(most: int) -> int:
    """The columns of the terminal, at most so many; that many where there is no terminal. COLUMNS wins."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return min(int(said), most)
    try:
        return min(os.get_terminal_size().columns or most, most)
    except OSError:
        return most
