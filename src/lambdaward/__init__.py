"""lambdaward: security for AWS Lambda. Names load lazily: asking the version, or importing the guard, loads nothing else.

import lambdaward as lw

estate = lw.load("template.yaml")
analysis = lw.analyse(estate)
for finding in lw.scan(analysis).findings:
    print(finding.rule.name, finding.message)
"""

TYPE_CHECKING = False  # as type checkers know it; importing `typing` alone takes as long as Python's own start

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis
    from lambdaward.api import analyse, load, scan
    from lambdaward.findings import Confidence, Finding, Kind, Rule, Scan, Severity, Suppressed, Suppression, Unsettled
    from lambdaward.model import (
        Estate,
        FileOrigin,
        Function,
        InputError,
        LambdawardError,
        LiveOrigin,
        No,
        Place,
        Problem,
        Resource,
        ResourceId,
        Role,
        Unknown,
        Unsure,
        UsageError,
        Yes,
    )

__version__ = "0.1.0"

_ROOMS = {
    "analysis": "Analysis",
    "api": "analyse load scan",
    "findings": "Confidence Finding Kind Rule Scan Severity Suppressed Suppression Unsettled",
    "model": "Estate FileOrigin Function InputError LambdawardError LiveOrigin No Place Problem Resource ResourceId Role "
    "Unknown Unsure UsageError Yes",
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = [
    "Analysis",
    "Confidence",
    "Estate",
    "FileOrigin",
    "Finding",
    "Function",
    "InputError",
    "Kind",
    "LambdawardError",
    "LiveOrigin",
    "No",
    "Place",
    "Problem",
    "Resource",
    "ResourceId",
    "Role",
    "Rule",
    "Scan",
    "Severity",
    "Suppressed",
    "Suppression",
    "Unknown",
    "Unsettled",
    "Unsure",
    "UsageError",
    "Yes",
    "analyse",
    "load",
    "scan",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module `lambdaward` has no attribute `{name}`")
    from importlib import import_module  # noqa: PLC0415 - only when needed

    value: object = getattr(import_module(f"lambdaward.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
