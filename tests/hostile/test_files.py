"""Folders that are no ordinary folders: links, pipes, places nobody may read, names that are no names, bytes that are no text."""

import os
import socket
import zipfile
from pathlib import Path

import pytest

NOBODY = 65534
GOOD = "Resources:\n  R: {Type: Custom::R}\n"
FUNCTION = "Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {Code: '%s'}}\n"
NESTED = "Resources:\n  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: '%s'}}\n"
INCLUDED = "Resources:\n  R: {Type: Custom::R, Properties: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: '%s'}}}}\n"
OUTSIDE = ["/etc/hostname", "../../../../../../etc/hostname", "link", "src/../../../../../../../etc/hostname"]
STRANGE = [
    "loop",
    "x" * 5_000,
    "x/" * 3_000,
    "pipe.yaml",
    "folder/",
    ".",
    "",
    "nowhere.yaml",
    "a\\nb",
    "\\x00",
    "\\ud800",
    "~",
    "file:///etc",
]

NOT_TEXT = {
    "bytes that are no UTF-8": b"Resources:\n  R: {Type: 'Custom::\xff\xfe'}\n",
    "half of UTF-16": b"\xff\xfe" + GOOD.encode("utf-16-le")[:-1],
    "a NUL": GOOD.replace("R:", "R\0:").encode(),
    "tabs": b"Resources:\n\tR: {Type: Custom::R}\n",
    "an end that is missing": b'{"Resources": {"R": {"Type": "Custom::R"',
    "two documents": f"{GOOD}---\n{GOOD}".encode(),
    "an alias without an anchor": b"Resources:\n  R: {Type: Custom::R, Properties: {A: *nowhere}}\n",
    "an anchor inside of itself": b"Resources: &a\n  R: {Type: Custom::R, Properties: {A: *a}}\n",
    "a key that is a list": b"Resources:\n  ? [a]\n  : {Type: Custom::R}\n",
}


@pytest.fixture
def odd(tmp_path):
    """A folder with what template authors do not have: a link that leaves it, one that leads to itself, a pipe, a socket."""
    (tmp_path / "link").symlink_to("/etc/hostname")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "folder").mkdir()
    (tmp_path / "around").symlink_to(tmp_path)
    for name in ("pipe.yaml", ".gitignore", "samconfig.toml"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "cdk.out").mkdir()
    os.mkfifo(tmp_path / "cdk.out" / "manifest.json")
    with socket.socket(socket.AF_UNIX) as end:
        before = Path.cwd()
        os.chdir(tmp_path)
        end.bind("socket.yaml")
        os.chdir(before)
        yield tmp_path


def test_pipes_sockets_and_loops_are_passed_by(scan, odd):
    assert scan({"t.yaml": GOOD})["files"] == ["t.yaml"]


@pytest.mark.parametrize("template", [FUNCTION, NESTED, INCLUDED])
@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_out_of_the_project_is_not_followed_and_said(scan, odd, template, path):
    found = scan({"t.yaml": template % path, "src/x": ""})
    assert found["files"] == ["t.yaml"]
    assert any("outside" in fault[2] or "not in the project" in fault[2] for fault in found["problems"])
    assert not any(Path("/etc/hostname").read_text().strip() in text for text in found["reports"].values())


@pytest.mark.parametrize("template", [FUNCTION, NESTED, INCLUDED])
@pytest.mark.parametrize("path", STRANGE)
def test_a_path_that_is_no_file_loses_nothing_else(scan, odd, template, path):
    found = scan({"t.yaml": (template % "@").replace("'@'", f'"{path}"'), "u.yaml": GOOD})
    assert "u.yaml" in found["files"]


def test_an_archive_is_linked_and_not_opened(scan, tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(64 << 20))
    assert scan({"t.yaml": FUNCTION % "bomb.zip"}, rules=False)["problems"] == []


@pytest.mark.parametrize("name", NOT_TEXT)
def test_what_is_no_text_or_no_yaml_is_one_error_with_its_line_and_a_remedy(scan, name):
    found = scan({"a.yaml": NOT_TEXT[name], "b.yaml": GOOD})
    assert found["files"] == ["b.yaml"]
    ((file, line, message, remedy, fatal),) = found["problems"]
    assert (file, fatal) == ("a.yaml", True)
    assert line > 0
    assert message
    assert remedy


@pytest.mark.parametrize("mode", [0, 0o111])
@pytest.mark.parametrize("closed", ["a.yaml", "sub"])
@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody who may not read")
def test_what_nobody_may_read_is_lost_and_said(scan, tmp_path, closed, mode):
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.yaml").touch()
    (tmp_path / closed).chmod(mode)
    found = scan({"a.yaml": GOOD, "b.yaml": GOOD, "sub/c.yaml": GOOD}, user=NOBODY)
    assert "b.yaml" in found["files"]
    assert [fault[0] for fault in found["problems"]] == [closed]


@pytest.mark.parametrize(
    "name", [b"new\nline.yaml", b"\xff\xfe.yaml", b"\x1b[31mred.yaml", b"<b>.yaml", b"-rf.yaml", b"a:b.yaml"]
)
def test_names_of_files_are_data(scan, tmp_path, name):
    (tmp_path / os.fsdecode(name)).write_text(GOOD)
    found = scan({}, formats=("terminal", "json", "html", "sarif", "markdown", "junit", "github"))
    assert found["count"] == 1
    assert "\x1b" not in "".join(found["reports"].values())
