"""From node trees to stacks: parameters, conditions, intrinsic functions, nested stacks, imports and exports."""

from lambdaward.sources.cloudformation.program.program import Loaded, TemplateFile, load_templates

__all__ = ["Loaded", "TemplateFile", "load_templates"]
