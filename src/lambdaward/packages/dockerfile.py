"""What a Dockerfile builds upon."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lambdaward.model import Unknown

_FROM = re.compile(r"(?i)^\s*FROM\s+(?:--\S+\s+)*(?P<image>\S+)(?:\s+AS\s+(?P<name>\S+))?\s*$", re.MULTILINE)
_ARG = re.compile(r"(?i)^\s*ARG\s+(\w+)=[\"']?([^\"'\s]*)[\"']?\s*$", re.MULTILINE)
_USE = re.compile(r"\$\{?(\w+)\}?(?::-[^}]*\})?")
_LAMBDA = re.compile(r"(?:public\.ecr\.aws/lambda/|amazon/aws-lambda-)(?P<family>[a-z]+):(?P<tag>[\w.-]+)(?:@\S+)?")
_NAMES: Mapping[str, str] = {
    "python": "python{}",
    "nodejs": "nodejs{}.x",
    "java": "java{}",
    "ruby": "ruby{}",
    "dotnet": "dotnet{}",
    "provided": "provided.{}",
    "go": "go{}.x",
}
_VERSION = re.compile(r"\d+(?:\.\d{1,2})?(?!\d)(?:\.al\d+)?|al\d+")
"""The version in front of a tag; a date may follow it."""


def base_image(dockerfile: str) -> str | Unknown:
    """The image that the last stage of a Dockerfile builds upon, stages upon stages followed."""
    stages = list(_FROM.finditer(dockerfile))
    if not stages:
        return Unknown("the Dockerfile has no FROM that can be read", "write FROM with an image")
    given = dict(_ARG.findall(dockerfile[: stages[0].start()]))
    named = {stage["name"].lower(): stage["image"] for stage in stages if stage["name"]}
    image = stages[-1]["image"]
    for _ in stages:
        image = named.get(image.lower(), image)
    filled = _USE.sub(lambda match: given.get(match[1], match[0]), image)
    if "$" in filled:
        return Unknown(f"the base image {filled} has an argument without a default", "give the argument a default")
    return filled


def base_runtime(image: str) -> str:
    """The runtime of one of AWS's base images for Lambda, as `Runtime` names it; empty for another image."""
    match = _LAMBDA.fullmatch(image)
    if match is None or match["family"] not in _NAMES:
        return ""
    version = _VERSION.match(match["tag"])
    return _NAMES[match["family"]].format(version[0]) if version else ""
