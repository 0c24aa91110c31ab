"""Where the advisories of this machine are."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PLACE = "LAMBDAWARD_ADVISORIES"


def own_folder() -> Path:
    """Where advisories are imported to when nobody says: what the environment names, else a folder where the system keeps what
    can be had again."""
    if named := os.environ.get(PLACE):
        return Path(named)
    home = Path.home()
    match sys.platform:
        case "darwin":
            caches = home / "Library" / "Caches"
        case "win32":
            caches = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        case _:
            caches = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return caches / "lambdaward" / "advisories"


def given_advisories(named: str | None) -> Path | None:
    """The folder of the advisories to judge by: the one that is named, else one's own where there are any."""
    if named:
        return Path(named)
    own = own_folder()
    # `os.path`, because a home that may not be read has none, and `pathlib` raises there.
    return own if os.path.exists(own / "advisories.json") else None  # noqa: PTH110
