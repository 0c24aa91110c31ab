"""Secret detection beside peers: labelled environment variables, made at run time, and speed on packages.

    python benchmarks/secret_detection.py variables [BIN]     BIN: folder with betterleaks, detect-secrets, kingfisher
    python benchmarks/secret_detection.py speed PACKAGE [BIN]

Peers get one `NAME=value` file per variable; a finding in a file counts for its variable.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "secrets")]

from making import labelled  # noqa: E402 - after the path is set

from lambdaward.secrets import Leak, Sighting, Sureness, judge, search  # noqa: E402 - as above

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


def peers(bin_folder):
    """The peers that are there: name, command, and how their report names files."""
    table = {
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
    for name, (command, read) in table.items():
        if Path(bin_folder, command[0]).exists():
            yield name, [str(Path(bin_folder, command[0])), *command[1:]], read


def variables(bin_folder):
    """Every tool on the same labelled variables."""
    values = list(labelled(range(100, 104)))
    labels = [secret for *_, secret in values]
    print(f"{len(labels)} variables, {sum(labels)} of them secrets\n")
    print("| tool | recall | false alarms | F1 |\n|---|--:|--:|--:|")
    row("lambdaward", [isinstance(judge(name, value), Leak) for _, name, value, _ in values], labels)
    with tempfile.TemporaryDirectory() as folder:
        for number, (_, name, value, _) in enumerate(values):
            Path(folder, f"{number}.env").write_text(f"{name}={value}\n")
        for name, command, read in peers(bin_folder):
            hits = found_files(command, folder, read)
            row(name, [number in hits for number in range(len(values))], labels)


def speed(package, bin_folder):
    """One package: CPU seconds, in this process and in the peer's."""
    list(search(Path(__file__).parent))  # loads the formats beforehand
    begin = time.process_time()
    found = [item for item in search(package) if isinstance(item, Sighting)]
    ours = time.process_time() - begin
    sure = sum(item.leak.sureness is Sureness.HIGH for item in found)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = package.stat().st_size / 1e6
    print("| tool | CPU-s | MB of zip a CPU-second | memory, MB | found |\n|---|--:|--:|--:|--:|")
    print(f"| lambdaward | {ours:.1f} | {size / ours:.1f} | {memory:.0f} | {len(found)}, {sure} of them sure |")
    peer = Path(bin_folder, "kingfisher")
    if peer.exists():
        with tempfile.TemporaryDirectory() as out:
            report = Path(out, "report.json")
            subprocess.run([peer, *KINGFISHER, "-c", "medium", "-o", report, package], check=False, capture_output=True)
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            count = len(json.loads(report.read_text())["findings"])
        theirs = used.ru_utime + used.ru_stime
        print(f"| kingfisher | {theirs:.1f} | {size / theirs:.1f} | {used.ru_maxrss / 1024:.0f} | {count} |")


def main():
    match sys.argv[1:]:
        case ["variables", *rest]:
            variables(rest[0] if rest else "")
        case ["speed", package, *rest]:
            speed(Path(package), rest[0] if rest else "")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
