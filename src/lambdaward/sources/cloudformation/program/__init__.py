"""From node trees to stacks: parameters, conditions, intrinsic functions, nested stacks, imports and exports."""

from lambdaward.sources.cloudformation.program.program import Loaded, load_templates
from lambdaward.sources.cloudformation.program.template import Hints, TemplateFile

__all__ = ["Hints", "Loaded", "TemplateFile", "load_templates"]
