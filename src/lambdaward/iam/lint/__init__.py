"""What is legal in a policy and still wrong: what it says means something else than its author meant, or nothing."""

from lambdaward.iam.lint.lint import RULES, lint
from lambdaward.iam.lint.remark import Remark

__all__ = ["RULES", "Remark", "lint"]
