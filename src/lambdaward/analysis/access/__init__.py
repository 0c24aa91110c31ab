"""What the principals of an estate may do, and which statement of which policy says so: the door for rules.

A rule never parses a policy. It walks statements, or asks:

    for stated in analysis.access.statements(role):  # inline, attached, managed; of the estate and of AWS
        for action in stated.statement.actions or ():
            if stated.statement.allow and action.value == "*":
                yield Found(record=role, place=stated.at(action), message=f"{stated.shown} allows everything")

    match analysis.access.allows(function, "s3:PutObject", "arn:aws:s3:::orders/*"):
        case Yes(proof):  # which statement, and where it stands
        case Unsure() as unsure:  # which condition keys, names or policies are not known

`access.trust(role)` and `access.guarding(resource)` walk trust and resource policies in the same way. Declared names stand in
the place of references (`access.names.resolve`), so that a reference to a bucket and its written name compare; what AWS makes
up never equals a written text.
"""

from lambdaward.analysis.access.access import Access, Who
from lambdaward.analysis.access.attached import Principal, Written
from lambdaward.analysis.access.names import Names
from lambdaward.analysis.access.stated import Stated

__all__ = ["Access", "Names", "Principal", "Stated", "Who", "Written"]
