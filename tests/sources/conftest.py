"""Fixtures: templates written to a folder of their own, and what becomes of them."""

from pathlib import Path
from textwrap import dedent

import pytest

from lambdaward.model import ResourceId
from lambdaward.sources import LoadOptions, load


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Writes files into a project, which is the current folder, and gives back its root."""
    (tmp_path / "lambdaward.toml").touch()
    monkeypatch.chdir(tmp_path)

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(dedent(text), encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def estate(project):
    """Loads a project of some files."""

    def build(files, paths=(".",), **options):
        project(files)
        return load(paths, LoadOptions(**options))

    return build


@pytest.fixture
def evaluate(estate):
    """The value of an expression, put into a template beside a bucket `Bucket`, a function `Function` and a queue `Queue`."""

    def value(expression, head="", **options):
        resources = """
        Resources:
          Bucket: {Type: AWS::S3::Bucket}
          Queue: {Type: AWS::SQS::Queue}
          Function: {Type: AWS::Lambda::Function}
          Probe:
            Type: Custom::Probe
            Properties:
              Value: """
        loaded = estate({"template.yaml": dedent(head) + dedent(resources).lstrip("\n") + expression + "\n"}, **options)
        return loaded.resources[ResourceId("template.yaml", "Probe")].properties.get("Value")

    return value
