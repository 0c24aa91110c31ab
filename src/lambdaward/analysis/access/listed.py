"""Whether the catalogue lists an action, and which listed ones are spelled like one that it does not."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.catalog import actions
from lambdaward.model import Unknown

_MOST_NEAR, _LONGEST = 3, 80


def unlisted(action: str) -> Unknown | None:
    """Why nothing can be said of an action, with the names that are near to it; `None` for one that is listed."""
    if "*" in action or "?" in action:
        return Unknown(f"`{action[:_LONGEST]}` is a pattern, and a request is for one action", "name one action")
    found = actions().index(action)
    if not isinstance(found, Unknown):
        return None
    near = list(dict.fromkeys(_near(action[:_LONGEST])))[:_MOST_NEAR]
    return Unknown(found.reason, f"did you mean {' or '.join(near)}?") if near else found


def _near(action: str) -> Iterator[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    universe = actions()
    service, colon, name = action.partition(":")
    if not colon:
        service, name = "", action
    services = [service] if universe.is_known(service) else get_close_matches(service, universe.services, cutoff=0.7)
    for known in services if colon else universe.services:
        mask = universe.service_mask(known)
        names = {one.partition(":")[2].lower(): one for one in universe.names(mask)} if isinstance(mask, int) else {}
        if not colon:
            yield from [names[name.lower()]] if name.lower() in names else []
        else:
            yield from (names[one] for one in get_close_matches(name.lower(), names, _MOST_NEAR))
