"""Reading the source of functions, without running any of it.

    follow({"/var/task/app.py": b"import requests"}, handler="app.handler", runtime="python3.13")

tells which files the handler's imports lead to, each with the way that leads there.
"""

from lambdaward.code.follow import Followed, follow
from lambdaward.code.imports import Imports

__all__ = ["Followed", "Imports", "follow"]
