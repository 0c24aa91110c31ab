"""From bytes to a tree of nodes with positions: YAML with short tags, and JSON, within limits."""

from lambdaward.sources.cloudformation.reader.limits import LIMITS, Limits
from lambdaward.sources.cloudformation.reader.read import read

__all__ = ["LIMITS", "Limits", "read"]
