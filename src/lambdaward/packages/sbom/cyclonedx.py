"""CycloneDX 1.6."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lambdaward import __version__
from lambdaward.packages.bill import Bill
from lambdaward.packages.components import Component, Evidence, Method
from lambdaward.packages.sbom.able import Abilities, properties
from lambdaward.packages.sbom.identity import TOOL, document_id, whole

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


def cyclonedx(bills: Sequence[Bill], subject: str, created: str, able: Abilities) -> dict[str, object]:
    """Bills as one CycloneDX document about the only one's subject, or about a subject that all of them belong to."""
    bill, several = whole(bills, subject), len(bills) != 1
    metadata: dict[str, object] = {
        "tools": {"components": [{"type": "application", "name": TOOL, "version": __version__}]},
        "component": {"type": "application", "name": bill.subject, "bom-ref": _SUBJECT},
        "properties": [*_unknowns(bill), *([] if several else properties(able.subjects.get(bill.subject, ())))],
    }
    if created:
        metadata["timestamp"] = created
    parts = [_part(each, able) for each in bills] if several else []
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": document_id(bills, bill.subject, able.lines()),
        "version": 1,
        "metadata": metadata,
        "components": [*parts, *(_component(component, able) for component in bill.components)],
        "dependencies": _dependencies(bills) if several else [_edges(_SUBJECT, _purls(bill))],
        "compositions": [
            {
                "aggregate": "incomplete" if each.unknowns else "complete",
                "assemblies": [_ref(each) if several else _SUBJECT],
            }
            for each in bills
        ],
    }


def _unknowns(bill: Bill) -> list[dict[str, str]]:
    return [{"name": f"{TOOL}:unknown", "value": unknown.reason} for unknown in bill.unknowns]


def _ref(bill: Bill) -> str:
    return f"function:{bill.subject}"


def _part(bill: Bill, able: Abilities) -> dict[str, object]:
    """One of several subjects."""
    told = [*_unknowns(bill), *properties(able.subjects.get(bill.subject, ()))]
    return {"type": "application", "bom-ref": _ref(bill), "name": bill.subject, "properties": told}


def _dependencies(bills: Sequence[Bill]) -> list[dict[str, object]]:
    return [_edges(_SUBJECT, map(_ref, bills)), *(_edges(_ref(each), _purls(each)) for each in bills)]


def _purls(bill: Bill) -> Iterable[str]:
    return (component.purl for component in bill.components)


def _edges(ref: str, others: Iterable[str]) -> dict[str, object]:
    return {"ref": ref, "dependsOn": sorted(others)}


def _component(component: Component, able: Abilities) -> dict[str, object]:
    purl = component.purl
    described: dict[str, object] = {"type": "library", "bom-ref": purl, "name": component.name, "purl": purl}
    if component.group:
        described["group"] = component.group
    if component.version:
        described["version"] = component.version
    if purl in able.components:
        described["properties"] = properties(able.components[purl])
    surest = max(_HOW[item.method][1] for item in component.evidence)
    identity = {"field": "purl", "confidence": surest, "methods": [_method(item) for item in component.evidence]}
    occurrences = [{"location": place} for place in sorted({item.place for item in component.evidence})]
    return {**described, "evidence": {"identity": [identity], "occurrences": occurrences}}


def _method(item: Evidence) -> dict[str, object]:
    technique, confidence = _HOW[item.method]
    return {"technique": technique, "confidence": confidence, "value": f"{item.place} sha256:{item.sha256}"}
