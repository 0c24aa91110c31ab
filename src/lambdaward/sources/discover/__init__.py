"""What there is to read under some paths: which files are templates or build outputs, and what is left and why."""

from lambdaward.sources.discover.discover import Found, discover

__all__ = ["Found", "discover"]
