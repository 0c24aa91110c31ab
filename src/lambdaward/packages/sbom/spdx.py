"""SPDX 2.3."""

from __future__ import annotations

from lambdaward import __version__
from lambdaward.packages.bill import Bill
from lambdaward.packages.components import Component
from lambdaward.packages.sbom.identity import TOOL, document_id

_EPOCH = "1970-01-01T00:00:00Z"
_ROOT = "SPDXRef-Subject"
_UNSTATED = "NOASSERTION"


def spdx(bill: Bill, created: str) -> dict[str, object]:
    """A bill as an SPDX document."""
    ids = [f"SPDXRef-Package-{number}" for number in range(1, len(bill.components) + 1)]
    document: dict[str, object] = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": bill.subject,
        "documentNamespace": document_id(bill),
        "creationInfo": {"created": created or _EPOCH, "creators": [f"Tool: {TOOL}-{__version__}"]},
        "packages": [
            {"SPDXID": _ROOT, "name": bill.subject, "downloadLocation": _UNSTATED, "filesAnalyzed": False},
            *(_package(component, name) for component, name in zip(bill.components, ids, strict=True)),
        ],
        "relationships": [
            _relation("SPDXRef-DOCUMENT", "DESCRIBES", _ROOT),
            *(_relation(_ROOT, "CONTAINS", name) for name in ids),
        ],
    }
    if bill.unknowns:
        document["comment"] = "Not known: " + "; ".join(unknown.reason for unknown in bill.unknowns)
    return document


def _relation(element: str, kind: str, related: str) -> dict[str, object]:
    return {"spdxElementId": element, "relationshipType": kind, "relatedSpdxElement": related}


def _package(component: Component, name: str) -> dict[str, object]:
    proofs = "; ".join(f"{item.method}: {item.place} sha256:{item.sha256}" for item in component.evidence)
    reference = {
        "referenceCategory": "PACKAGE-MANAGER",
        "referenceType": "purl",
        "referenceLocator": component.purl,
    }
    package: dict[str, object] = {
        "SPDXID": name,
        "name": f"{component.group}/{component.name}" if component.group else component.name,
        "downloadLocation": _UNSTATED,
        "filesAnalyzed": False,
        "externalRefs": [reference],
        "sourceInfo": proofs,
    }
    if component.version:
        package["versionInfo"] = component.version
    return package
