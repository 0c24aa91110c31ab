"""Event sources: for each its rule, mapping or subscription, and the permission, role or policy that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdaward.sources.cloudformation.sam.events.event import Event, Subject

if TYPE_CHECKING:
    from lambdaward.sources.cloudformation.sam.resource import Resource
    from lambdaward.sources.cloudformation.sam.stack import Stack

__all__ = ["Event", "Subject", "lower_events"]


def lower_events(stack: Stack, owner: Resource, subject: Subject) -> None:
    """Lower each event of a function. Many have none, and the modules for all types take as long to load as the rest."""
    if owner.get("Events") is not None:
        from lambdaward.sources.cloudformation.sam.events import table  # noqa: PLC0415 - see above

        table.lower_events(stack, owner, subject)
