"""lambdaward: security for AWS Lambda. Names load lazily: asking the version, or importing the guard, loads nothing else."""

__version__ = "0.1.0"
