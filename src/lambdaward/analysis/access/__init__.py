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

`access.can` asks more: about any caller, and of every policy that has a say, those of the resource included.

    answer = analysis.access.can(function, "s3:GetObject", "arn:aws:s3:::orders/1")
    answer.outcome  # allowed, explicitly or implicitly denied, or unknown
    answer.explain()  # each policy's part with file and line, what is not known, what would change the answer
"""

from lambdaward.analysis.access.access import Access, Who
from lambdaward.analysis.access.asking import ANYBODY, Asker, Target, outsider
from lambdaward.analysis.access.attached import Principal, Written
from lambdaward.analysis.access.document import ANY as ANY_KEY
from lambdaward.analysis.access.document import Concern, Documents, is_doubtful, is_free, told_apart
from lambdaward.analysis.access.explained import WORDS, Answer, Cited, Side, told
from lambdaward.analysis.access.listed import unlisted
from lambdaward.analysis.access.names import Names
from lambdaward.analysis.access.stated import Stated
from lambdaward.analysis.access.words import Words

__all__ = [
    "ANYBODY",
    "ANY_KEY",
    "WORDS",
    "Access",
    "Answer",
    "Asker",
    "Cited",
    "Concern",
    "Documents",
    "Names",
    "Principal",
    "Side",
    "Stated",
    "Target",
    "Who",
    "Words",
    "Written",
    "is_doubtful",
    "is_free",
    "outsider",
    "told",
    "told_apart",
    "unlisted",
]
