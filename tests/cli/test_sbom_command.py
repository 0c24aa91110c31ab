"""`lambdaward sbom`."""

import json
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

sys.path.insert(0, str(Path(__file__).parents[1] / "packages"))
from archives import Member, put, zip_of
from images import as_tar, layer, oci
from programs import distribution, npm

TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: orders.zip, Handler: a.b, Runtime: nodejs22.x, Layers: [!Ref First, !Ref Second]}
  Billing:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: billing.zip, Handler: a.b, Runtime: python3.13, Layers: [LAYERS]}
  First:
    Type: AWS::Serverless::LayerVersion
    Properties: {ContentUri: first.zip}
  Second:
    Type: AWS::Serverless::LayerVersion
    Properties: {ContentUri: second.zip}
"""


def zipped(files):
    return zip_of(*(Member(name, data) for name, data in files.items()))


@pytest.fixture
def project(write, folder):
    write(**{"template.yaml": TEMPLATE.replace("LAYERS", "")})
    put(folder, zipped(npm("a", "1.0.0")), "orders.zip")
    put(folder, zipped(distribution("x", "2.0", {"x.py": b"1"})), "billing.zip")
    put(folder, zipped({**npm("b", "1.0.0", "nodejs/"), **npm("c", "1.0.0", "nodejs/")}), "first.zip")
    put(folder, zipped(npm("b", "2.0.0", "nodejs/")), "second.zip")
    return folder


def purls(ran):
    return {each["purl"] for each in json.loads(ran.out)["components"] if "purl" in each}


def valid(text):
    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


@pytest.mark.parametrize("form", ["cyclonedx", "spdx"])
def test_the_same_package_gives_the_same_bytes(run, project, form):
    first = run("sbom", "orders.zip", "--format", form)
    assert first.code == 0
    assert first.out == run("sbom", str(project / "orders.zip"), "--format", form).out


def test_a_package_is_listed_as_valid_cyclonedx(run, project):
    ran = run("sbom", "orders.zip")
    assert purls(ran) == {"pkg:npm/a@1.0.0"}
    assert valid(ran.out)


def test_a_function_has_the_files_of_its_last_layer_where_several_have_one_of_a_path(run, project):
    ran = run("sbom", "Orders")
    assert purls(ran) == {"pkg:npm/a@1.0.0", "pkg:npm/b@2.0.0", "pkg:npm/c@1.0.0"}
    places = {
        place["location"] for each in json.loads(ran.out)["components"] for place in each["evidence"]["occurrences"]
    }
    assert "/var/task/node_modules/a/package.json" in places
    assert "/opt/nodejs/node_modules/b/package.json" in places


def test_all_functions_of_a_template_are_parts_of_one_document(run, project):
    ran = run("sbom", "template.yaml")
    assert valid(ran.out)
    document = json.loads(ran.out)
    edges = {each["ref"]: each["dependsOn"] for each in document["dependencies"]}
    assert edges["subject"] == ["function:Billing", "function:Orders"]
    assert edges["function:Billing"] == ["pkg:pypi/x@2.0"]
    assert "pkg:pypi/x@2.0" not in edges["function:Orders"]


def test_all_functions_of_a_template_are_packages_of_one_spdx_document(run, project):
    document = json.loads(run("sbom", ".", "--format", "spdx").out)
    names = {package["SPDXID"]: package["name"] for package in document["packages"]}
    contains = {
        (names[r["spdxElementId"]], names[r["relatedSpdxElement"]])
        for r in document["relationships"]
        if r["relationshipType"] == "CONTAINS"
    }
    assert {("Billing", "x"), ("Orders", "a")} <= contains
    assert ("Orders", "x") not in contains


def test_a_layer_that_is_not_here_makes_the_bill_incomplete(run, project, write):
    arn = "arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:14"
    write(**{"template.yaml": TEMPLATE.replace("LAYERS", arn)})
    ran = run("sbom", "Billing")
    assert ran.code == 0
    assert arn in ran.err
    assert "get-layer-version" in ran.err
    assert json.loads(ran.out)["compositions"][0]["aggregate"] == "incomplete"
    assert run("sbom", "Billing", "--strict").code == 4


def test_a_component_whose_version_one_function_knows_stays_of_unknown_version_in_another(run, project, write):
    put(project, zipped({"dist/index.js": b"// node_modules/x/index.js\n"}), "orders.zip")
    put(project, zipped(npm("x", "1.0.0")), "billing.zip")
    for form in ("cyclonedx", "spdx"):
        ran = run("sbom", ".", "--format", form)
        assert '"pkg:npm/x"' in ran.out
        assert '"pkg:npm/x@1.0.0"' in ran.out


def test_a_folder_without_a_template_is_a_package(run, folder):
    for name, data in npm("a", "1.0.0").items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    assert purls(run("sbom", ".")) == {"pkg:npm/a@1.0.0"}


def test_an_image_is_listed_from_its_tar(run, folder):
    put(folder, as_tar(oci([layer(*npm("a", "1.0.0", "var/task/").items())])), "image.tar")
    assert purls(run("sbom", "image.tar")) == {"pkg:npm/a@1.0.0"}


def test_an_image_that_is_not_built_has_an_unknown_base(run, write, folder):
    write(
        **{
            "Dockerfile": "FROM public.ecr.aws/lambda/python:3.13\n",
            "template.yaml": """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Orders:
                Type: AWS::Serverless::Function
                Metadata: {DockerContext: ., Dockerfile: Dockerfile}
                Properties: {PackageType: Image}
            """,
        }
    )
    ran = run("sbom", "Orders")
    assert "base" in ran.err
    assert json.loads(ran.out)["compositions"][0]["aggregate"] == "incomplete"


def test_the_build_of_a_function_is_listed_rather_than_its_source(run, write, folder):
    write(
        **{
            "template.yaml": TEMPLATE.replace("orders.zip", "src").replace(", Layers: [!Ref First, !Ref Second]", ""),
            "src/package.json": '{"dependencies": {"a": "1"}}',
            ".aws-sam/build/Orders/node_modules/a/package.json": '{"name": "a", "version": "1.0.0"}',
        }
    )
    ran = run("sbom", "Orders")
    assert (ran.code, purls(ran), ran.err) == (0, {"pkg:npm/a@1.0.0"}, "")


def test_a_file_takes_the_document_and_stdout_stays_empty(run, project):
    ran = run("sbom", "orders.zip", "--output", "bom.json")
    assert (ran.code, ran.out) == (0, "")
    assert valid((project / "bom.json").read_text())


def test_a_name_that_is_nobodys_is_an_error(run, project):
    ran = run("sbom", "Nobody")
    assert ran.code == 2
    assert "`Nobody`" in ran.err


def test_what_cannot_be_read_is_named_and_exits_with_4(run, project):
    (project / "bad.yaml").write_text(TEMPLATE + "  - [")
    ran = run("sbom", "bad.yaml")
    assert (ran.code, ran.out) == (4, "")
    assert "bad.yaml" in ran.err


def test_a_template_without_functions_has_nothing_to_list(run, write):
    write(**{"template.yaml": "Resources: {B: {Type: AWS::S3::Bucket}}"})
    ran = run("sbom", "template.yaml")
    assert (ran.code, ran.out) == (3, "")


def test_what_components_can_do_is_told_when_it_is_asked_for(run, folder):
    files = {**distribution("tulip", "1.0", {"tulip.py": b"import os\nos.system('ls')\n"}), "app.py": b"eval(x)"}
    package = put(folder, zipped(files), "orders.zip")
    plain = json.loads(run("sbom", str(package)).out)
    ran = run("sbom", str(package), "--capabilities")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(ran.out) is None
    told = json.loads(ran.out)
    [component] = told["components"]
    pairs = [(each["name"], each["value"]) for each in component["properties"]]
    assert pairs == [("lambdaward:capability", "exec"), ("lambdaward:capability:exec", "tulip.py:2: os.system")]
    assert told["metadata"]["properties"][0] == {"name": "lambdaward:capability", "value": "dynamic-code"}
    assert "properties" not in plain["components"][0]
    assert plain["serialNumber"] != told["serialNumber"]


def test_spdx_tells_capabilities_as_annotations(run, project):
    (project / "billing.zip").write_bytes(zipped({"app.py": b"import socket\nsocket.socket()\n"}))
    (project / "orders.zip").write_bytes(zipped({**npm("left-pad", "1.3.0"), "node_modules/left-pad/x.sh": b"ls"}))
    told = json.loads(run("sbom", "template.yaml", "--format", "spdx", "--capabilities").out)
    found = {
        each["name"]: [a["comment"] for a in each["annotations"]] for each in told["packages"] if "annotations" in each
    }
    assert found["Billing"] == ["lambdaward:capability network: /var/task/app.py:2: socket.socket"]
    assert found["left-pad"] == ["lambdaward:capability exec: /var/task/node_modules/left-pad/x.sh: words"]
