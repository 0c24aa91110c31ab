"""Event sources: for each its rule, mapping or subscription, and the permission, role or policy that it needs."""

from lambdaward.sources.cloudformation.sam.events.event import Event, Subject
from lambdaward.sources.cloudformation.sam.events.machine import lower_machine_events
from lambdaward.sources.cloudformation.sam.events.table import lower_events

__all__ = ["Event", "Subject", "lower_events", "lower_machine_events"]
