"""The files of a git revision, in a private folder. Repositories are hostile: nothing of theirs is run.

Only commands of git that read objects are used (`rev-parse`, `ls-tree`, `cat-file --batch`): they run no hook, filter, text
conversion, pager or helper, whatever the repository's configuration and attributes say. Missing objects are not fetched.
Symbolic links and submodules are left out, so that nothing that is written leaves the folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, cast

from msgspec import Struct

from lambdaward.model import InputError, UsageError

MOST_FILES = 200_000
MOST_BYTES = 2 << 30
PATIENCE = 600  # seconds for one command of git

# The repository's own configuration may name programs for each of these.
SAFE = ("--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "protocol.allow=never")
ENVIRONMENT: Mapping[str, str] = MappingProxyType(
    {
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_ASKPASS": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_SSH_COMMAND": "false",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
)
FILE_MODES = ("100644", "100755", "100664")


class UnreadableError(InputError):
    """A revision whose files cannot be had, or are not what git makes."""


class Tree(Struct, frozen=True):
    """A revision's files: the folder that holds them, that of the user's current folder in it, and how many entries (links
    and submodules) were left out."""

    root: Path
    folder: Path
    left_out: int


class _Entry(Struct, frozen=True):
    """A file of a tree: its object, its size in bytes, and its path."""

    object: str
    size: int
    path: str


def revisions(words: Sequence[str]) -> tuple[str, str]:
    """The commits that `A..B`, `A...B` (from where they part) or two words name. Raises `UsageError`."""
    if len(words) == 2:
        return commit(words[0]), commit(words[1])
    before, dots, after = words[0].partition("...") if "..." in words[0] else words[0].partition("..")
    first, second = commit(before or "HEAD"), commit(after or "HEAD")
    return (_git("merge-base", first, second).strip() if dots == "..." else first), second


def commit(name: str) -> str:
    """The id of a commit. Raises `UsageError` for a name that means none."""
    try:
        return _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").strip()
    except UsageError as error:
        raise UsageError(f"`{name}` is neither a path nor a revision of this repository ({error})") from None


@contextmanager
def checked_out(revision: str) -> Iterator[Tree]:
    """The files of a commit, for as long as the context lasts. Raises `UnreadableError`."""
    prefix = _git("rev-parse", "--show-prefix").strip("\n")
    with tempfile.TemporaryDirectory(prefix="lambdaward-") as place:
        root = Path(place).resolve()
        (root / ".git").mkdir()  # the mark of a project's root
        files, left_out = _listed(revision)
        _extract(files, root, revision)
        yield Tree(root, root / prefix, left_out)


def _listed(revision: str) -> tuple[list[_Entry], int]:
    listing = _git("ls-tree", "-r", "-z", "-l", "--full-tree", revision)
    files: list[_Entry] = []
    left_out = 0
    for line in listing.split("\0")[:-1]:
        facts, _, path = line.partition("\t")
        mode, _, identity, size = facts.split()
        if mode in FILE_MODES:
            files.append(_Entry(identity, int(size) if size.isdigit() else 0, path))
        else:
            left_out += 1
    if len(files) > MOST_FILES or sum(file.size for file in files) > MOST_BYTES:
        limits = f"{MOST_FILES:,} files or {MOST_BYTES:,} bytes"
        raise UnreadableError(
            revision, f"it holds more than {limits}", "compare two folders or two JSON reports instead"
        )
    return files, left_out


def _extract(files: Sequence[_Entry], root: Path, revision: str) -> None:
    with tempfile.TemporaryFile() as wanted:
        wanted.write("".join(f"{file.object}\n" for file in files).encode())
        wanted.seek(0)
        with subprocess.Popen(  # noqa: S603 - see above
            _command("cat-file", "--batch"), stdin=wanted, stdout=subprocess.PIPE, env=_environment()
        ) as process:
            stream = cast("IO[bytes]", process.stdout)
            for file in files:
                _write(root, file.path, _blob(stream, file, revision), revision)


def _blob(stream: IO[bytes], file: _Entry, revision: str) -> bytes:
    """The next object of a batch."""
    header = stream.readline().split()
    data = stream.read(file.size + 1)[:-1]
    if header[1:2] != [b"blob"] or len(data) != file.size:
        raise UnreadableError(
            revision, f"`{file.path}` is not in this repository", "fetch it, or clone without a filter"
        )
    return data


def _write(root: Path, path: str, data: bytes, revision: str) -> None:
    parts = path.split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" or os.sep in part for part in parts):
        raise UnreadableError(
            revision, f"its tree holds the path `{path}`", "no git makes this; do not trust the repository"
        )
    target = root.joinpath(*parts)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as stream:
            stream.write(data)
    except OSError as error:
        raise UnreadableError(
            revision, f"`{path}` cannot be written ({error.strerror})", "compare folders instead"
        ) from None


def _git(*words: str) -> str:
    """What a command of git prints. Raises `UsageError` when it fails."""
    try:
        ran = subprocess.run(  # noqa: S603 - see above
            _command(*words),
            capture_output=True,
            check=False,
            env=_environment(),
            timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        raise UsageError(f"git took longer than {PATIENCE} seconds") from None
    if ran.returncode:
        said = os.fsdecode(ran.stderr).strip().splitlines() or ["git does not know it"]
        raise UsageError(said[0].removeprefix("fatal: "))
    return os.fsdecode(ran.stdout)


def _command(*words: str) -> list[str]:
    git = shutil.which("git")
    if git is None:
        raise UsageError("git is not installed; compare two folders or two JSON reports instead")
    return [git, *SAFE, *words]


def _environment() -> dict[str, str]:
    return {**os.environ, **ENVIRONMENT}
