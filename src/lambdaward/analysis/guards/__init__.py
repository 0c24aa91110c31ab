"""Whom resource policies admit: everybody, services on behalf of strangers, and whom else their statements name.

for admitted in analysis.guards.admitted(queue.id):  # every principal of every allow statement
    analysis.guards.everybody(admitted, "sqs:SendMessage")  # whether a stranger gets through its conditions, past the denies
"""

from lambdaward.analysis.guards.guards import Admitted, Guards

__all__ = ["Admitted", "Guards"]
