"""Bills of materials of real packages, beside syft and trivy.

    python benchmarks/packages.py [--syft PROGRAM] [--trivy PROGRAM] ZIP...

For each package and tool: components found, wall and processor seconds, and peak memory, each tool in a process of its own, one
after the other. trivy reads folders only, so it gets the package unpacked, and the unpacking is not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OURS = """
import sys
from pathlib import Path
from lambdaward.packages import inspect, sbom
sys.stdout.buffer.write(sbom(inspect(Path(sys.argv[1]))))
"""


@dataclass(frozen=True)
class Run:
    """What one run took, and how many components it named."""

    wall: float
    cpu: float
    peak: float
    components: int


def measure(command: list[str]) -> Run:
    """Run a program that writes CycloneDX to its output."""
    environment = {**os.environ, "SYFT_CHECK_FOR_APP_UPDATE": "false"}
    with tempfile.TemporaryFile() as output:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL, env=environment)
        _, _, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        output.seek(0)
        text = output.read()
    found = json.loads(text).get("components", []) if text else []
    named = {item["purl"] for item in found if item.get("purl")}
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, len(named))


def unpacked(package: Path, folder: str) -> str:
    """A package as a folder, with the modes that it states, for tools that read nothing else."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
        for entry in archive.infolist():
            if (mode := entry.external_attr >> 16 & 0o777) and not entry.is_dir():
                Path(folder, entry.filename).chmod(mode | 0o600)
    return folder


def commands(package: Path, folder: str, syft: str | None, trivy: str | None) -> Iterator[tuple[str, list[str]]]:
    """Each tool's name and command."""
    yield "lambdaward", [sys.executable, "-c", OURS, str(package)]
    if syft:
        yield "syft", [syft, "scan", "-q", f"file:{package}", "-o", "cyclonedx-json"]
    if trivy:
        offline = ["--offline-scan", "--skip-db-update", "--skip-java-db-update"]
        yield "trivy", [trivy, "rootfs", "-q", *offline, "--format", "cyclonedx", unpacked(package, folder)]


def main() -> None:
    """Measure every tool on every package, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="+", type=Path)
    parser.add_argument("--syft")
    parser.add_argument("--trivy")
    given = parser.parse_args()
    print(f"{'package':24} {'tool':12} {'components':>10} {'wall s':>8} {'cpu s':>8} {'peak MB':>8}")
    for package in given.packages:
        with tempfile.TemporaryDirectory() as folder:
            for name, command in commands(package, folder, given.syft, given.trivy):
                run = measure(command)
                figures = f"{run.components:10} {run.wall:8.2f} {run.cpu:8.2f} {run.peak:8.0f}"
                print(f"{package.name:24} {name:12} {figures}", flush=True)


if __name__ == "__main__":
    main()
