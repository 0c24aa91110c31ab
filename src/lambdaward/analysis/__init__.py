"""Answers that join engines, computed once and lazily, over one estate and what is given beside it."""

from lambdaward.analysis.analysis import Analysis, Given

__all__ = ["Analysis", "Given"]
