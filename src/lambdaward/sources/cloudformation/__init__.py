"""CloudFormation and SAM templates, and the templates inside CDK output."""

from lambdaward.sources.cloudformation.program import Loaded, TemplateFile, load_templates

__all__ = ["Loaded", "TemplateFile", "load_templates"]
