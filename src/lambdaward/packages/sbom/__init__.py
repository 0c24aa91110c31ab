"""Bills of materials in standard forms: the same bill is always the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import msgspec

from lambdaward.packages.bill import Bill
from lambdaward.packages.sbom.able import Abilities, abilities
from lambdaward.packages.sbom.cyclonedx import cyclonedx
from lambdaward.packages.sbom.spdx import spdx

__all__ = ["Abilities", "Form", "abilities", "sbom", "sbom_of"]


class Form(StrEnum):
    """The forms that a bill can be written in: CycloneDX 1.6 and SPDX 2.3, both as JSON."""

    CYCLONEDX = "cyclonedx"
    SPDX = "spdx"


_WRITERS: Mapping[Form, Callable[[Sequence[Bill], str, str, Abilities], dict[str, object]]] = {
    Form.CYCLONEDX: cyclonedx,
    Form.SPDX: spdx,
}

_UNTOLD = Abilities()


def sbom(bill: Bill, form: Form = Form.CYCLONEDX, created: str = "") -> bytes:
    """A bill as a JSON document. `created` is the time that it states (ISO 8601, UTC, whole seconds, as `2026-11-24T12:00:00Z`);
    without one CycloneDX leaves it out and SPDX, which must have one, states the beginning of 1970."""
    return sbom_of((bill,), bill.subject, form, created)


def sbom_of(
    bills: Sequence[Bill], subject: str, form: Form = Form.CYCLONEDX, created: str = "", able: Abilities = _UNTOLD
) -> bytes:
    """Bills as one JSON document: about the only one's subject, or about a common subject of several, of which no two have the
    same name, and what their components can do. `created` as for `sbom`."""
    document = _WRITERS[form](bills, subject, created, able)
    return msgspec.json.format(msgspec.json.encode(document, order="sorted"), indent=2) + b"\n"
