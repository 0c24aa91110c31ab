"""Verifying a large signed package, beside reading it with unzip.

    python benchmarks/signing.py [--megabytes 400] [FOLDER]

A package is made of the files of a folder (default: what is installed beside this Python), again and again until it has so many
megabytes of content, and signed by an authority that is made for it. For each program: processor seconds and peak memory, each in
a process of its own, one after the other. `unzip -t` expands and checks the same content, and signs or hashes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "packages"))
from signatures import SIGNATURE, Signing, pem, usual_chain

MB = 1 << 20


def contents(folder: Path, size: int) -> Iterator[tuple[str, bytes]]:
    """Files until their contents have so many bytes; every round has a folder of its own."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for turn in count():
        for path in files:
            if size <= 0:
                return
            body = path.read_bytes()
            size -= len(body)
            yield f"python/{turn}/{path.relative_to(folder)}", body


def make(target: Path, folder: Path, size: int) -> int:
    """Write a signed package; how many bytes of content it has."""
    digest, total = hashlib.sha384(), 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, body in (*contents(folder, size), ("META_INF/", b"")):
            package.writestr(name, body)
            digest.update(name.encode() + body)
            total += len(body)
        package.writestr(SIGNATURE, Signing().file(hashlib.sha384(digest.digest()).digest()))
    return total


def run(command: list[str]) -> tuple[float, float, int]:
    """Processor seconds, peak megabytes and exit code of a program."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def main() -> None:
    """Make a package, measure every program on it, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(sysconfig.get_path("purelib")))
    parser.add_argument("--megabytes", type=int, default=400)
    parser.add_argument("--make", metavar="FOLDER", type=Path, help="only make the package and the root in a folder")
    given = parser.parse_args()
    if given.make:
        (given.make / "root.pem").write_bytes(pem(usual_chain()[-1]))
        size = make(given.make / "package.zip", given.folder, given.megabytes * MB)
        print(f"{size / MB:,.0f} MB of content in a zip of {(given.make / 'package.zip').stat().st_size / MB:,.0f} MB")
        return
    with tempfile.TemporaryDirectory() as work:
        package, root = Path(work, "package.zip"), Path(work, "root.pem")
        # In a process of its own: a child's peak of memory begins with its parent's.
        subprocess.run([sys.executable, *sys.argv, "--make", work], check=True)
        verify = [sys.executable, "-m", "lambdaward", "verify", str(package), "--root", str(root)]
        commands = {"lambdaward verify": [*verify, "--at", "2026-11-24", "--without-revocation"]}
        if unzip := shutil.which("unzip"):
            commands["unzip -t"] = [unzip, "-tq", str(package)]
        print(f"{'program':20} {'cpu s':>8} {'peak MB':>8} {'exit':>5}")
        for name, command in commands.items():
            cpu, peak, code = run(command)
            print(f"{name:20} {cpu:8.2f} {peak:8.0f} {code:5}")


if __name__ == "__main__":
    main()
