"""Holds our SAM lowering against AWS's translator on every template of a folder: `python benchmarks/sam_oracle.py CORPUS`."""

import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from tempfile import gettempdir
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests/sources/sam"))
from comparing import RefusedError, differences, others, ours, packaged, resources, theirs

from lambdaward.model import InputError
from lambdaward.sources.cloudformation.node import MapNode
from lambdaward.sources.cloudformation.reader import read
from lambdaward.sources.cloudformation.sam.reading import items, plain, text

SUFFIXES = {".yaml", ".yml", ".json", ".template"}
SAM = "AWS::Serverless-2016-10-31"
KINDS = {
    "roles": {"AWS::IAM::Role", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy"},
    "permissions": {"AWS::Lambda::Permission", "AWS::Lambda::Url", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"},
    "functions": {"AWS::Lambda::Function", "AWS::Lambda::Version", "AWS::Lambda::Alias", "AWS::Lambda::LayerVersion"},
    "mappings": {"AWS::Lambda::EventSourceMapping"},
    "APIs": {"AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::AppSync::GraphQLApi"},
}


def templates(folder: Path) -> Iterator[tuple[Path, MapNode]]:
    """Every SAM template of a folder."""
    for path in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file()):
        data = path.read_bytes()
        if SAM.encode() not in data:
            continue
        try:
            root = read(data, str(path)).root
        except InputError:
            continue
        if isinstance(root, MapNode) and SAM in [text(item) for item in items(root.get("Transform"))]:
            yield path, packaged(root)


def reference(root: MapNode) -> tuple[dict[str, Any] | str, float]:
    """The translator's output (or why it refuses) and its seconds, kept on disk."""
    source = json.dumps(plain(root), sort_keys=False)
    digest = hashlib.sha256(source.encode()).hexdigest()
    kept = Path(gettempdir()) / f"sam-translator-{version('aws-sam-translator')}" / f"{digest}.json"
    if not kept.exists():
        start = time.perf_counter()
        try:
            made: dict[str, Any] | str = theirs(root)
        except RefusedError as error:
            made = str(error)
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps([made, time.perf_counter() - start]))
    return tuple(json.loads(kept.read_text()))


def compare(root: MapNode, made: dict[str, Any], lowered: MapNode) -> dict[str, list[str]]:
    """The differences by kind."""
    mine, other = resources(plain(lowered), root), resources(made, root)
    types = [{name: one.get("Type") for name, one in held.items()} for held in (mine, other)]
    found = {"resources": list(differences(*types))}
    for kind, wanted in KINDS.items():
        both = [name for name in mine if name in other and mine[name].get("Type") in wanted]
        found[kind] = [line for name in both for line in differences(mine[name], other[name], (name,))]
    rest = [name for name in mine if name in other and all(mine[name].get("Type") not in t for t in KINDS.values())]
    found["the rest"] = [line for name in rest for line in differences(mine[name], other[name], (name,))]
    found["outputs"] = list(differences(others(plain(lowered), root), others(made, root)))
    return found


def main(folder: Path, shown: int) -> None:
    """Compare, and print the table and the disagreements."""
    agreed, refused, total, lines = Counter[str](), Counter[str](), 0, []
    clocks: list[tuple[float, float]] = []
    for path, root in templates(folder):
        made, seconds = reference(root)
        start = time.perf_counter()
        lowered = ours(root)
        spent = time.perf_counter() - start
        if isinstance(made, str):
            refused[made.split(":", 1)[0] if made.startswith("internal") else "refused"] += 1
            continue
        total += 1
        clocks.append((spent, seconds))
        found = compare(root, made, lowered.root)
        agreed.update(kind for kind, differing in found.items() if not differing)
        agreed.update(["security"] if not any(found[kind] for kind in ("resources", "roles", "permissions")) else [])
        agreed.update(["everything"] if not any(found.values()) else [])
        lines += [f"{path.relative_to(folder)}: {kind}: {line}" for kind, held in found.items() for line in held]
    print(f"{total} templates translated, {sum(refused.values())} refused by the translator: {dict(refused)}")
    for kind in (
        "resources",
        "roles",
        "permissions",
        "security",
        *list(KINDS)[2:],
        "the rest",
        "outputs",
        "everything",
    ):
        print(f"{kind:12} {agreed[kind]:5} of {total}  {100 * agreed[kind] / total:6.2f} %")
    for name, index in (("ours", 0), ("theirs", 1)):
        times = [1000 * clock[index] for clock in clocks]
        print(
            f"{name:8} median {median(times):7.2f} ms, p95 {quantiles(times, n=20)[-1]:7.2f} ms, max {max(times):8.2f} ms"
        )
    print(*lines[:shown], sep="\n")
    print(f"{len(lines)} disagreements")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200)
