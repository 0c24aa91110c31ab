"""The fewest edits of policies that sever every path to something, while some calls still work.

cut = sever(analysis, starts, wanted, kept)
cut.edits  # what to edit, each with the statement that it is about; verified: the estate with them made has no such path
cut.exact  # whether no fewer edits do
"""

from lambdaward.analysis.cut.apply import edited
from lambdaward.analysis.cut.cut import Call, Cut, Wishes, sever, stated, statements
from lambdaward.analysis.cut.edit import Edit, How
from lambdaward.analysis.cut.hitting import MOST, Hitting, hitting

__all__ = [
    "MOST",
    "Call",
    "Cut",
    "Edit",
    "Hitting",
    "How",
    "Wishes",
    "edited",
    "hitting",
    "sever",
    "stated",
    "statements",
]
