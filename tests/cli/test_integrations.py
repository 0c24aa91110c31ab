"""The GitHub Action and the pre-commit hook: they are valid, and what they run works."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cli_samples import CLEAN, WEAK

from lambdaward.reports import FORMATS

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
INSTALL, SCAN = ACTION["runs"]["steps"]
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())


def test_the_hook_has_what_pre_commit_asks_for():
    assert {"id", "name", "entry", "language"} <= set(HOOK)
    assert HOOK["language"] == "python"
    assert [bool(re.search(HOOK["files"], name)) for name in ("a/template.yaml", "app.template", "main.py")] == [
        1,
        1,
        0,
    ]


@pytest.mark.parametrize(
    ("files", "code"), [({}, 0), ({"t.yaml": CLEAN}, 0), ({"t.yaml": WEAK, "lambdaward.toml": "fail-on = 'info'"}, 1)]
)
def test_the_hook_passes_where_nothing_is_wrong(write, run, files, code):
    write(**files)
    command, *words = shlex.split(HOOK["entry"])
    assert (command, run(*words).code) == ("lambdaward", code)


def test_the_action_uses_nobody_elses_action_and_every_input():
    assert ACTION["runs"]["using"] == "composite"
    assert not [step for step in ACTION["runs"]["steps"] if "uses" in step]
    used = re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", json.dumps(ACTION))
    assert sorted(used) == sorted(ACTION["inputs"])
    assert all(value["description"] for value in ACTION["inputs"].values())


@pytest.mark.parametrize("step", [INSTALL, SCAN])
def test_no_expression_stands_inside_of_a_script(step):
    assert "${{" not in step["run"]
    assert subprocess.run(["bash", "-n"], input=step["run"].encode(), check=False).returncode == 0


@pytest.fixture
def action(folder):
    """Runs the action's scan with some inputs, as a runner would."""
    home = folder / "runner"
    (home / "lambdaward" / "bin").mkdir(parents=True)
    program = home / "lambdaward" / "bin" / "lambdaward"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lambdaward "$@"\n')
    program.chmod(0o755)

    def start(**inputs: str):
        given = {name: value["default"] for name, value in ACTION["inputs"].items()} | inputs
        values = {
            name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda m: given[m[1]], v) for name, v in SCAN["env"].items()
        }
        runner = {"RUNNER_TEMP": home, "GITHUB_OUTPUT": home / "output", "GITHUB_STEP_SUMMARY": home / "summary"}
        environment = {**os.environ, **values, **{name: str(path) for name, path in runner.items()}}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", SCAN["run"]]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False), home

    return start


def test_the_action_annotates_summarises_and_fails_on_what_matters(write, action):
    write(**{"a b/template.yaml": WEAK, "c/template.yaml": CLEAN})
    ran, home = action(**{"paths": "a b\nc", "fail-on": "info", "sarif": "out.sarif", "args": "--select\nLWX002\n"})
    assert ran.returncode == 1
    assert "file=a b/template.yaml,line=7" in ran.stdout
    assert (home / "output").read_text() == "exit-code=1\n"
    assert (home / "summary").read_text().startswith("### lambdaward: 1 finding")
    assert json.loads(Path("out.sarif").read_text())["version"] == "2.1.0"


def test_the_action_passes_where_nothing_is_wrong(write, action):
    write(**{"template.yaml": CLEAN})
    ran, home = action()
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (home / "output").read_text() == "exit-code=0\n"


def test_hostile_inputs_of_the_action_stay_words(write, action, folder):
    write(**{"template.yaml": CLEAN})
    for name in ("paths", "args", "fail-on", "sarif"):
        action(**{name: "$(touch pwned); touch pwned `touch pwned`"})
    assert not list(folder.rglob("pwned"))


def test_the_formats_that_the_action_writes_exist():
    assert set(re.findall(r"--format \"?([a-z]+)", SCAN["run"])) <= set(FORMATS)
