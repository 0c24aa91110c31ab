"""The group and its small commands: rules, rule, schema, completion, help."""

import json
import re
import subprocess

import click
import jsonschema
import pytest
from cli_samples import WEAK

from lambdaward import __version__
from lambdaward.cli import options
from lambdaward.cli.app import SUMMARIES, lambdaward
from lambdaward.cli.command import Command
from lambdaward.config import Config
from lambdaward.config.config import ConfidenceName, SeverityName
from lambdaward.reports import FORMATS
from lambdaward.rules import load

CONTEXT = click.Context(lambdaward, info_name="lambdaward")
COMMANDS = {name: lambdaward.get_command(CONTEXT, name) for name in SUMMARIES}


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_command_has_help_examples_and_exit_codes(run, name):
    command = COMMANDS[name]
    assert isinstance(command, Command)
    assert command.help.splitlines()[0].startswith(SUMMARIES[name].rstrip("."))
    ran = run(name, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: lambdaward {name}")
    for line, meaning in command.examples.items():
        assert f"  {line}\n      {meaning}\n" in ran.out
    assert "Exit codes:" in ran.out


@pytest.mark.parametrize(("name", "parameter"), [(n, p) for n, c in COMMANDS.items() for p in c.params])
def test_every_option_says_what_it_does(name, parameter):
    assert isinstance(parameter, click.Argument) or re.fullmatch(r"[A-Z].*[.)]|.*\.", parameter.help), parameter.name


@pytest.mark.parametrize(("name", "example"), [(n, e) for n, c in COMMANDS.items() for e in c.examples])
def test_every_example_is_a_command_line_that_parses(name, example):
    words = re.search(r"lambdaward ([^|>)\"]*)", example)[1].split()
    assert words[0] in SUMMARIES
    COMMANDS[words[0]].make_context(words[0], words[1:], parent=CONTEXT)


def test_every_key_of_the_configuration_is_an_option_of_scan():
    keys = {field for field in Config.__struct_fields__ if field not in ("accept", "rules")}
    assert keys <= {parameter.name for parameter in COMMANDS["scan"].params}


def test_the_choices_in_the_help_are_those_there_are():
    assert SeverityName.__args__ == options.SEVERITIES
    assert ConfidenceName.__args__ == options.CONFIDENCES
    (formats,) = (parameter for parameter in COMMANDS["scan"].params if parameter.name == "formats")
    assert [name for name in FORMATS if name not in formats.help] == []


@pytest.mark.parametrize("words", [["--version"], ["--version", "scan"]])
def test_the_version_is_one_line(run, words):
    assert run(*words) == (0, f"lambdaward {__version__}\n", "")


def test_help_lists_every_command(run):
    for words in ([], ["-h"], ["--help"]):
        out = run(*words).out if words else run("--help").out
        assert re.findall(r"^  ([a-z-]+)  ", out[out.index("Commands:") :], re.MULTILINE) == list(SUMMARIES)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scna"], "No such command 'scna'"),
        (["--advice"], "`--advice` is no option here; to scan: lambdaward scan --advice"),
        (["scan", "--selct", "x"], "No such option '--selct'"),
        (["scan", "--fail-on", "urgent"], "'urgent' is not one of"),
        (["scan", "--parameter", "Stage"], "write NAME=VALUE"),
        (["scan", "--account", "12"], "an account id has 12 digits"),
        (["scan", "--trusted-account", "12"], "an account id has 12 digits"),
        (["scan", "--region", "Mars"], "write it as in eu-west-1"),
        (["scan", "--today", "soon"], "does not match the format '%Y-%m-%d'"),
        (["scan", "--format", "jsno"], "no format is called `jsno`"),
        (["scan", "--format", "json="], "`--format json=` names no file"),
        (["scan", "--select", "public-funktion-url"], "did you mean public-function-url"),
        (["scan", "--ignore", "LWQ"], "no rule is called `LWQ`"),
        (["scan", "--parameter-file", "gone.json"], "gone.json: "),
        (["scan", "--baseline", "gone.json"], "gone.json: it cannot be read"),
        (["scan", "aws"], "`aws` is not there; live accounts are not read yet"),
        (["scan", "nowhere"], "nowhere is not there"),
        (["rule"], "Missing argument 'RULE'"),
        (["rule", "nothing-like-it"], "no rule is called `nothing-like-it`"),
        (["schema", "rules"], "'rules' is not one of"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
        (["diff"], "Missing argument"),
        (["diff", "a", "b", "c"], "a comparison has two sides, and 3 are given"),
    ],
)
def test_wrong_usage_exits_with_2_and_one_clear_line(write, run, words, said):
    write(**{"template.yaml": WEAK})
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    first, *rest = ran.err.splitlines()
    assert first.startswith("error: ")
    assert said in first
    assert all(line.startswith("try `lambdaward") for line in rest)


def test_rules_are_listed_for_people_and_for_machines(run):
    ids = list(load())
    assert [line.split()[0] for line in run("rules").out.splitlines()] == ids
    listed = json.loads(run("rules", "--format", "json").out)
    assert [rule["id"] for rule in listed] == ids
    assert {"name", "title", "severity", "confidence", "kind", "folds", "standards"} < set(listed[0])


@pytest.mark.parametrize("name", ["LWX002", "lwx002", "public-function-url"])
def test_a_rule_is_explained_by_id_and_by_name(run, name):
    out = run("rule", name).out
    assert out.startswith("# LWX002: public-function-url\n")
    for heading in ("What it finds", "Why it matters", "How to fix", "Examples"):
        assert f"\n## {heading}\n" in out


def test_the_printed_schemas_are_valid_and_the_report_obeys_its_own(write, run):
    for what in ("report", "config"):
        jsonschema.Draft202012Validator.check_schema(json.loads(run("schema", what).out))
    write(**{"template.yaml": WEAK})
    jsonschema.validate(json.loads(run("scan", "--format", "json").out), json.loads(run("schema", "report").out))


def test_bash_accepts_the_completion_script_and_completes(spawn, folder):
    (folder / "complete.sh").write_bytes(spawn("completion", "bash").stdout)
    assert subprocess.run(["bash", "-n", "complete.sh"], check=False).returncode == 0
    completed = spawn(_LAMBDAWARD_COMPLETE="bash_complete", COMP_WORDS="lambdaward ru", COMP_CWORD="1")
    assert completed.stdout.split() == [b"plain,rules", b"plain,rule"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_completion_script_calls_back(run, shell):
    assert "_LAMBDAWARD_COMPLETE" in run("completion", shell).out
