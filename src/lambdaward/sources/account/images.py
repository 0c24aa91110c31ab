"""Images in a registry of an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lambdaward.sources.account.found import Found, resource, text_at, value_of

IMAGE = "Account::Image"


def stored_image(answer: Mapping[str, Any]) -> Found:
    """One image as `ecr describe-images` lists it. Raises `Fault` for what is none."""
    registry, repository, digest = (text_at(answer, key) for key in ("registryId", "repositoryName", "imageDigest"))
    properties = {
        "Registry": registry,
        "Repository": repository,
        "Digest": digest,
        "Tags": value_of(answer.get("imageTags")),
    }
    return resource(f"arn:aws:ecr::{registry}:image/{repository}@{digest}", IMAGE, properties)
