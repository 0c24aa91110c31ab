"""From statements to decisions."""

from lambdaward.iam.evaluation.clause import Asked, Clause, asked, clauses

__all__ = ["Asked", "Clause", "asked", "clauses"]
