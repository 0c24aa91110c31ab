"""Layers: who publishes them, and what is behind each."""

from lambdaward.analysis.layers.behind import Behind, Layers
from lambdaward.analysis.layers.files import NOT_HERE, is_here, names, overlaid, packed
from lambdaward.analysis.layers.listed import deleted, newest
from lambdaward.analysis.layers.origin import Origin, origin

__all__ = [
    "NOT_HERE",
    "Behind",
    "Layers",
    "Origin",
    "deleted",
    "is_here",
    "names",
    "newest",
    "origin",
    "overlaid",
    "packed",
]
