"""What packages are inside a package: each with the evidence for it."""

from lambdaward.packages.components.collect import Collector
from lambdaward.packages.components.component import Component, Ecosystem, Evidence, Method
from lambdaward.packages.components.detector import FIRST, PLAIN

__all__ = ["FIRST", "PLAIN", "Collector", "Component", "Ecosystem", "Evidence", "Method"]
