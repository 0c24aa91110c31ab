"""Where reports go, and how they look there."""

import json
import os
import pty
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cli_samples import WEAK

from lambdaward.reports import FORMATS

ESCAPE = "\x1b["


@pytest.fixture
def weak(write):
    return write(**{"template.yaml": WEAK})


def test_all_formats_at_once_go_to_files_and_one_to_stdout(weak, run):
    words = [word for name in FORMATS for word in ("--format", f"{name}={name}.out")]
    ran = run("scan", *words, "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out) == json.loads((weak / "json.out").read_text())
    assert all((weak / f"{name}.out").stat().st_size for name in FORMATS)


def test_stdout_stays_empty_when_every_report_goes_to_a_file(weak, run):
    ran = run("scan", "--select", "LWX002", "--format", "json=report.json")
    assert ran.out == ""
    assert re.fullmatch(r"note: 1 finding \(1 \w+\); see report\.json\n", ran.err)
    assert run("scan", "--format", "json=report.json", "-q").err == ""


@pytest.mark.parametrize("words", [["json", "sarif"], ["json=a", "sarif=./a"]])
def test_two_reports_cannot_go_to_one_place(weak, run, words):
    ran = run("scan", "--format", words[0], "--format", words[1])
    assert ran.code == 2
    assert "two reports would go to" in ran.err


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(weak, run):
    (weak / "report.json").write_text("old")
    run("scan", "--format", "json=report.json")
    assert json.loads((weak / "report.json").read_text())["version"] == 1
    assert sorted(path.name for path in weak.iterdir()) == ["report.json", "template.yaml"]


def test_a_report_that_fails_halfway_leaves_the_old_file(weak, run, monkeypatch):
    def fail(scan, estate, stream, look):
        stream.write("half")
        raise RuntimeError

    monkeypatch.setattr("lambdaward.reports.json.write", fail)
    (weak / "report.json").write_text("old")
    assert run("scan", "--format", "json=report.json").code == 70
    assert (weak / "report.json").read_text() == "old"
    assert sorted(path.name for path in weak.iterdir()) == ["report.json", "template.yaml"]


def test_a_new_file_has_the_usual_mode_and_a_link_stays_a_link(weak, run):
    (weak / "linked.json").symlink_to("real.json")
    run("scan", "--format", "json=linked.json")
    assert (weak / "linked.json").is_symlink()
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((weak / "real.json").stat().st_mode) == 0o666 & ~mask


def test_a_device_is_written_to(weak, run):
    assert run("scan", "--format", "json=/dev/null").code == 0


def test_a_file_that_cannot_be_written_is_one_error(weak, run):
    ran = run("scan", "--format", "json=gone/report.json")
    assert (ran.code, ran.err) == (2, "error: gone/report.json cannot be written (No such file or directory)\n")


@pytest.mark.parametrize(
    ("environment", "color", "coloured"),
    [
        ({}, "auto", False),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"CLICOLOR_FORCE": "1"}, "auto", True),
        ({"FORCE_COLOR": "0"}, "auto", False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": "1"}, "always", True),
        ({"FORCE_COLOR": "1"}, "never", False),
    ],
)
@pytest.mark.usefixtures("weak")
def test_colours_follow_option_and_environment(spawn, environment, color, coloured):
    assert (ESCAPE.encode() in spawn("scan", "--color", color, **environment).stdout) is coloured


def test_a_terminal_gets_colours_and_a_file_does_not(weak):
    master, slave = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    subprocess.run(
        [sys.executable, "-m", "lambdaward", "scan", "--format", "terminal", "--format", "markdown=report.md"],
        stdout=slave,
        env={**environment, "TERM": "xterm"},
        check=False,
    )
    os.close(slave)
    seen = os.read(master, 1 << 16).decode()
    os.close(master)
    assert ESCAPE in seen
    assert ESCAPE not in (weak / "report.md").read_text()


@pytest.mark.parametrize(
    "words", [["scan"], ["rules"], ["rule", "LWX002"], ["schema", "report"], ["--help"], ["--version"]]
)
@pytest.mark.usefixtures("weak")
def test_a_pipe_that_closes_early_ends_quietly(spawn, words):
    reader, writer = os.pipe()
    os.close(reader)
    ran = spawn(*words, stdout=writer)
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_a_closed_pipe_does_not_hide_findings_or_other_reports(weak, spawn):
    reader, writer = os.pipe()
    os.close(reader)
    ran = spawn("scan", "--fail-on", "info", "--format", "terminal", "--format", "json=report.json", stdout=writer)
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert json.loads((weak / "report.json").read_text())["findings"]


def test_a_full_disk_is_one_error(weak, spawn):
    with Path("/dev/full").open("w") as full:
        ran = spawn("scan", stdout=full)
    assert (ran.returncode, ran.stderr) == (2, b"error: stdout cannot be written (No space left on device)\n")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_fault(weak, closed):
    command = (
        f'"{sys.executable}" -m lambdaward scan --fail-on info --format terminal --format json=report.json {closed}'
    )
    assert subprocess.run(["sh", "-c", command], capture_output=True, check=False).returncode == 1
    assert json.loads((weak / "report.json").read_text())["findings"]


def test_a_stdout_that_cannot_take_a_letter_gets_its_escape(write, spawn):
    write(**{"template.yaml": WEAK.replace("Orders", "Ordérs")})
    ran = spawn("scan", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert rb"Ord\xe9rs" in ran.stdout
    assert "Ordérs".encode() in spawn("scan", "--format", "html", PYTHONIOENCODING="ascii").stdout


def test_narration_cannot_move_the_cursor(write, run):
    write(**{"evil\x1b[2J/main.tf": ""})
    assert "evil\\x1b[2J/*.tf" in run("scan").err
    assert "no\\x1b[2Jwhere" in run("scan", "no\x1b[2Jwhere").err
