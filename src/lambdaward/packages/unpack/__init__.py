"""One streaming model of what is inside a package: entries, at every depth, with their content; and what is wrong with it."""

from lambdaward.packages.unpack.blob import Blob
from lambdaward.packages.unpack.entry import Content, Entry, Kind
from lambdaward.packages.unpack.faults import Fault, FaultKind, Group
from lambdaward.packages.unpack.limits import NORMAL, Limits
from lambdaward.packages.unpack.walk import is_image, is_package, walk, walk_bytes, walk_text

__all__ = [
    "NORMAL",
    "Blob",
    "Content",
    "Entry",
    "Fault",
    "FaultKind",
    "Group",
    "Kind",
    "Limits",
    "is_image",
    "is_package",
    "walk",
    "walk_bytes",
    "walk_text",
]
