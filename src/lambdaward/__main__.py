"""`python -m lambdaward`."""

from lambdaward.cli import process

process()
