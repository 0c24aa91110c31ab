"""Secret detection beside peers: labelled environment variables, made at run time, and speed on packages.

    python benchmarks/secret_detection.py variables [BIN...]
    python benchmarks/secret_detection.py speed PACKAGE [BIN]

BIN are folders with betterleaks, detect-secrets, kingfisher, checkov, and a Python that has lambda-security-scanner.
Two sets: one by the generator that the engine was built beside, one of odd forms written without it in view, with as many
traps as secrets. Peers that read files get one `NAME=value` file per variable, checkov a template with one function for each, and
lambda-security-scanner its own check's input; a finding counts for its variable.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "secrets")]

from making import labelled  # noqa: E402 - after the path is set
from odd import odd  # noqa: E402 - as above

from lambdaward.secrets import Leak, Sighting, judge, search  # noqa: E402 - as above

KINGFISHER = ("scan", "-q", "--no-validate", "--no-update-check", "--no-dedup", "-f", "json")


def scored(hits, labels):
    """Recall, false alarms and F1."""
    right = sum(hit and label for hit, label in zip(hits, labels, strict=True))
    wrong = sum(hit and not label for hit, label in zip(hits, labels, strict=True))
    return right / sum(labels), wrong, 2 * right / (right + wrong + sum(labels))


def row(name, hits, labels):
    recall, wrong, score = scored(hits, labels)
    print(f"| {name} | {recall:.2f} | {wrong} of {len(labels) - sum(labels)} | {score:.2f} |")


def found_files(command, folder, read):
    """Which numbered files a peer names in its report."""
    with tempfile.TemporaryDirectory() as out:
        report = Path(out, "report.json")
        done = subprocess.run(
            [word.format(out=report) for word in command], cwd=folder, capture_output=True, check=False
        )
        text = report.read_text() if report.exists() else done.stdout.decode()
    return {int(Path(name).stem) for name in read(json.loads(text or "[]"))}


def in_files(command, read):
    """A peer that reads files, one for each variable."""

    def hits(values):
        with tempfile.TemporaryDirectory() as folder:
            for number, (_, name, value, _) in enumerate(values):
                Path(folder, f"{number}.env").write_text(f"{name}={value}\n")
            return found_files(command, folder, read)

    return hits


def by_checkov(program):
    """Checkov on a template with one function for each variable."""

    def hits(values):
        resources = {
            f"F{number}": {
                "Type": "AWS::Lambda::Function",
                "Properties": {"Code": {"ZipFile": "x"}, "Environment": {"Variables": {name: value}}},
            }
            for number, (_, name, value, _) in enumerate(values)
        }
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "template.json").write_text(json.dumps({"Resources": resources}))
            command = [
                program,
                "-d",
                folder,
                "--framework",
                "cloudformation",
                "-c",
                "CKV_AWS_45",
                "-o",
                "json",
                "--quiet",
            ]
            done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "LOG_LEVEL": "ERROR"})
        failed = json.loads(done.stdout)["results"]["failed_checks"]
        return {int(one["resource"].rpartition(".F")[2]) for one in failed}

    return hits


# What a Python with lambda-security-scanner runs: its own check, on one variable at a time.
SCANNER = """
import json, sys
from lambda_security_scanner.checks.function_config import FunctionConfigChecker
checker = FunctionConfigChecker.__new__(FunctionConfigChecker)
rows = json.load(sys.stdin)
found = [checker.check_environment_secrets({"Environment": {"Variables": {name: value}}})["has_secrets"] for name, value in rows]
print(json.dumps(found))
"""


def by_scanner(program):
    """lambda-security-scanner's check, in its own Python."""

    def hits(values):
        rows = json.dumps([(name, value) for _, name, value, _ in values])
        done = subprocess.run([program, "-c", SCANNER], input=rows.encode(), capture_output=True, check=True)
        return {number for number, found in enumerate(json.loads(done.stdout)) if found}

    return hits


def peers(folders):
    """The peers that are there: name, and what tells the numbers of the variables that they find."""
    files = {
        "betterleaks": (
            ["betterleaks", "fs", ".", "-s", "-o", "{out}", "--exit-code", "0"],
            lambda report: [one["location"]["path"] for one in report["findings"]],
        ),
        "detect-secrets": (
            ["detect-secrets", "scan", "--all-files", "."],
            lambda report: list(report["results"]),
        ),
        "kingfisher, low": (
            ["kingfisher", *KINGFISHER, "-c", "low", "-o", "{out}", "."],
            lambda report: [one["finding"]["path"] for one in report["findings"]],
        ),
    }
    for folder in map(Path, folders):
        for name, (command, read) in files.items():
            if (folder / command[0]).exists():
                yield name, in_files([str(folder / command[0]), *command[1:]], read)
        if (folder / "checkov").exists():
            yield "checkov, CKV_AWS_45", by_checkov(folder / "checkov")
        if list(folder.parent.glob("lib/*/site-packages/lambda_security_scanner")):
            yield "lambda-security-scanner", by_scanner(folder / "python")


def variables(folders):
    """Every tool on the same labelled variables."""
    tools = {"lambdaward": _ours, **dict(peers(folders))}
    for title, values in (
        ("the first set", list(labelled(range(100, 104)))),
        ("the odd set", halved(odd(range(500, 502)))),
    ):
        labels = [secret for *_, secret in values]
        print(f"\n{title}: {len(labels)} variables, {sum(labels)} of them secrets\n")
        print("| tool | recall | false alarms | F1 |\n|---|--:|--:|--:|")
        for name, find in tools.items():
            hits = find(values)
            row(name, [number in hits for number in range(len(values))], labels)


def halved(rows):
    """All secrets, and as many of the others."""
    kinds = {True: [], False: []}
    for row in rows:
        kinds[row[3]].append(row)
    return kinds[True] + random.Random(1).sample(kinds[False], len(kinds[True]))  # noqa: S311 - no secret


def _ours(values):
    return {number for number, (_, name, value, _) in enumerate(values) if isinstance(judge(name, value), Leak)}


def speed(package, bin_folder, rounds=3):
    """One package, this engine and the peer in turns: the least CPU seconds of each, in processes of their own."""
    peer, own, theirs = Path(bin_folder, "kingfisher"), [], []
    for _ in range(rounds):
        own.append(_run([sys.executable, __file__, "found", str(package)]))
        if peer.exists():
            theirs.append(_run([str(peer), *KINGFISHER, "-c", "medium", str(package)]))
    size = package.stat().st_size / 1e6
    print("| tool | CPU-s, least | MB of zip a CPU-second | memory, MB | found |\n|---|--:|--:|--:|--:|")
    for name, ran in (("lambdaward", own), ("kingfisher", theirs)):
        if ran:
            least = min(used for used, _, _ in ran)
            memory = max(memory for _, memory, _ in ran)
            print(
                f"| {name} | {least:.1f} | {size / least:.1f} | {memory:.0f} | {len(json.loads(ran[0][2])['findings'])} |"
            )


def _run(command):
    """CPU seconds, memory in MB and the output of a process."""
    with tempfile.TemporaryFile() as out, subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL) as process:
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
        out.seek(0)
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read()


def found(package):
    """What this engine finds in a package, by its sureness."""
    sure = [item.leak.sureness.name for item in search(package) if isinstance(item, Sighting)]
    print(json.dumps({"findings": sure}))


def main():
    match sys.argv[1:]:
        case ["variables", *rest]:
            variables(rest)
        case ["found", package]:
            found(Path(package))
        case ["speed", package, *rest]:
            speed(Path(package), rest[0] if rest else "")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
