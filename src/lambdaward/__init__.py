"""lambdaward: security for AWS Lambda. Names load lazily, so that importing the guard, or asking the version, loads nothing else."""

__version__ = "0.1.0"
