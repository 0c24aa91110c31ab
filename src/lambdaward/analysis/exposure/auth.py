"""What a route asks of its callers, from the words that both kinds of API Gateway use."""

from __future__ import annotations

from lambdaward.model import No, TextValue, Verdict, Yes, any_of, is_equal, literal

# AuthorizationType of AWS::ApiGateway::Method and AWS::ApiGatewayV2::Route (template reference, November 2026).
_WORDS = {"AWS_IAM": "iam", "CUSTOM": "authorizer", "COGNITO_USER_POOLS": "cognito", "JWT": "jwt", "NONE": "none"}


def asked(authorization: TextValue) -> tuple[Verdict, str]:
    """Whether a route is open, and what it asks for. Absent means `NONE`."""
    word = "NONE" if authorization is None else literal(authorization)
    if word is None:
        return any_of((is_equal(authorization, "NONE"), is_equal(authorization, None))), "?"
    auth = _WORDS.get(word.upper(), "?")
    return (Yes() if auth == "none" else No()), auth
