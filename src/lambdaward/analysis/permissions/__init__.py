"""What everybody in an estate may do: who can take an action, and what one principal really can.

    for answer in analysis.permissions.who_can("lambda:InvokeFunction", function.id):
        answer.asker, answer.outcome, answer.condition  # roles, users, accounts, services, anybody: who can, and who perhaps

Whoever surely cannot is not among the answers.

    report = analysis.permissions.of(function)
    report.rows()  # by service, access level and resource
    report.dangers, report.bounded, report.denied
"""

from lambdaward.analysis.permissions.cells import Cell, Where
from lambdaward.analysis.permissions.dangers import Danger
from lambdaward.analysis.permissions.permissions import Permissions
from lambdaward.analysis.permissions.report import Report, Row

__all__ = ["Cell", "Danger", "Permissions", "Report", "Row", "Where"]
