"""CloudFormation and SAM templates, and the templates inside CDK output."""

from lambdaward.sources.cloudformation.program import Hints, Loaded, TemplateFile, load_templates

__all__ = ["Hints", "Loaded", "TemplateFile", "load_templates"]
