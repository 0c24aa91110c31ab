"""What a Dockerfile builds upon."""

import pytest

from lambdaward.model import Unknown
from lambdaward.packages.dockerfile import base_image, base_runtime


@pytest.mark.parametrize(
    ("text", "image"),
    [
        ("FROM alpine:3", "alpine:3"),
        ("# FROM old\nfrom --platform=linux/arm64 alpine:3 as x\n", "alpine:3"),
        ("FROM a AS one\nFROM b AS two\nFROM one\n", "a"),
        ("ARG V=3\nFROM alpine:$V", "alpine:3"),
        ('ARG V="3"\nFROM alpine:${V}', "alpine:3"),
        ("FROM a AS a\nFROM a", "a"),
    ],
)
def test_the_last_stage_decides(text, image):
    assert base_image(text) == image


@pytest.mark.parametrize("text", ["", "RUN x", "ARG V\nFROM alpine:$V", "FROM a b c"])
def test_what_is_not_written_is_not_known(text):
    assert isinstance(base_image(text), Unknown)


@pytest.mark.parametrize(
    ("image", "runtime"),
    [
        ("public.ecr.aws/lambda/python:3.12", "python3.12"),
        ("public.ecr.aws/lambda/python:3.8.2024.01.05.14-x86_64", "python3.8"),
        ("amazon/aws-lambda-nodejs:18", "nodejs18.x"),
        ("public.ecr.aws/lambda/nodejs:18.2024.01", "nodejs18.x"),
        ("public.ecr.aws/lambda/java:8.al2", "java8.al2"),
        ("public.ecr.aws/lambda/provided:al2", "provided.al2"),
        ("public.ecr.aws/lambda/python:latest", ""),
        ("python:3.8", ""),
        ("registry.example/public.ecr.aws/lambda/python:3.8", ""),
    ],
)
def test_images_of_aws_are_told_by_name_and_tag(image, runtime):
    assert base_runtime(image) == runtime
