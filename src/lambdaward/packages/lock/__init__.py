"""The lock of a project: what every function, layer and package is, by digests, and what is inside.

made = lock_of(Project(estate))
written(made.lock)                 # the text to commit
compare(read_lock(path), made.lock)    # what is not as it was locked
"""

from lambdaward.packages.lock.compare import Change, Difference, Inside, compare, inside
from lambdaward.packages.lock.deployed import compare_deployed, deployed
from lambdaward.packages.lock.listing import Item, framed, item
from lambdaward.packages.lock.locked import Lock, Locked
from lambdaward.packages.lock.project import Made, Project, lock_of
from lambdaward.packages.lock.sidefile import read_lists, written_lists
from lambdaward.packages.lock.text import TABLES, broken_seals, read_lock, seal, sealed, written

__all__ = [
    "TABLES",
    "Change",
    "Difference",
    "Inside",
    "Item",
    "Lock",
    "Locked",
    "Made",
    "Project",
    "broken_seals",
    "compare",
    "compare_deployed",
    "deployed",
    "framed",
    "inside",
    "item",
    "lock_of",
    "read_lists",
    "read_lock",
    "seal",
    "sealed",
    "written",
    "written_lists",
]
