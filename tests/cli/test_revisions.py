"""Reading revisions of a repository that wants to do harm: nothing of it runs, nothing leaves the private folder."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from lambdaward.cli import revisions
from lambdaward.cli.revisions import UnreadableError, checked_out

IDENTITY = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
TEMPLATE = "Resources: {Topic: {Type: AWS::SNS::Topic}} # $Format:%H$\n"


@pytest.fixture
def git(folder):
    """Runs git in the project, with some bytes as its input."""

    def command(*words: str, data: bytes = b"", check: bool = True) -> str:
        ran = subprocess.run(["git", *IDENTITY, *words], input=data, capture_output=True, check=check)
        return ran.stdout.decode().strip()

    command("init", "-q")
    return command


@pytest.fixture
def marker(tmp_path_factory):
    """A file that is there once a program of the repository has run, and that program."""
    place = tmp_path_factory.mktemp("outside")
    program = place / "program"
    program.write_text(f"#!/bin/sh\ntouch {place}/ran\nexit 1\n")
    program.chmod(0o755)
    return place / "ran", program


@pytest.fixture
def trapped(git, folder, marker):
    """A repository in which everything that can name a program names one."""
    _, program = marker
    (folder / "template.yaml").write_text(TEMPLATE)
    (folder / "hidden.yaml").write_text(TEMPLATE)
    (folder / ".gitattributes").write_text(
        "* filter=trap diff=trap merge=trap export-subst\nhidden.yaml export-ignore\n"
    )
    git("add", "-A")
    git("commit", "-qm", "x")
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        (folder / ".git" / "hooks" / hook).symlink_to(program)
    for key in (
        *(
            "core.fsmonitor",
            "core.pager",
            "core.sshCommand",
            "core.askPass",
            "core.editor",
            "core.gitProxy",
            "gpg.program",
        ),
        *("filter.trap.smudge", "filter.trap.clean", "diff.trap.textconv", "diff.trap.command", "diff.external"),
        *("core.alternateRefsCommand", "uploadpack.packObjectsHook", "credential.helper", "tar.tar.command"),
        *("alias.rev-parse", "alias.ls-tree", "alias.cat-file"),
    ):
        git("config", key, str(program) if not key.startswith("alias") else f"!{program}")
    return git("rev-parse", "HEAD")


def objects(*entries: tuple[str, str, str]) -> bytes:
    """A tree object as git stores it, whatever its names are."""
    return b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(identity) for mode, name, identity in entries)


@pytest.fixture
def commit(git):
    """Commits a tree object made by hand."""

    def made(*entries: tuple[str, str, str]) -> str:
        tree = git("hash-object", "-t", "tree", "--literally", "-w", "--stdin", data=objects(*entries))
        return git("commit-tree", tree, "-m", "x")

    return made


@pytest.fixture
def blob(git):
    return git("hash-object", "-w", "--stdin", data=TEMPLATE.encode())


def test_no_program_that_a_repository_names_is_run(trapped, marker):
    ran, _ = marker
    with checked_out(trapped) as tree:
        assert (tree.folder / "template.yaml").read_text() == TEMPLATE
        assert (tree.folder / "hidden.yaml").read_text() == TEMPLATE
    assert not ran.exists()
    subprocess.run(["git", "archive", "HEAD"], capture_output=True, check=False, timeout=20)
    assert ran.exists(), "the trap does not work, so the test shows nothing"


def test_a_missing_object_is_not_fetched(git, folder, marker, trapped):
    ran, program = marker
    git("config", "extensions.partialClone", "origin")
    git("config", "remote.origin.promisor", "true")
    git("config", "remote.origin.url", f"ext::{program}")
    git("config", "protocol.ext.allow", "always")
    name = git("rev-parse", "HEAD:template.yaml")
    (folder / ".git" / "objects" / name[:2] / name[2:]).unlink()
    with pytest.raises(UnreadableError), checked_out(trapped):
        pass
    assert not ran.exists()
    subprocess.run(["git", "cat-file", "blob", name], capture_output=True, check=False, timeout=20)
    assert ran.exists(), "the trap does not work, so the test shows nothing"


@pytest.mark.parametrize("name", ["..", ".", ".git", ".GIT", "../../evil", "/evil", "a/../../evil"])
def test_a_path_that_git_would_not_make_is_refused(commit, blob, git, name):
    inner = git("hash-object", "-t", "tree", "--literally", "-w", "--stdin", data=objects(("100644", "x.yaml", blob)))
    for entry in (("100644", name, blob), ("40000", name, inner)):
        with pytest.raises(UnreadableError, match="do not trust the repository"), checked_out(commit(entry)):
            pass


def test_nothing_is_written_through_a_link(commit, blob, git, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    link = git("hash-object", "-w", "--stdin", data=str(outside).encode())
    inner = git("mktree", data=f"100644 blob {blob}\tx.yaml".encode())
    with checked_out(commit(("120000", "a", link), ("40000", "a", inner))) as tree:
        assert (tree.root / "a" / "x.yaml").is_file()
        assert tree.left_out == 1
    assert list(outside.iterdir()) == []


def test_a_name_that_is_there_twice_is_refused(commit, blob):
    made = commit(("100644", "a.yaml", blob), ("100644", "a.yaml", blob))
    with pytest.raises(UnreadableError, match="cannot be written"), checked_out(made):
        pass


def test_links_and_submodules_are_left_out_and_counted(commit, blob, git, run):
    link = git("hash-object", "-w", "--stdin", data=b"template.yaml")
    made = commit(("120000", "link.yaml", link), ("160000", "module", "1" * 40), ("100644", "template.yaml", blob))
    ran = run("diff", made, made)
    assert (ran.code, ran.err) == (0, f"note: 2 symbolic links and submodules of {made[:12]} are left out\n" * 2)


def test_names_of_any_bytes_are_read(git, folder):
    names = ["a b.yaml", "tab\t.yaml", "line\n.yaml", 'quote".yaml', os.fsdecode(b"latin\xe9.yaml"), "-rf.yaml"]
    for name in names:
        (folder / name).write_text(TEMPLATE)
    git("add", "-A")
    git("commit", "-qm", "x")
    with checked_out("HEAD") as tree:
        assert sorted(path.name for path in tree.root.iterdir()) == sorted([*names, ".git"])


def test_a_replaced_commit_does_not_count(git, folder):
    (folder / "template.yaml").write_text(TEMPLATE)
    git("add", "-A")
    git("commit", "-qm", "x")
    real = git("rev-parse", "HEAD")
    git("rm", "-q", "template.yaml")
    git("commit", "-qm", "y")
    git("replace", real, git("rev-parse", "HEAD"))
    with checked_out(real) as tree:
        assert (tree.root / "template.yaml").exists()


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", 0), ("MOST_BYTES", 3)])
def test_a_revision_that_is_too_large_is_refused(commit, blob, monkeypatch, limit, value):
    monkeypatch.setattr(revisions, limit, value)
    with pytest.raises(UnreadableError, match="it holds more than"), checked_out(commit(("100644", "a.yaml", blob))):
        pass


def test_the_folder_is_private_and_gone_afterwards(commit, blob):
    with checked_out(commit(("100644", "a.yaml", blob))) as tree:
        assert stat.S_IMODE(tree.root.stat().st_mode) == 0o700
    assert not tree.root.exists()


def test_what_cannot_be_read_of_a_revision_exits_with_4(commit, blob, run):
    made = commit(("100644", "..", blob))
    ran = run("diff", made, made)
    assert ran.code == 4
    assert Path("..", "evil").exists() is False
    assert ran.err.count("do not trust the repository") == 2
