"""The zip format, read by its own records: what the directory lists, what lies in front of it, and where both disagree."""

from lambdaward.packages.unpack.zip.reader import read_zip

__all__ = ["read_zip"]
