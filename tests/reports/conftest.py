"""Comparison of reports with what they looked like when somebody last agreed."""

import pytest
from rendering import SNAPSHOTS


@pytest.fixture
def snapshot(request):
    """Hold a text against the file of its name; `--rewrite-snapshots` writes the file."""

    def check(name, text):
        file = SNAPSHOTS / name
        if request.config.getoption("--rewrite-snapshots"):
            file.write_text(text, "utf-8", newline="\n")
        assert file.is_file(), "run `pytest tests/reports --rewrite-snapshots`, and read what it wrote"
        assert text == file.read_text("utf-8")

    return check
