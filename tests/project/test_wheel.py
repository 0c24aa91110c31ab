"""What users install: the wheel, and only it."""

import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path

import pytest

import lambdaward

SOURCE = Path(__file__).parents[2] / "src" / "lambdaward"
INSTALLED = Path(lambdaward.__file__).parent

pytestmark = pytest.mark.skipif(INSTALLED == SOURCE, reason="runs from the source tree; `make test` installs the wheel")


def test_every_file_of_the_package_is_in_the_wheel():
    def files(root: Path):
        return {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts}

    assert files(INSTALLED) == files(SOURCE)


def test_the_default_installation_is_small():
    requires = importlib.metadata.requires("lambdaward") or []
    assert len([line for line in requires if "extra ==" not in line]) <= 25


def test_the_command_is_installed_and_scans(tmp_path):
    (tmp_path / "template.yaml").write_text("Resources: {Topic: {Type: AWS::SNS::Topic}}\n")
    command = Path(sys.executable).with_name("lambdaward")
    ran = subprocess.run(
        [command, "scan", "template.yaml", "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["coverage"]["files"] == ["template.yaml"]
