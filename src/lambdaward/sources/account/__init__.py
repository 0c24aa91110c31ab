"""What an account answered, saved as JSON: `iam get-account-authorization-details`, and `lambda list-functions` beside it."""

from lambdaward.sources.account.recognise import looks_like_answer

__all__ = ["looks_like_answer"]
