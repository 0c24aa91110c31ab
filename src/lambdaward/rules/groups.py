"""The security groups that functions have."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.model import Estate, Function, ResourceId, SecurityGroup


def groups_of_functions(estate: Estate) -> Iterator[tuple[SecurityGroup, list[Function]]]:
    """Each security group of the estate that a function has, with those functions."""
    users: dict[ResourceId, dict[ResourceId, Function]] = {}
    for function in estate.all(Function):
        for link in function.vpc.security_groups if function.vpc else ():
            if link.target is not None:
                users.setdefault(link.target, {})[function.id] = function
    for group in estate.all(SecurityGroup):
        if group.id in users:
            yield group, list(users[group.id].values())
