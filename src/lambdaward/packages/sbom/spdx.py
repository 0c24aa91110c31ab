"""SPDX 2.3."""

from __future__ import annotations

from collections.abc import Sequence

from lambdaward import __version__
from lambdaward.packages.behaviour import Able
from lambdaward.packages.bill import Bill
from lambdaward.packages.components import Component
from lambdaward.packages.sbom.able import Abilities, notes
from lambdaward.packages.sbom.identity import TOOL, document_id, whole

_EPOCH = "1970-01-01T00:00:00Z"
_ROOT = "SPDXRef-Subject"
_UNSTATED = "NOASSERTION"


def spdx(bills: Sequence[Bill], subject: str, created: str, able: Abilities) -> dict[str, object]:
    """Bills as one SPDX document about the only one's subject, or about a subject that all of them belong to."""
    bill, several = whole(bills, subject), len(bills) != 1
    ids = {component.purl: f"SPDXRef-Package-{number}" for number, component in enumerate(bill.components, 1)}
    parts = {each.subject: f"SPDXRef-Function-{number}" for number, each in enumerate(bills, 1)} if several else {}
    at = created or _EPOCH
    document: dict[str, object] = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": bill.subject,
        "documentNamespace": document_id(bills, bill.subject, able.lines()),
        "creationInfo": {"created": at, "creators": [f"Tool: {TOOL}-{__version__}"]},
        "packages": [
            _able(_described(bill.subject, _ROOT), () if several else able.subjects.get(bill.subject, ()), at),
            *(_able(_described(name, part), able.subjects.get(name, ()), at) for name, part in parts.items()),
            *(
                _able(_package(component, ids[component.purl]), able.components.get(component.purl, ()), at)
                for component in bill.components
            ),
        ],
        "relationships": [
            _relation("SPDXRef-DOCUMENT", "DESCRIBES", _ROOT),
            *(_relation(_ROOT, "CONTAINS", identity) for identity in parts.values()),
            *(
                _relation(parts.get(each.subject, _ROOT), "CONTAINS", ids[component.purl])
                for each in bills
                for component in each.components
            ),
        ],
    }
    if bill.unknowns:
        document["comment"] = "Not known: " + "; ".join(unknown.reason for unknown in bill.unknowns)
    return document


def _able(package: dict[str, object], able: Sequence[Able], at: str) -> dict[str, object]:
    """A package with what it can do."""
    return {**package, "annotations": notes(able, at)} if able else package


def _relation(element: str, kind: str, related: str) -> dict[str, object]:
    return {"spdxElementId": element, "relationshipType": kind, "relatedSpdxElement": related}


def _described(name: str, identity: str) -> dict[str, object]:
    return {"SPDXID": identity, "name": name, "downloadLocation": _UNSTATED, "filesAnalyzed": False}


def _package(component: Component, identity: str) -> dict[str, object]:
    proofs = "; ".join(f"{item.method}: {item.place} sha256:{item.sha256}" for item in component.evidence)
    name = f"{component.group}/{component.name}" if component.group else component.name
    reference = {
        "referenceCategory": "PACKAGE-MANAGER",
        "referenceType": "purl",
        "referenceLocator": component.purl,
    }
    package = {**_described(name, identity), "externalRefs": [reference], "sourceInfo": proofs}
    if component.version:
        package["versionInfo"] = component.version
    return package
