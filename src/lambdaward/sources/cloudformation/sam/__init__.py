"""AWS SAM, brought to plain CloudFormation: nodes in, nodes out, each with the position of what the user wrote."""

from lambdaward.sources.cloudformation.sam.lower import Lowered, lower

__all__ = ["Lowered", "lower"]
