"""Where a function's or layer's code lies: inline, in S3, in a registry, or in a local folder, whose path stays visible."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from lambdaward.sources.cloudformation.node import Node, ScalarNode
from lambdaward.sources.cloudformation.sam.building import Draft, build
from lambdaward.sources.cloudformation.sam.reading import entries, is_null, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Stack

LAMBDA_KEYS = {"Bucket": "S3Bucket", "Key": "S3Key", "Version": "S3ObjectVersion", "StorageMode": "S3ObjectStorageMode"}
PLAIN_KEYS = {"Bucket": "Bucket", "Key": "Key", "Version": "Version"}
HERE = "."


def function_code(stack: Stack, function: Resource) -> Draft:
    """The `Code` of a function. Without any location the code is in the template's folder, as SAM's tools take it; an image
    that is yet to be built has none."""
    if text(stack.known(function.get("PackageType"))) == "Image":
        return {"ImageUri": function.properties.entries["ImageUri"]} if function.get("ImageUri") else None
    if not is_null(function.get("InlineCode")):
        code: Draft = {"ZipFile": function.properties.entries["InlineCode"]}
    elif is_null(function.get("CodeUri")):
        code = HERE
    else:
        code = location(stack, function.get("CodeUri"), LAMBDA_KEYS)
    return _encrypted(stack, function, code)


def _encrypted(stack: Stack, function: Resource, code: Draft) -> Draft:
    key = function.get("SourceKMSKeyArn")
    if key is None:
        return code
    if isinstance(code, dict):
        return {**code, "SourceKMSKeyArn": key}
    stack.problem(key.span, f"the key for the local code of {function.id} is not taken over", "package the application")
    return code


def location(stack: Stack, uri: Node | None, keys: dict[str, str]) -> Draft:
    """A location in S3 under the keys that a resource type uses; a local path, or what is not known, as it is."""
    uri = stack.known(uri)
    if not isinstance(uri, ScalarNode):
        held = entries(uri)
        return {name: held[key] for key, name in keys.items() if key in held} if "Key" in held else uri
    parts = s3_parts(uri.text)
    return {keys[key]: build(value, uri.span) for key, value in parts.items()} or uri


def s3_parts(uri: str) -> dict[str, str]:
    """The bucket, key and version of an `s3://` URI; empty when it is none."""
    try:
        parsed = urlsplit(uri)
    except ValueError:
        return {}
    if parsed.scheme != "s3" or not parsed.netloc or not parsed.path:
        return {}
    version = parse_qs(parsed.query).get("versionId", [])
    found = {"Bucket": parsed.netloc, "Key": parsed.path.lstrip("/")}
    return {**found, "Version": version[0]} if len(version) == 1 else found
