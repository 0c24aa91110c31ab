"""The formats of many issuers, with their checksums and filters: kingfisher's rules, in process, without network.

Loading them takes half a second, and several when it is the first time on a machine: they are compiled then, and kept in
the user's own cache folder, which only he may write to. Nothing is loaded until a text is worth asking about.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lambdaward.secrets.answer import Leak, Sureness, leak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kingfisher_sdk import Finding, Scanner

_RUN = re.compile(r"[A-Za-z0-9+/_=.~-]{20,}")
# Parts of credentials that open nothing by themselves: names of accounts, clients and tenants.
_NO_SECRETS = re.compile(
    r"(?:-|\b)(?:id|username|address|client-id|tenant-id|name|pub-api-key|organization|repository|publishable)(?:\.\d+)?$"
)

_CATALOGUE = re.compile(r"^\w+\.(?:secrets/)?")


@cache
def scanner() -> Scanner:
    """The scanner over all rules but the least sure ones."""
    from kingfisher_sdk import Rules, Scanner  # noqa: PLC0415 - heavy, see above

    return Scanner(Rules(confidence="medium"))


def is_worth_asking(value: str) -> bool:
    """Whether a text has a run of letters and digits that could be a token."""
    return any(any(map(str.isdigit, run)) and any(map(str.isalpha, run)) for run in _RUN.findall(value))


def find_token(value: str) -> Leak | None:
    """The surest token of any issuer in a text."""
    return max(
        (leak(kind_of(found), sureness_of(found), found.secret) for found in tokens(value)),
        key=lambda one: one.sureness,
        default=None,
    )


def tokens(data: str | bytes) -> Iterator[Finding]:
    """The tokens in a text, but for parts that open nothing by themselves."""
    for found in scanner().scan(data):
        if found.visible and not _NO_SECRETS.search(found.rule_id):
            yield found


def kind_of(found: Finding) -> str:
    """What a token is, as its rule is called."""
    return _CATALOGUE.sub("", found.rule_id)


def sureness_of(found: Finding) -> Sureness:
    """How sure the rule is."""
    return Sureness.HIGH if found.confidence == "high" else Sureness.MEDIUM
