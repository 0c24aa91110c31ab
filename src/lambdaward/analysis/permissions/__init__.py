"""What everybody in an estate may do: who can take an action, and what one principal really can.

    for answer in analysis.permissions.who_can("lambda:InvokeFunction", function.id):
        answer.asker, answer.outcome, answer.condition  # roles, users, accounts, services, anybody: who can, and who perhaps

Whoever surely cannot is not among the answers.
"""

from lambdaward.analysis.permissions.permissions import Permissions

__all__ = ["Permissions"]
