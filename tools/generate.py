"""Writes every generated file of the repository, or says which have drifted: python tools/generate.py [--check]."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def rules() -> Iterator[tuple[str, str]]:
    """A page for each rule, and their index; and which modules hold advice only."""
    from lambdaward.rules import index, load, page  # noqa: PLC0415 - each part loads what it needs
    from lambdaward.rules.runner import advice_modules  # noqa: PLC0415 - as above

    note = "# Rules\n\nGenerated from the rules' own documentation by `make generate`.\n\n"
    yield "docs/rules/index.md", note + index()
    for identity in load():
        yield f"docs/rules/{identity}.md", page(identity)
    yield "src/lambdaward/rules/advice.txt", "".join(f"{module}\n" for module in advice_modules())


def posture() -> Iterator[tuple[str, str]]:
    """The table of what other scanners check, mapped to the rules."""
    from posture import page  # noqa: PLC0415 - each part loads what it needs

    from lambdaward.rules import load  # noqa: PLC0415
    from lambdaward.rules.pages import STANDARD_NAMES  # noqa: PLC0415

    yield "docs/posture.md", page({identity: rule for identity, (rule, _) in load().items()}, STANDARD_NAMES)


def schemas() -> Iterator[tuple[str, str]]:
    """The JSON Schemas of what others read and write."""
    from lambdaward import config  # noqa: PLC0415 - as above
    from lambdaward.reports.json import dumps, schema  # noqa: PLC0415 - as above

    yield "schemas/report-1.schema.json", dumps(schema())
    yield "schemas/config.schema.json", dumps(config.schema())


def usage() -> Iterator[tuple[str, str]]:
    """The pages on the command line, the configuration, and how severity is set."""
    import severity  # noqa: PLC0415 - as above
    import usage  # noqa: PLC0415 - as above

    from lambdaward import config  # noqa: PLC0415 - as above
    from lambdaward.cli.app import SUMMARIES, imported  # noqa: PLC0415 - as above
    from lambdaward.rules import load  # noqa: PLC0415 - as above

    yield "docs/cli.md", usage.command_line({name: imported(name) for name in SUMMARIES})
    yield (
        "docs/configuration.md",
        usage.configuration(config.schema(), {name: rule for name, (rule, _) in load().items()}),
    )
    yield "docs/severity.md", severity.page(load())


PARTS = (rules, posture, schemas, usage)


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file with the text that it should have."""
    for part in PARTS:
        for name, text in part():
            yield ROOT / name, text


def stale() -> Iterator[Path]:
    """Pages of rules that are no more."""
    kept = {path for path, _ in generated()}
    return (path for path in (ROOT / "docs" / "rules").glob("*.md") if path not in kept)


def main(arguments: list[str]) -> int:
    """Write what differs; with `--check` only name it, and exit 1 when anything does."""
    drifted = [(path, text) for path, text in generated() if not path.exists() or path.read_text("utf-8") != text]
    leftover = list(stale())
    for path in (*(path for path, _ in drifted), *leftover):
        print(path.relative_to(ROOT))
    if "--check" in arguments:
        return int(bool(drifted or leftover))
    for path, text in drifted:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for path in leftover:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
