"""The configuration file: `lambdaward.toml`, or `[tool.lambdaward]` in `pyproject.toml`."""

from lambdaward.config.config import Accept, Config
from lambdaward.config.find import nearest
from lambdaward.config.read import Configuration, read
from lambdaward.config.schema import schema

__all__ = ["Accept", "Config", "Configuration", "nearest", "read", "schema"]
