"""Lambda's runtimes: every one there has been, its operating system, its dates and its successor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import IntEnum
from functools import cache

from msgspec import Struct

from lambdaward.catalog.sheet import sheet


class Phase(IntEnum):
    """How far a runtime has gone on a given day. Later phases include what the earlier ones mean."""

    SUPPORTED = 0
    DEPRECATED = 1
    CREATE_BLOCKED = 2
    UPDATE_BLOCKED = 3


class Runtime(Struct, frozen=True, kw_only=True):
    """One runtime. Dates are `None` where AWS has not scheduled them; `successor` is the newest supported runtime of the
    same family; `preview` means that AWS does not support it yet."""

    family: str
    os: str
    deprecated: dt.date | None = None
    create_blocked: dt.date | None = None
    update_blocked: dt.date | None = None
    successor: str = ""
    preview: bool = False
    snap_start: bool = False
    publisher: str = "aws"

    def phase(self, today: dt.date) -> Phase:
        """The phase that the runtime is in on a day."""
        steps = ((Phase.UPDATE_BLOCKED, self.update_blocked), (Phase.CREATE_BLOCKED, self.create_blocked))
        for phase, day in (*steps, (Phase.DEPRECATED, self.deprecated)):
            if day is not None and today >= day:
                return phase
        return Phase.SUPPORTED


@cache
def runtimes() -> Mapping[str, Runtime]:
    """Every runtime by its identifier."""
    return sheet("runtimes", dict[str, Runtime]).rows


def runtime(name: str) -> Runtime | None:
    """The runtime with an identifier; `None` when the catalogue does not know it, which is never a pass."""
    return runtimes().get(name)
