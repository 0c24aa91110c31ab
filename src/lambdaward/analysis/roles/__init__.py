"""Execution roles: which functions run with which role, what its statements grant, and what of that has no limit.

for role in analysis.roles.execution:
for grant in analysis.roles.grants(role.role):
reach = analysis.roles.everywhere(grant, grant.mask)
reach.actions  # allowed on any resource of their kind, whatever it is called
for caller in analysis.roles.callers(role.role): ...  # whom the trust policy admits
"""

from lambdaward.analysis.roles.grant import Grant, Reach
from lambdaward.analysis.roles.roles import ExecutionRole, Roles
from lambdaward.analysis.roles.trust import Caller

__all__ = ["Caller", "ExecutionRole", "Grant", "Reach", "Roles"]
