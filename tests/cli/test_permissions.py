"""Files and folders that may not be read: lost input, never a fault of lambdaward."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from cli_samples import CLEAN

NOBODY = 65534


@contextmanager
def held_back():
    """File modes hold this process back for a while, even when it is root's."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def project(run, monkeypatch):
    """A folder that everybody may read, with two templates; everything that a scan imports is loaded."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        root.chmod(0o755)
        monkeypatch.chdir(root)
        for name in ("template.yaml", "secret/template.yaml"):
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(CLEAN)
        assert run("scan").code == 0
        yield root
        (root / "secret").chmod(0o755)


@pytest.mark.parametrize("name", ["secret/template.yaml", "secret"])
def test_what_may_not_be_read_is_lost_and_the_rest_is_scanned(project, run, name):
    (project / name).chmod(0)
    with held_back():
        ran = run("scan")
    assert ran.code == 4
    assert "Permission denied" in ran.out
    assert f"--> {name}" in ran.out
    assert "read: 0 functions and 1 resource in 1 file" in ran.out


@pytest.mark.parametrize("closed", ["secret/template.yaml", "secret"])
@pytest.mark.parametrize("name", ["secret/template.yaml", "secret"])
def test_a_path_that_is_named_and_may_not_be_read_is_lost(project, run, name, closed):
    (project / closed).chmod(0)
    with held_back():
        ran = run("scan", name)
    assert ran.code == 4
    assert "Permission denied" in ran.out


def test_a_configuration_that_may_not_be_read_is_one_error(project, run):
    (project / "lambdaward.toml").touch(0)
    with held_back():
        ran = run("scan")
    assert (ran.code, ran.err) == (
        2,
        "error: lambdaward.toml: it cannot be read (Permission denied); correct the path\n",
    )
