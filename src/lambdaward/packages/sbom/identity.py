"""What both forms say in the same way: who wrote them, what they are about, and what names a document."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from lambdaward.packages.bill import Bill, joined

TOOL = "lambdaward"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:lambdaward:sbom")


def whole(bills: Sequence[Bill], subject: str) -> Bill:
    """The only bill, or all of several as one about their common subject."""
    return bills[0] if len(bills) == 1 else joined(subject, bills)


def document_id(bills: Sequence[Bill], subject: str, more: Iterable[str] = ()) -> str:
    """A name for the document of some bills, and of what more it says: others have another one."""
    lines = [subject, *more]
    for bill in bills:
        lines += [bill.subject, *(unknown.reason for unknown in bill.unknowns)]
        for component in bill.components:
            lines += [component.purl, *(f"{item.place} {item.method} {item.sha256}" for item in component.evidence)]
    return f"urn:uuid:{uuid.uuid5(_SPACE, chr(10).join(lines))}"
