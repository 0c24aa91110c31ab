"""`lambdaward image`, and scans of functions whose image lies in the project."""

import gzip
import json
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "rules"))

from recipes import image_of

SETTINGS = {"User": "app", "Cmd": ["app.handler"], "Env": ["NODE_VERSION=16.20.2", "A=b"]}
RECIPE = {"config": SETTINGS, "history": ["2024-11-01T00:00:00Z"], "layers": [{"opt/helper": "4755"}], "tags": ["fn:7"]}
TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Pictures:
    Type: AWS::Serverless::Function
    Properties: {PackageType: Image, ImageUri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/pictures:7"}
"""


@pytest.fixture
def image(folder):
    (folder / "image.tar").write_bytes(image_of(RECIPE))
    return folder


def test_an_image_is_told_fact_by_fact(run, image):
    ran = run("image", "image.tar", "--today", "2026-11-24")
    assert ran.code == 1
    for line in (
        "image.tar fn:7",
        "lowest layer 2024-11-01, 753 days ago",
        "runtime      nodejs16.x (the variable NODE_VERSION): not supported since 2024-06-12",
        "starts       app.handler",
        "user         app: Lambda does not heed it",
        "variables    NODE_VERSION, A",
        "setuid       /opt/helper",
        "signatures   none here",
    ):
        assert line in ran.out


def test_an_image_may_be_compressed_whatever_stands_first_in_it(run, folder):
    (folder / "image.tar.gz").write_bytes(gzip.compress(image_of(RECIPE)))
    assert "setuid       /opt/helper" in run("image", "image.tar.gz").out


def test_a_runtime_that_is_supported_on_the_day_is_no_failure(run, image):
    assert run("image", "image.tar", "--today", "2024-01-01").code == 0


def test_programs_get_the_same_facts(run, image):
    (told,) = json.loads(run("image", "image.tar", "--format", "json", "--today", "2026-11-24").out)["images"]
    assert (told["names"], told["user"], told["base"]["lowestLayer"]) == (["fn:7"], "app", "2024-11-01")
    assert told["runtimes"] == [
        {"runtime": "nodejs16.x", "shownBy": "the variable NODE_VERSION", "endedOn": "2024-06-12"}
    ]


def test_what_is_no_image_is_one_clear_error(run, write):
    write(x="nothing")
    ran = run("image", "x")
    assert (ran.code, ran.out) == (4, "")
    assert "it is no image" in ran.err


@pytest.mark.parametrize("place", [".aws-sam/build/Pictures.tar", "images/pictures.tar"])
def test_a_scan_finds_the_image_of_a_function_and_what_is_in_it(run, write, folder, place):
    named = (
        TEMPLATE
        if "aws-sam" in place
        else TEMPLATE.replace("123456789012.dkr.ecr.eu-west-1.amazonaws.com/pictures:7", place)
    )
    write(**{"template.yaml": named})
    (folder / place).parent.mkdir(parents=True)
    config = {**SETTINGS, "Env": [*SETTINGS["Env"], f"DB_PASSWORD=tulip{len(place)}kettle9Q"]}
    (folder / place).write_bytes(image_of({**RECIPE, "config": config}))
    found = json.loads(run("scan", "--format", "json", "--today", "2026-11-24").out)["findings"]
    assert {"LWP066", "LWP067"} <= {finding["id"] for finding in found}
    assert any(finding["id"].startswith("LWS") for finding in found)
    assert "kettle9Q" not in json.dumps(found)
