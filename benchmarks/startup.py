"""CPU time of short commands beside bare Python: python benchmarks/startup.py [ROUNDS]. Medians, compiled Python warm."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SMALL = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: orders.handler
      Runtime: python3.13
      InlineCode: "def handler(event, context): return event"
      Policies: [{Statement: [{Effect: Allow, Action: "dynamodb:GetItem", Resource: "*"}]}]
"""


def milliseconds(command: Sequence[str]) -> float:
    """The CPU time of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main(rounds: int) -> None:
    """Measure in turn, so that what else the machine does hits every command alike, and print."""
    python = [sys.executable]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "template.yaml").write_text(SMALL)
        commands = {
            "python -c pass": [*python, "-c", "pass"],
            "lambdaward --version": [*python, "-m", "lambdaward", "--version"],
            "lambdaward --help": [*python, "-m", "lambdaward", "--help"],
            "lambdaward scan, a small SAM template": [*python, "-m", "lambdaward", "scan", folder],
        }
        times = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(milliseconds(command))
    print("| command | CPU ms | where bare Python takes 12 ms |\n|---|--:|--:|")
    bare = statistics.median(times["python -c pass"])
    for name, found in times.items():
        median = statistics.median(found)
        print(f"| `{name}` | {median:.0f} | {median * 12 / bare:.0f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
