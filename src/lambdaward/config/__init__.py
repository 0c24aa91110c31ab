"""The configuration file: `lambdaward.toml`, or `[tool.lambdaward]` in `pyproject.toml`."""

from lambdaward.config.config import Accept, Config

__all__ = ["Accept", "Config"]
