"""The world -> estate. `load` reads infrastructure code from files and folders."""

from lambdaward.sources.load import load
from lambdaward.sources.stack import LoadOptions

__all__ = ["LoadOptions", "load"]
