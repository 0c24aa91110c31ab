"""Secrets in plain sight: in values and in files, told apart from references to where secrets are kept.

>>> from lambdaward.secrets import judge
>>> judge("DB_PASSWORD", "prod/orders/db").store
<Store.SECRETS_MANAGER: 'secrets-manager'>
>>> answer = judge("DATABASE_URL", "postgres://orders:" + "tulip-42-kettle" + "@db.internal/orders")
>>> answer.kind, answer.via, answer.value
('password', ('url password',), «redacted»)
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lambdaward.secrets.answer import Answer, Clear, Leak, Reference, Store, Sureness
from lambdaward.secrets.door import judge, may_hold
from lambdaward.secrets.names import Says, says
from lambdaward.secrets.sighting import Sighting

if TYPE_CHECKING:
    from lambdaward.packages import Fault

__all__ = [
    "Answer",
    "Clear",
    "Leak",
    "Reference",
    "Says",
    "Sighting",
    "Store",
    "Sureness",
    "judge",
    "looks_random",
    "may_hold",
    "says",
    "search",
    "search_file",
    "search_text",
]


def looks_random(text: str) -> bool:
    """Whether a machine made a text: among its runs of letters and digits one is long and is not made of words."""
    from lambdaward.secrets import shapes  # noqa: PLC0415 - most values are plain

    return shapes.looks_random(text)


def search(path: Path) -> Iterator["Sighting | Fault"]:
    """The secrets in a folder, archive or image on this machine, as they are met, and what is wrong with it. Raises
    `InputError` when it cannot be read."""
    from lambdaward.secrets.files import search as searched  # noqa: PLC0415 - only where packages are read

    return searched(path)


def search_file(path: Path, name: str) -> Iterator["Sighting | Fault"]:
    """The secrets in one file of settings, state or the like, which is called so. Raises `InputError` when it cannot be
    read."""
    from lambdaward.secrets.single import search_file as searched  # noqa: PLC0415 - as above

    return searched(path, name)


def search_text(text: str, name: str) -> Iterator["Sighting | Fault"]:
    """The secrets in code that is written in a template and becomes a file of this name."""
    if not may_hold(text):
        return iter(())
    from lambdaward.secrets.files import search_text as searched  # noqa: PLC0415 - as above

    return searched(text, name)
