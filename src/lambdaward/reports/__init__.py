"""Reports: one module per format, loaded when it is asked for."""

from lambdaward.reports.changes import write_changes
from lambdaward.reports.render import FORMATS, Look, render

__all__ = ["FORMATS", "Look", "render", "write_changes"]
