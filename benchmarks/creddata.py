"""Secret detection on Samsung's CredData.

    python benchmarks/creddata.py DATA META

DATA is a folder as CredData's own `download_data.py` makes it (obfuscated), META the folder with the labels of the same
repositories. Nothing of either is kept. A finding counts when it overlaps a labelled true value; "real" leaves out rows that are
only identifiers (UUID, bucket and domain names, nonces, salts). No figure here may be used to choose a pattern or a word.
"""

import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from lambdaward.secrets import Sighting, search

UNREAL = {"UUID", "AWS S3 Bucket", "Firebase Domain", "Nonce", "Salt"}


def labels(folder):
    """The true rows of each file: lines, columns and categories."""
    found = defaultdict(list)
    for path in sorted(folder.glob("*.csv")):
        with path.open() as rows:
            for row in csv.DictReader(rows):
                if row["GroundTruth"] == "T":
                    place = row["FilePath"].removeprefix("data/")
                    found[place].append(row)
    return found


def is_real(row):
    """Whether a row is more than an identifier."""
    return not set(row["Category"].split(":")) <= UNREAL


def overlaps(row, line, columns):
    """Whether a labelled value and a finding share a character."""
    first, last = int(row["LineStart"]), int(row["LineEnd"])
    if not first <= line <= last:
        return False
    start, end = int(row["ValueStart"] or -1), int(row["ValueEnd"] or -1)
    return first != last or start < 0 or end < 0 or any(a < end and b > start for a, b in columns)


def columns_of(line, value):
    """Where a value stands in a line."""
    part = value.splitlines()[0] if value else ""
    at, found = line.find(part), []
    while part and at >= 0:
        found.append((at, at + len(part)))
        at = line.find(part, at + 1)
    return found or [(0, len(line))]


def main(data, meta):
    """Print what was found and missed."""
    truth, hit, wrong, total = labels(meta), set(), Counter(), 0
    for item in search(data):
        if not isinstance(item, Sighting) or not item.line:
            continue
        total += 1
        lines = (data / item.place).read_text(errors="replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        columns = columns_of(lines[item.line - 1], str(item.leak.value.reveal()))
        matched = [row["Id"] for row in truth.get(item.place, ()) if overlaps(row, item.line, columns)]
        hit.update(matched)
        if not matched:
            wrong[item.leak.kind] += 1
    rows = [row for rows in truth.values() for row in rows]
    real = [row for row in rows if is_real(row)]
    precision = 1 - sum(wrong.values()) / total
    for name, chosen in (("all", rows), ("real", real)):
        recall = sum(row["Id"] in hit for row in chosen) / len(chosen)
        score = 2 * precision * recall / (precision + recall)
        print(
            f"{name}: {len(chosen)} rows, {total} findings, precision {precision:.2f}, recall {recall:.2f}, F1 {score:.2f}"
        )
    print("false alarms:", dict(wrong.most_common(12)))
    print("missed:", dict(Counter(row["Category"] for row in real if row["Id"] not in hit).most_common(12)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
