"""What is settled without an engine: only code that can be seen whole. The rest is left to what reads packages."""

import os

import pytest

from lambdaward.analysis.contents import _lies_here
from lambdaward.analysis.layers import names
from lambdaward.analysis.secrets import code as secret_code
from lambdaward.model import Function, LocalCode, ResourceId

PLAIN = "def handler(event, context):\n    return event\n"


@pytest.fixture
def code(tmp_path):
    (tmp_path / "src" / "inner").mkdir(parents=True)
    (tmp_path / "src" / "orders.py").write_text(PLAIN)
    (tmp_path / "src" / "inner" / "more.py").write_text(PLAIN)
    return LocalCode("folder", "src", root=str(tmp_path))


@pytest.fixture
def closed(monkeypatch):
    """Makes folders of a name unreadable, for the user who runs the tests may read everything."""
    scan = os.scandir

    def scandir(path="."):
        if str(path).endswith("inner"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)


def searched(code, monkeypatch):
    """Whether the engine was asked about the code of a function."""
    asked = []
    monkeypatch.setattr(secret_code, "search", lambda path: iter(asked.append(path) or ()))
    secret_code.Packages().of(Function(id=ResourceId("t", "F"), shown="F", code=code))
    return bool(asked)


def test_plain_code_needs_no_engine(code, monkeypatch):
    assert names(code) == {"orders.py", "more.py"}
    assert not _lies_here(code)
    assert not searched(code, monkeypatch)


def test_a_folder_that_cannot_be_read_is_left_to_the_engine(code, monkeypatch, closed):
    assert names(code) is None
    assert _lies_here(code)
    assert searched(code, monkeypatch)


def test_a_link_to_a_folder_is_left_to_the_engine(code, monkeypatch, tmp_path):
    (tmp_path / "src" / "linked").symlink_to(tmp_path)
    assert names(code) is None
    assert searched(code, monkeypatch)


def test_very_many_files_of_one_name_are_not_all_walked(code, tmp_path):
    for number in range(2001):
        (tmp_path / "src" / str(number)).mkdir()
        (tmp_path / "src" / str(number) / "index.js").touch()
    assert names(code) is None
