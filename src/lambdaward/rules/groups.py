"""The security groups that functions have."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.model import Estate, Function, SecurityGroup


def groups_of_functions(estate: Estate) -> Iterator[tuple[SecurityGroup, list[Function]]]:
    """Each security group of the estate that a function has, with those functions."""
    for group in estate.all(SecurityGroup):
        functions = [
            function
            for function in estate.all(Function)
            if function.vpc and any(link.target == group.id for link in function.vpc.security_groups)
        ]
        if functions:
            yield group, functions
