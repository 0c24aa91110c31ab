"""Which components are missing and which are ghosts in real packages, beside syft and trivy.

    python benchmarks/exactness.py [--syft PROGRAM] [--trivy PROGRAM] ZIP...

The truth is read by others than the tools: Python's own `importlib.metadata` and npm's own `npm ls` on the unpacked package,
the text that the Go linker writes into a program, and the `pom.properties` of jars, those inside of jars included, with the jars'
own names. The standard library of Go counts for nobody. For each ecosystem that a package has: how many components there are, and
for each tool how many of them it misses, and how many it names that are not there. The differences are listed below.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import io
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from packageurl import PackageURL

from packages import commands

Found = set[tuple[str, str]]
GO_START, GO_END = bytes.fromhex("3077af0c9274080241e1c107e6d618e6"), bytes.fromhex("f932433186182072008242104116d8f2")
GO_LINE = re.compile(r"^(mod|dep|=>)\t([^\t]+)\t([^\t\n]*)", re.MULTILINE)


def python_name(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def python_truth(folder: Path) -> Found:
    """Every distribution that Python finds in any folder with metadata."""
    roots = {str(path.parent) for pattern in ("*.dist-info", "*.egg-info") for path in folder.rglob(pattern)}
    every = importlib.metadata.distributions(path=sorted(roots))
    return {(python_name(each.metadata["Name"]), each.version) for each in every}


def npm_truth(folder: Path) -> Found:
    """Every package that npm lists, in each folder with a `node_modules` of its own."""
    found: Found = set()
    for modules in folder.rglob("node_modules"):
        if "node_modules" in modules.relative_to(folder).parts[:-1]:
            continue
        command = ["npm", "ls", "--all", "--parseable", "--long"]
        output = subprocess.run(command, cwd=modules.parent, capture_output=True, text=True, check=False).stdout
        named = (_npm_name(line) for line in output.splitlines()[1:] if ":" in line)
        found |= {(name, version) for name, at, version in (each.rpartition("@") for each in named) if at and name}
    return found


def _npm_name(line: str) -> str:
    """Name and version in a line of `PATH:NAME@VERSION`, of an alias (`ALIAS@npm:NAME@VERSION`) those of what it stands for."""
    said = line.partition(":")[2]
    return said.rpartition("@npm:")[2].partition(":")[0]


def go_truth(folder: Path) -> Found:
    """Every module that linkers noted in programs, replaced ones by what replaces them; without a version where that is no
    release, and in small letters, as package URLs have them."""
    found: Found = set()
    for path in (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        data = path.read_bytes()
        start = data.find(GO_START) if data.startswith(b"\x7fELF") else -1
        modules: list[tuple[str, str]] = []
        text = data[start + 16 : data.find(GO_END, start)].decode("utf-8", "replace") if start >= 0 else ""
        for kind, name, version in GO_LINE.findall(text):
            release = version if re.match(r"v\d", version) else ""
            if kind != "=>":
                modules.append((name.lower(), release))
            elif not name.startswith("."):
                modules[-1] = (name.lower(), release)
        found |= set(modules)
    return found


def java_truth(folder: Path) -> Found:
    """Every `pom.properties` in jars, at any depth."""
    return {each for path in folder.rglob("*.jar") for each in (*_jar(path.read_bytes()), *_by_name(path.name))}


def _by_name(file: str) -> Iterator[tuple[str, str]]:
    """A jar by its own name, with what builds put behind the version."""
    if match := re.fullmatch(r"(.+?)-(\d[\w.]*)(?:-(?:jar-with-dependencies|all|shaded))?\.jar", file):
        yield match[1], match[2]


def _jar(data: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as jar:
        for name in jar.namelist():
            if name.endswith(".jar"):
                yield from _jar(jar.read(name))
            elif name.endswith("/pom.properties"):
                pairs = dict(line.split("=", 1) for line in jar.read(name).decode().splitlines() if "=" in line)
                yield pairs["artifactId"].strip(), pairs["version"].strip()


TRUTHS: dict[str, Callable[[Path], Found]] = {
    "pypi": python_truth,
    "npm": npm_truth,
    "golang": go_truth,
    "maven": java_truth,
}


def named(command: list[str]) -> dict[str, Found]:
    """The components that a tool names, by their ecosystem."""
    output = subprocess.run(command, capture_output=True, check=False).stdout
    found: dict[str, Found] = {kind: set() for kind in TRUTHS}
    for item in json.loads(output or b"{}").get("components", []):
        if not item.get("purl"):
            continue
        url = PackageURL.from_string(item["purl"])
        if url.type in found:
            group = f"{url.namespace}/" if url.namespace and url.type != "maven" else ""
            below = f"/{url.subpath}" if url.subpath else ""
            name = python_name(url.name) if url.type == "pypi" else group + url.name + below
            release = url.version or ""
            if url.type != "golang":
                found[url.type].add((name, release))
            elif name != "stdlib":
                found[url.type].add((name.lower(), release if re.match(r"v\d", release) else ""))
    return found


def extracted(package: Path, folder: Path) -> None:
    """A package as a folder."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)


def main() -> None:
    """Compare every tool with the truth on every package, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="+", type=Path)
    parser.add_argument("--syft")
    parser.add_argument("--trivy")
    given = parser.parse_args()
    differences: list[str] = []
    print(f"{'package':24} {'ecosystem':10} {'there':>6}  {'tool':12} {'missing':>8} {'ghosts':>7}")
    for package in given.packages:
        folder, scratch = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp())
        try:
            extracted(package, folder)
            truths = {kind: truth(folder) for kind, truth in TRUTHS.items()}
            for tool, command in commands(package, str(scratch), given.syft, given.trivy):
                for kind, found in named(command).items():
                    truth = truths[kind]
                    if not truth and not found:
                        continue
                    missing, ghosts = truth - found, found - truth
                    print(
                        f"{package.name:24} {kind:10} {len(truth):6}  {tool:12} {len(missing):8} {len(ghosts):7}",
                        flush=True,
                    )
                    lines = ((word, sorted(each)) for word, each in (("missing", missing), ("ghosts", ghosts)) if each)
                    differences += (f"{package.name} {kind} {tool} {word}: {each[:6]}" for word, each in lines)
        finally:
            shutil.rmtree(folder)
            shutil.rmtree(scratch)
    print(*differences, sep="\n")


if __name__ == "__main__":
    main()
