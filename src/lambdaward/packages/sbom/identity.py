"""What both forms say in the same way: who wrote them, and what names a document."""

from __future__ import annotations

import uuid

from lambdaward.packages.bill import Bill

TOOL = "lambdaward"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:lambdaward:sbom")


def document_id(bill: Bill) -> str:
    """A name for the document of a bill: another bill has another one."""
    lines = [bill.subject, *(unknown.reason for unknown in bill.unknowns)]
    for component in bill.components:
        lines += [component.purl, *(f"{item.place} {item.method} {item.sha256}" for item in component.evidence)]
    return f"urn:uuid:{uuid.uuid5(_SPACE, chr(10).join(lines))}"
