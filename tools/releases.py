"""Adds to the table of releases that are known by the digest of their modules: python tools/releases.py COUNT NAME...

For each distribution, the newest COUNT releases are fetched with pip, and the fingerprint of each of their modules is noted where
it is one release's alone. For distributions whose code does not state its version.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from lambdaward.packages.components.stripped import fingerprint, modules
from lambdaward.packages.components.tables import FOLDER

FILE = FOLDER / "releases.json"
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]


def versions(name: str, count: int) -> list[str]:
    """The newest final releases."""
    output = subprocess.run([*PIP, "index", "versions", name], capture_output=True, text=True, check=True).stdout
    found = re.search(r"Available versions: (.*)", output)
    return found[1].split(", ")[:count] if found else []


def fingerprints(name: str, version: str) -> dict[str, str]:
    """The fingerprint of every module in a release's wheel that the table of modules gives to this distribution."""
    with tempfile.TemporaryDirectory() as folder:
        platform = ["--only-binary=:all:", "--python-version=3.12", "--platform=manylinux2014_x86_64", "--platform=any"]
        command = [*PIP, "download", "--no-deps", *platform, "--dest", folder, f"{name}=={version}"]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            return {}
        with zipfile.ZipFile(next(Path(folder).iterdir())) as wheel:
            return {
                module: fingerprint(files_of(wheel, module))
                for module, owner in modules().items()
                if owner == name and files_of(wheel, module)
            }


def files_of(wheel: zipfile.ZipFile, module: str) -> dict[str, bytes]:
    """The source files of a module by their path inside it."""
    prefix = module.replace(".", "/")
    inside = {
        n[len(prefix) + 1 :]: wheel.read(n)
        for n in wheel.namelist()
        if n.startswith(prefix + "/") and n.endswith((".py", ".pyi"))
    }
    alone = {n: wheel.read(n) for n in wheel.namelist() if n in (f"{prefix}.py", f"{prefix}.pyi")}
    return inside or alone


def main(count: int, names: list[str]) -> None:
    """Fetch, and write the table anew."""
    sheet = json.loads(FILE.read_text("utf-8"))
    for name in names:
        found: dict[str, dict[str, list[str]]] = {}
        for version in versions(name, count):
            for module, digest in fingerprints(name, version).items():
                found.setdefault(module, {}).setdefault(digest, []).append(version)
        for module, digests in found.items():
            alone = {digest: releases[0] for digest, releases in sorted(digests.items()) if len(releases) == 1}
            sheet["rows"].setdefault(module, {}).update(alone)
            print(f"{name}: {module}: {len(alone)} releases")
    sheet["rows"] = {module: sheet["rows"][module] for module in sorted(sheet["rows"]) if sheet["rows"][module]}
    sheet["sources"][0]["read"] = dt.datetime.now(dt.UTC).date().isoformat()
    FILE.write_text(json.dumps(sheet, indent=0, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
