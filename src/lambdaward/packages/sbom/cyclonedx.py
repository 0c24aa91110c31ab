"""CycloneDX 1.6."""

from __future__ import annotations

from collections.abc import Mapping

from lambdaward import __version__
from lambdaward.packages.bill import Bill
from lambdaward.packages.components import Component, Evidence, Method
from lambdaward.packages.sbom.identity import TOOL, document_id

_SUBJECT = "subject"
_HOW: Mapping[Method, tuple[str, float]] = {
    Method.INSTALLED: ("manifest-analysis", 1),
    Method.BUILD: ("binary-analysis", 1),
    Method.MANIFEST: ("manifest-analysis", 0.9),
    Method.SOURCE: ("source-code-analysis", 0.8),
    Method.DIGEST: ("hash-comparison", 0.95),
    Method.BUNDLE: ("source-code-analysis", 0.6),
    Method.STRINGS: ("binary-analysis", 0.6),
}
"""CycloneDX's word for each method, and how sure it is."""


def cyclonedx(bill: Bill, created: str) -> dict[str, object]:
    """A bill as a CycloneDX document."""
    metadata: dict[str, object] = {
        "tools": {"components": [{"type": "application", "name": TOOL, "version": __version__}]},
        "component": {"type": "application", "name": bill.subject, "bom-ref": _SUBJECT},
        "properties": [{"name": f"{TOOL}:unknown", "value": unknown.reason} for unknown in bill.unknowns],
    }
    if created:
        metadata["timestamp"] = created
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": document_id(bill),
        "version": 1,
        "metadata": metadata,
        "components": [_component(component) for component in bill.components],
        "compositions": [{"aggregate": "incomplete" if bill.unknowns else "complete", "assemblies": [_SUBJECT]}],
    }


def _component(component: Component) -> dict[str, object]:
    purl = component.purl
    described: dict[str, object] = {"type": "library", "bom-ref": purl, "name": component.name, "purl": purl}
    if component.group:
        described["group"] = component.group
    if component.version:
        described["version"] = component.version
    surest = max(_HOW[item.method][1] for item in component.evidence)
    identity = {"field": "purl", "confidence": surest, "methods": [_method(item) for item in component.evidence]}
    occurrences = [{"location": place} for place in sorted({item.place for item in component.evidence})]
    return {**described, "evidence": {"identity": [identity], "occurrences": occurrences}}


def _method(item: Evidence) -> dict[str, object]:
    technique, confidence = _HOW[item.method]
    return {"technique": technique, "confidence": confidence, "value": f"{item.place} sha256:{item.sha256}"}
