"""The fixture of these tests: a project of hostile files is scanned, in a process with limits, and what came of it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def scanner():
    """A process that scans folders, each in a fork of its own."""
    program = Path(__file__).with_name("scanner.py")
    with subprocess.Popen(
        [sys.executable, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def scan(scanner, tmp_path):
    """Scans a folder with some files in it, through the rules and the reports that are named. A scan that raises, or that
    takes more memory or time than any may, fails the test."""

    def run(files, formats=("terminal", "json"), *, rules=True, user=0):
        (tmp_path / "lambdaward.toml").touch()
        for name, content in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        scanner.stdin.write(
            json.dumps({"folder": str(tmp_path), "formats": formats, "rules": rules, "user": user}) + "\n"
        )
        scanner.stdin.flush()
        answer = json.loads(scanner.stdout.readline())
        assert "traceback" not in answer, answer["traceback"]
        assert "died" not in answer, f"over the limits: {answer}"
        return answer

    return run
