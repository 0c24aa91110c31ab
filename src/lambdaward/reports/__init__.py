"""Reports: one module per format, loaded when it is asked for."""

from lambdaward.reports.render import FORMATS, Look, render

__all__ = ["FORMATS", "Look", "render"]
