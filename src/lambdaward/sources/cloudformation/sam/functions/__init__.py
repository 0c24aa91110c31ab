"""Functions: the function itself, its role, versions and aliases, URL, asynchronous invocation and deployment."""

from lambdaward.sources.cloudformation.sam.functions.deployment import make_deployments
from lambdaward.sources.cloudformation.sam.functions.function import lower_function

__all__ = ["lower_function", "make_deployments"]
