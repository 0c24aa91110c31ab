"""Writes the SAM facts (policy templates, managed policies, connector profiles) from the installed aws-sam-translator."""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "src/lambdaward/sources/cloudformation/sam/data"
ARN = "arn:aws:iam::aws:policy/"


def published(path: str) -> Any:  # noqa: ANN401 - JSON
    """A JSON file of the translator."""
    return json.loads(files("samtranslator").joinpath(path).read_text("utf-8"))


def policy_templates() -> dict[str, Any]:
    """Each template's parameters and statements; a text's `${Parameter}` stands for the value that a user gives."""
    templates = published("policy_templates_data/policy_templates.json")["Templates"]
    return {
        name: {"parameters": sorted(entry["Parameters"]), "statements": _texts(entry["Definition"]["Statement"])}
        for name, entry in templates.items()
    }


def _texts(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return [_texts(item) for item in value]
    if not isinstance(value, dict):
        return value
    if list(value) != ["Fn::Sub"]:
        return {key: _texts(item) for key, item in value.items()}
    text, variables = value["Fn::Sub"] if isinstance(value["Fn::Sub"], list) else (value["Fn::Sub"], {})
    return re.sub(r"\$\{(\w+)\}", lambda match: "${" + variables[match[1]]["Ref"] + "}", text)


def managed_policies() -> dict[str, list[str]]:
    """The names of AWS's managed policies by their path."""
    found: dict[str, list[str]] = {}
    for name, arn in published("internal/data/aws_managed_policies.json")["aws"].items():
        found.setdefault(arn.removeprefix(ARN).removesuffix(name), []).append(name)
    return {path: sorted(names) for path, names in sorted(found.items())}


def connectors() -> dict[str, Any]:
    """Profiles of connectors by source and destination, and what a resource's type says of its role, ARN and names."""
    facts = published("model/connector_profiles/profiles.json")
    return {"profiles": facts["Permissions"], "resources": facts["CfnResourceProperties"]}


def main(date: str) -> None:
    """Write the data files, marked with the translator's version and the date given."""
    source = f"aws-sam-translator {version('aws-sam-translator')}"
    for part in (policy_templates, managed_policies, connectors):
        head = {"source": source, "licence": "Apache-2.0", "date": date}
        lines = ",\n".join(
            f"{json.dumps(key)}: {json.dumps(value)}" for key, value in (head | {"facts": part()}).items()
        )
        (DATA / f"{part.__name__}.json").write_text("{\n" + lines + "\n}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
