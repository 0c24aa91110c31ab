"""Reads the examples out of rules' documentation: fenced files under `### fires:`, `### silent:` and `### unknown:`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

MARK = re.compile(r"#\s*(<-|\?-)\s*(LW[A-Z]\d+)")
FENCE = re.compile(r"^```(\w*)\s*(\S*)\s*$")


@dataclass
class Example:
    """One documented example: what kind it is, its files, and the day it is judged on."""

    rule: str
    kind: str
    title: str
    today: dt.date = dt.date(2026, 11, 23)
    files: dict[str, str] = field(default_factory=dict)

    def marks(self, arrow: str) -> set[tuple[str, int, str]]:
        """The lines that carry a mark: file, line, rule id."""
        return {
            (name, number, match[2])
            for name, text in self.files.items()
            for number, line in enumerate(text.splitlines(), 1)
            for match in MARK.finditer(line)
            if match[1] == arrow
        }


def examples(rule: str, text: str) -> list[Example]:
    """The examples of one rule's "Examples" section."""
    found: list[Example] = []
    fence: list[str] | None = None
    name = ""
    for line in text.splitlines():
        if match := FENCE.match(line.strip() if fence is None else line):
            if fence is None:
                fence, name = [], match[2] or "template.yaml"
            else:
                found[-1].files[name] = "\n".join(fence) + "\n"
                fence = None
        elif fence is not None:
            fence.append(line)
        elif heading := re.match(r"### (fires|silent|unknown): (.+)", line):
            found.append(Example(rule, heading[1], heading[2]))
        elif day := re.match(r"today: (\d{4}-\d\d-\d\d)", line):
            found[-1].today = dt.date.fromisoformat(day[1])
    return found
