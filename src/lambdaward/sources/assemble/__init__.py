"""From stacks in CloudFormation's vocabulary to the estate: typed records, links by identity, linked code, masked files."""

from lambdaward.sources.assemble.build import assemble
from lambdaward.sources.assemble.identity import arn_of, returned

__all__ = ["arn_of", "assemble", "returned"]
