"""The world -> estate. `load` reads infrastructure code from files and folders."""

from lambdaward.sources.load import load
from lambdaward.sources.parameters import read_parameter_file
from lambdaward.sources.stack import LoadOptions

__all__ = ["LoadOptions", "load", "read_parameter_file"]
