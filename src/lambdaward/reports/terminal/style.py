"""Colour, links and width of the terminal report. The text is the same without any of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lambdaward.findings import Severity
from lambdaward.model import FileOrigin, Origin
from lambdaward.reports.places import label
from lambdaward.reports.render import Look
from lambdaward.reports.text import clipped, columns, visible, well_formed

SEVERITY: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.CRITICAL: "1;95",
        Severity.HIGH: "1;91",
        Severity.MEDIUM: "1;93",
        Severity.LOW: "1;96",
        Severity.INFO: "1;37",
    }
)
MOST_TEXT, MOST_NAME = 2000, 200
BOLD, FRAME, FAINT, GOOD, WARNING, ERROR = "1", "1;94", "2", "1;92", "1;93", "1;91"


class Style:
    """Paints and wraps text for one terminal."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.width = max(look.width, 40)
        self.verbose = look.verbose

    def paint(self, text: str, code: str) -> str:
        """A text in a colour, or as it is. The text must be harmless already."""
        return f"\x1b[{code}m{text}\x1b[0m" if self._look.colour and text else text

    def place(self, origin: Origin | None, otherwise: str = "") -> str:
        """The label of a place, as a link to the file where the terminal takes links. `otherwise` is for a place that has
        none."""
        shown = clipped(visible(label(origin) or otherwise), MOST_TEXT)
        if not self._look.links or not isinstance(origin, FileOrigin):
            return shown
        from pathlib import Path  # noqa: PLC0415 - only for links

        uri = Path(well_formed(origin.file)).absolute().as_uri()
        return f"\x1b]8;;{uri}\x1b\\{shown}\x1b]8;;\x1b\\"

    def wrap(self, lead: str, text: str) -> list[str]:
        """A text as lines within the width, the first after `lead`, the others aligned below it. Words stay whole, and a text
        without end is clipped."""
        return self._wrapped(lead, clipped(text, MOST_TEXT))

    def listing(self, lead: str, names: Iterable[str]) -> list[str]:
        """Names as lines within the width, as many as there are."""
        return self._wrapped(lead, ", ".join(clipped(name, MOST_NAME) for name in names))

    def _wrapped(self, lead: str, text: str) -> list[str]:
        from textwrap import wrap  # noqa: PLC0415 - only for this report

        room = max(self.width - columns(lead), 20)
        lines = wrap(visible(text), room, break_on_hyphens=False, break_long_words=False) or [""]
        return [lead + lines[0], *(" " * columns(lead) + line for line in lines[1:])]
