"""Whether a policy document says anything about an action, at first sight: most say nothing, and need not be read for that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lambdaward.iam import pattern
from lambdaward.model import Value

_PLAIN = frozenset({"Sid", "Effect", "Action", "Resource", "NotResource", "Condition", "Principal", "NotPrincipal"})


def is_silent(document: Value, action: str) -> bool:
    """Whether a document is surely about other actions only: each statement lists them in plain texts of which none matches
    `action`, in lower case. Anything out of the ordinary is not silent."""
    if not isinstance(document, Mapping) or "Statement" not in document:
        return False
    written = document["Statement"]
    statements = written if isinstance(written, tuple) else (written,)
    return all(isinstance(one, Mapping) and _is_elsewhere(one, action) for one in statements)


def _is_elsewhere(statement: Mapping[str, Value], action: str) -> bool:
    if not statement.keys() <= _PLAIN or "Action" not in statement:
        return False
    return not any(part is None or _matches(part, action) for part in _parts(statement["Action"]))


def _parts(written: Value) -> Iterator[str | None]:
    """The texts of a list; `None` for what is no text."""
    for part in written if isinstance(written, tuple) else (written,):
        yield part if isinstance(part, str) else None


def _matches(text: str, action: str) -> bool:
    first, wild, _ = text.partition("*")
    if "?" not in first and not (action.startswith(first.lower()) if wild else action == first.lower()):
        return False
    matcher = pattern(text, fold=True).matcher
    return matcher is None or matcher(action)
