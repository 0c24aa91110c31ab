"""Whatever is typed, and whatever a configuration holds, ends in an exit code that has a meaning, and in no traceback."""

from contextlib import suppress

import pytest
from cli_samples import WEAK
from hypothesis import given, settings
from hypothesis import strategies as st

from lambdaward.cli import main
from lambdaward.cli.app import SUMMARIES, imported
from lambdaward.config import Configuration, read
from lambdaward.config.config import Accept, Config
from lambdaward.model import InputError

OPTIONS = sorted({name for command in SUMMARIES for option in imported(command).params for name in option.opts})
WORDS = [
    "template.yaml",
    "broken.json",
    ".",
    "nowhere",
    "",
    "-",
    "=",
    "a=b",
    "json",
    "json=x/y",
    "HEAD",
    "a..b",
    "\x1b[2J",
    "\udcff",
]
KEYS = [name for record in (Config, Accept) for name in record.__struct_encode_fields__]
VALUES = [
    "true",
    "1",
    "-1",
    "1.5",
    '"high"',
    '""',
    "[]",
    '["LWX"]',
    '["\\u001b"]',
    "{a = 1}",
    "2027-01-01",
    "2027-01-01T00:00:00Z",
    "nan",
]


@pytest.fixture(scope="module", autouse=True)
def project(tmp_path_factory):
    """A project with a template that can be read, and one that cannot."""
    root = tmp_path_factory.mktemp("project")
    (root / "template.yaml").write_text(WEAK)
    (root / "broken.json").write_text("{")
    (root / "apart").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
        yield root


@settings(max_examples=150)
@given(
    st.sampled_from([*SUMMARIES, "scan", "scan", "nothing", ""]),
    st.lists(st.sampled_from([*OPTIONS, *WORDS]), max_size=5),
)
def test_any_words_end_in_an_exit_code_with_a_meaning(command, words):
    assert main([command, *words]) in {0, 1, 2, 3, 4}


table = st.sampled_from(
    ["", "[accept]", "[[accept]]", "[rules]", "[rules.LWR002]", "[parameters]", "[tool.lambdaward]", "[x]"]
)
line = st.one_of(
    st.builds("{} = {}".format, st.sampled_from([*KEYS, "days", "x"]), st.sampled_from(VALUES)), table, st.text()
)


@given(
    st.one_of(st.lists(line, max_size=8).map("\n".join), st.text()),
    st.sampled_from(["lambdaward.toml", "pyproject.toml"]),
)
def test_any_configuration_is_read_or_is_one_error(project, text, name):
    file = project / "apart" / name
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(InputError):
        assert isinstance(read(file), Configuration)
