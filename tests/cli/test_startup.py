"""What each command loads: heavy things only when they are used. Modules are counted, not milliseconds."""

import subprocess
import sys

import pytest
from cli_samples import WEAK

HEAVY = {
    "asyncio", "botocore", "httpx", "importlib.metadata", "importlib.resources", "jinja2", "jsonschema", "logging", "networkx",
    "pathspec", "pydantic", "re2", "rich", "shutil", "socket", "sqlite3", "subprocess", "tempfile", "urllib.request",
    "xml.etree.ElementTree",
}  # fmt: skip
PRINT = "import sys; {}; print(*sorted(set(sys.modules)))"
COMMAND = "from lambdaward.cli import main; main({!r})"


def loaded(statement: str) -> set[str]:
    """The modules that a statement loads in a fresh Python, beside those that Python starts with."""
    ran = [
        subprocess.run([sys.executable, "-c", PRINT.format(each)], capture_output=True, text=True, check=True)
        for each in (statement, "pass")
    ]
    after, before = (set(each.stdout.splitlines()[-1].split()) for each in ran)
    return after - before


def rooms(modules: set[str]) -> set[str]:
    """The rooms of lambdaward among some modules."""
    return {name.split(".")[1] for name in modules if name.startswith("lambdaward.")}


@pytest.mark.parametrize("statement", ["import lambdaward", COMMAND.format(["--version"])])
def test_the_version_needs_nothing(statement):
    modules = loaded(statement)
    assert rooms(modules) <= {"cli"}
    assert not {name for name in modules if not name.startswith("lambdaward")}


@pytest.mark.parametrize("words", [["--help"], ["scan", "--help"], ["diff", "--help"]])
def test_help_needs_click_and_no_other_room(words):
    modules = loaded(COMMAND.format(words))
    assert rooms(modules) == {"cli"}
    assert modules & (HEAVY | {"msgspec", "yaml", "difflib", "pathlib", "json"}) == set()


@pytest.mark.parametrize("words", [["rules"], ["rule", "LWX002"]])
def test_rules_are_explained_without_reading_templates(words):
    modules = loaded(COMMAND.format(words))
    assert rooms(modules) & {"sources", "config", "api"} == set()
    assert modules & (HEAVY | {"yaml"}) == set()


def test_a_scan_loads_nothing_heavy_and_no_report_but_its_own(write):
    write(**{"template.yaml": WEAK})
    modules = loaded(COMMAND.format(["scan"]))
    assert modules & (HEAVY | {"tomllib", "difflib"}) == set()
    assert {name for name in modules if name.startswith("lambdaward.reports.")}.isdisjoint(
        {f"lambdaward.reports.{name}" for name in ("sarif", "html", "junit", "markdown", "github", "json")}
    )


PLAIN = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: orders.handler
      CodeUri: src/
      Environment: {Variables: {TABLE: !Ref Table, LEVEL: info}}
      Policies: [{DynamoDBCrudPolicy: {TableName: !Ref Table}}]
      Events: {Get: {Type: HttpApi, Properties: {Path: /, Method: get}}}
  Table: {Type: AWS::Serverless::SimpleTable}
"""


@pytest.mark.parametrize("where", ["src", "."])
def test_plain_values_and_code_load_neither_packages_nor_what_judges_secrets(write, where):
    code = "def handler(event, context):\n    return event\n"
    write(**{"template.yaml": PLAIN.replace("src/", f"{where}/"), f"{where}/orders.py": code})
    modules = loaded(COMMAND.format(["scan"]))
    assert rooms(modules) & {"packages", "code"} == set()
    assert modules & {"kingfisher_sdk", "lambdaward.secrets.judging", "lambdaward.secrets.files"} == set()


def test_one_command_is_imported_of_all():
    modules = loaded(COMMAND.format(["schema", "--help"]))
    assert {name for name in modules if name.startswith("lambdaward.cli.commands.")} == {
        "lambdaward.cli.commands.schema"
    }
