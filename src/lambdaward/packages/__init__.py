"""What is inside a zip, layer or image: its entries at every depth, the packages they belong to, and what is wrong with it.

    >>> import tempfile, zipfile
    >>> from pathlib import Path
    >>> from lambdaward.packages import Form, inspect, sbom
    >>> path = Path(tempfile.mkdtemp(), "orders.zip")
    >>> with zipfile.ZipFile(path, "w") as package:
    ...     package.writestr("node_modules/left-pad/package.json", '{"name": "left-pad", "version": "1.3.0"}')
    >>> bill = inspect(path)
    >>> for component in bill.components:
    ...     print(component.purl, component.method, component.evidence[0].place)
    pkg:npm/left-pad@1.3.0 installed-metadata node_modules/left-pad/package.json
    >>> document = sbom(bill, Form.CYCLONEDX, created="2026-11-24T12:00:00Z")

`walk` gives the entries themselves, with their content; `inspect_code` takes the code that a function of an estate is linked to,
`inspect_function` that and its layers.
"""

from lambdaward.packages.bill import Attached, Bill, inspect, inspect_code, inspect_function, laid_entries, located
from lambdaward.packages.components import Component, Ecosystem, Evidence, Method
from lambdaward.packages.overlay import Hiding, Laid, Overlay, Part, Shadow, overlay
from lambdaward.packages.records import Change, Difference, record_check
from lambdaward.packages.sbom import Form, sbom, sbom_of
from lambdaward.packages.unpack import (
    Content,
    Entry,
    Fault,
    FaultKind,
    Group,
    Kind,
    Limits,
    is_image,
    is_package,
    walk,
    walk_text,
)
from lambdaward.packages.views import Segment, View, Window, views

__all__ = [
    "Attached",
    "Bill",
    "Change",
    "Component",
    "Content",
    "Difference",
    "Ecosystem",
    "Entry",
    "Evidence",
    "Fault",
    "FaultKind",
    "Form",
    "Group",
    "Hiding",
    "Kind",
    "Laid",
    "Limits",
    "Method",
    "Overlay",
    "Part",
    "Segment",
    "Shadow",
    "View",
    "Window",
    "inspect",
    "inspect_code",
    "inspect_function",
    "is_image",
    "is_package",
    "laid_entries",
    "located",
    "overlay",
    "record_check",
    "sbom",
    "sbom_of",
    "views",
    "walk",
    "walk_text",
]
