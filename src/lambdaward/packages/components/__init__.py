"""What packages are inside a package: each with the evidence for it."""

from lambdaward.packages.components.collect import Collector
from lambdaward.packages.components.component import Component, Ecosystem, Evidence, Method

__all__ = ["Collector", "Component", "Ecosystem", "Evidence", "Method"]
