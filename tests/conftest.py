"""Shared set-up: helpers beside tests are importable, and Hypothesis is deterministic and unhurried."""

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path[:0] = [str(Path(__file__).parent / room) for room in ("rules", "findings", "html", "reports")]


def pytest_addoption(parser):
    parser.addoption(
        "--rewrite-snapshots", action="store_true", help="write what reports look like now into tests/reports"
    )


settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("ci")
