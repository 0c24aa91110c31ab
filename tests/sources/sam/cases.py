"""Small templates of our own, by subject: each file in `cases/` holds several, each under `--- # what it shows`."""

import re
from pathlib import Path

from lambdaward.sources.cloudformation.node import MapNode
from lambdaward.sources.cloudformation.reader import read

FOLDER = Path(__file__).parent / "cases"
TITLE = re.compile(r"^--- # (.*)$", re.MULTILINE)
TRANSFORM = "Transform: AWS::Serverless-2016-10-31\n"


def cases() -> dict[str, MapNode]:
    """Every template by its file and title."""
    return {
        f"{path.stem}: {title}": node(body) for path in sorted(FOLDER.glob("*.yaml")) for title, body in _split(path)
    }


def node(body: str) -> MapNode:
    """The nodes of a SAM template that is written without its transform."""
    root = read((TRANSFORM + body).encode(), "template.yaml").root
    assert isinstance(root, MapNode)
    return root


def _split(path: Path) -> list[tuple[str, str]]:
    _, *parts = TITLE.split(path.read_text(encoding="utf-8"))
    return list(zip(parts[::2], parts[1::2], strict=True))
