"""The HTML report: one self-contained offline file."""

from lambdaward.reports.html.page import render, write

__all__ = ["render", "write"]
