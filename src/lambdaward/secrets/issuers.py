"""The formats of many issuers, with their checksums and filters: kingfisher's rules, in process, without network.

Loading them takes half a second, and several when it is the first time on a machine: they are compiled then, and kept in
the user's own cache folder, which only he may write to. Nothing is loaded until a text is worth asking about.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lambdaward.model import pattern
from lambdaward.secrets.answer import Leak, Sureness, leak
from lambdaward.secrets.formats import known_form
from lambdaward.secrets.shapes import looks_random
from lambdaward.secrets.spoken import is_spoken, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kingfisher_sdk import Finding, Scanner

# Parts of credentials that open nothing by themselves: names of accounts, clients and tenants.
_NO_SECRETS = pattern(
    r"(?:-|\b)(?:id|username|address|client-id|tenant-id|name|pub-api-key|organization|repository|publishable)(?:\.\d+)?$"
)

_CATALOGUE = pattern(r"^\w+\.(?:secrets/)?")


@cache
def scanner() -> Scanner:
    """The scanner over all rules but the least sure ones."""
    from kingfisher_sdk import Rules, Scanner  # noqa: PLC0415 - heavy, see above

    return Scanner(Rules(confidence="medium"), base64=False)


def is_worth_asking(value: str) -> bool:
    """Whether a text has a run that could be a token: letters and digits, and not made of words."""
    return any(any(map(str.isalpha, run)) and _may_be_token(run) for run in runs(value))


def is_worth_scanning(data: bytes) -> bool:
    """Whether a stretch of a file may hold a token. Once the formats are loaded, asking them is cheaper than looking."""
    if scanner.cache_info().currsize:
        return True
    return any(map(_may_be_token, runs(data.decode("latin-1"))))


def _may_be_token(run: str) -> bool:
    return looks_random(run) and not is_spoken(run)


def find_token(value: str) -> Leak | None:
    """The surest token of any issuer in a text."""
    return max(map(leak_of, tokens(value)), key=lambda one: one.sureness, default=None)


def tokens(data: str | bytes) -> Iterator[Finding]:
    """The tokens in a text, but for parts that open nothing by themselves."""
    for found in scanner().scan(data):
        if found.visible and not _NO_SECRETS.search(found.rule_id):
            yield found


def leak_of(found: Finding) -> Leak:
    """A token as a leak. What it is says the name of its rule; one that our own table knows too is as sure as it says."""
    known = known_form(found.secret)
    if known:
        return known
    sureness = Sureness.HIGH if found.confidence == "high" else Sureness.MEDIUM
    return leak(_CATALOGUE.sub("", found.rule_id), sureness, found.secret)
