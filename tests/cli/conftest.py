"""Fixtures: the command line, run in this process and in one of its own."""

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

from lambdaward.cli import main

COLOURS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LAMBDAWARD_TRACEBACK")


class Ran(NamedTuple):
    """What a command line did."""

    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty project, which is the current folder; `write` puts files into it."""
    for name in COLOURS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LAMBDAWARD_ADVISORIES", str(tmp_path.parent / f"{tmp_path.name}-advisories"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write(folder):
    """Writes files into the project."""

    def files(**texts: str) -> Path:
        for name, text in texts.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return folder

    return files


@pytest.fixture
def run(folder, capsys):
    """Runs a command line in this process."""

    def command(*words: str) -> Ran:
        code = main([*map(str, words)])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return command


@pytest.fixture
def spawn(folder):
    """Runs a command line in a process of its own."""

    def command(*words: str, stdout=subprocess.PIPE, **environment: str):
        return subprocess.run(
            [sys.executable, "-m", "lambdaward", *words],
            stdout=stdout,
            stderr=subprocess.PIPE,
            env={**os.environ, **environment},
            check=False,
            timeout=60,
        )

    return command
