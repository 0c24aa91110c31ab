"""lambdaward beside checkov and cfn-lint on the same files, in one run: python benchmarks/speed.py FOLDER [--cache FOLDER].

One template is scanned cold (caches of compiled Python dropped, where a tool's own folder can be written) and warm, then as
many templates of the folder as are asked for, each tool by one command. Peers are installed into virtual environments below
the cache folder, which is made when it is missing. Wall and CPU seconds and peak memory are those of the whole process tree.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import shutil
import statistics
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PEERS = {"checkov": "checkov", "cfn-lint": "cfn-lint"}
SUFFIXES = {".yaml", ".yml", ".json", ".template"}
MARKS = (b"AWSTemplateFormatVersion", b"AWS::Serverless-2016-10-31")
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "orders" / "template.yaml"


@dataclass(frozen=True)
class Cost:
    """What one run took: wall and CPU seconds, and peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end, whatever its exit code means."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"LOG_LEVEL": "ERROR", "BC_SKIP_MAPPING": "TRUE", "NO_COLOR": "1"}
    began = time.perf_counter()
    child = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def median(costs: Sequence[Cost]) -> Cost:
    """The medians of several runs."""
    return Cost(
        *(statistics.median(values) for values in zip(*((c.wall, c.cpu, c.memory) for c in costs), strict=True))
    )


def installed(name: str, cache: Path) -> Path:
    """A peer's command, installed when it is not there yet."""
    home = cache / name
    command = home / "bin" / name
    if not command.exists():
        venv.create(home, with_pip=True)
        subprocess.run([home / "bin" / "python", "-m", "pip", "install", "--quiet", PEERS[name]], check=True)
    return command


def ours() -> list[str]:
    """The command of this environment."""
    return [sys.executable, "-m", "lambdaward"]


def commands(cache: Path) -> dict[str, tuple[list[str], list[str]]]:
    """For each tool, how it scans one file and how it scans a folder; the path follows."""
    checkov = [
        str(installed("checkov", cache)),
        "--quiet",
        "--compact",
        "--skip-download",
        "--framework",
        "cloudformation",
    ]
    lint = [str(installed("cfn-lint", cache))]
    return {
        "lambdaward": ([*ours(), "scan", "--exit-zero"], [*ours(), "scan", "--exit-zero"]),
        "checkov": ([*checkov, "-f"], [*checkov, "-d"]),
        "cfn-lint": (lint, lint),
    }


def templates(folder: Path, most: int, *, but: Path) -> list[Path]:
    """Templates of a folder, by their names, outside of one that may lie in it."""
    files = (path for path in sorted(folder.resolve().rglob("*")) if path.suffix in SUFFIXES and path.is_file())
    found = (path for path in files if not path.is_relative_to(but))
    return [path for path in found if any(mark in path.read_bytes() for mark in MARKS)][:most]


def gathered(paths: Sequence[Path], into: Path) -> Path:
    """Copies of templates, each in a folder of its own, so that every tool reads the same files and nothing else."""
    shutil.rmtree(into, ignore_errors=True)
    for number, path in enumerate(paths):
        (into / f"{number:04}").mkdir(parents=True)
        shutil.copyfile(path, into / f"{number:04}" / f"template{path.suffix}")
    return into


def drop_compiled(homes: Sequence[Path]) -> None:
    """Forget a tool's compiled Python."""
    for compiled in [cache for home in homes for cache in home.rglob("__pycache__")]:
        shutil.rmtree(compiled, ignore_errors=True)


def homes(cache: Path) -> dict[str, tuple[Path, ...]]:
    """Where the Python of each tool and of what it needs lies."""
    here = Path(__file__).resolve().parents[1] / "src"
    return {
        "lambdaward": (here, Path(sysconfig.get_path("purelib"))),
        **{name: (cache / name / "lib",) for name in PEERS},
    }


def table(title: str, costs: dict[str, Cost]) -> None:
    """Print what each tool took, and the ratios to the first."""
    base = costs["lambdaward"]
    print(
        f"\n{title}\n\n| tool | wall s | CPU s | memory MB | wall, CPU, memory beside lambdaward |\n|---|--:|--:|--:|--:|"
    )
    for name, cost in costs.items():
        ratio = f"{cost.wall / base.wall:.1f}x, {cost.cpu / base.cpu:.1f}x, {cost.memory / base.memory:.1f}x"
        print(f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.memory:.0f} | {ratio} |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(".bench"))
    parser.add_argument("--templates", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    cache = chosen.cache.resolve()
    tools, places = commands(cache), homes(cache)
    cold: dict[str, Cost] = {}
    warm: dict[str, Cost] = {}
    for name, (one, _) in tools.items():
        drop_compiled(places[name])
        cold[name] = run([*one, str(EXAMPLE)], EXAMPLE.parent)
        warm[name] = median([run([*one, str(EXAMPLE)], EXAMPLE.parent) for _ in range(chosen.rounds)])
    found = templates(chosen.corpus, chosen.templates, but=cache)
    folder = gathered(found, cache / "templates")
    every = {}
    for name, (_, many) in tools.items():
        paths = [str(path) for path in sorted(folder.rglob("template.*"))] if name == "cfn-lint" else [str(folder)]
        every[name] = run([*many, *paths], folder)
    print(f"{dt.date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")  # noqa: DTZ011
    table("One template, cold", cold)
    table(f"One template, warm: median of {chosen.rounds}", warm)
    table(f"{len(found)} templates, one command", every)


if __name__ == "__main__":
    main()
