"""Cloud assemblies of the CDK: stacks and stages, references between them, assets, nested stacks, and what people call things."""

import json

import pytest

from lambdaward.model import Function, Layer, LocalCode, ResourceId, Unknown, show

DATA = {
    "Resources": {"Table": {"Type": "AWS::DynamoDB::Table"}},
    "Outputs": {"O": {"Value": {"Ref": "Table"}, "Export": {"Name": "Data:Table"}}},
}
IMAGE = "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/assets:tag1"
FUNCTIONS = {
    "Resources": {
        "Api": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Code": {"S3Bucket": {"Fn::Sub": "assets-${AWS::Region}"}, "S3Key": "key1.zip"},
                "Layers": [{"Ref": "Extra"}],
                "Environment": {"Variables": {"TABLE": {"Fn::ImportValue": "Data:Table"}}},
                "Description": {"Ref": "AWS::Region"},
            },
        },
        "Extra": {
            "Type": "AWS::Lambda::LayerVersion",
            "Properties": {"Content": {"S3Bucket": "b", "S3Key": "key2.zip"}},
        },
        "Image": {"Type": "AWS::Lambda::Function", "Properties": {"Code": {"ImageUri": {"Fn::Sub": IMAGE}}}},
        "Other": {"Type": "AWS::Lambda::Function", "Properties": {"Code": {"S3Bucket": "b", "S3Key": "elsewhere.zip"}}},
        "Nest": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "@"}},
    }
}
NESTED = {"Resources": {"Deep": {"Type": "AWS::Lambda::Function", "Properties": {"Code": {"ZipFile": "x = 1"}}}}}
URLS = [
    {"Fn::Sub": "https://s3.${AWS::Region}.${AWS::URLSuffix}/assets/key3.json"},
    {
        "Fn::Join": [
            "",
            ["https://s3.", {"Ref": "AWS::Region"}, "/", {"Fn::Sub": "assets-${AWS::Region}"}, "/key3.json"],
        ]
    },
]
ASSETS = {
    "files": {
        "1": {"source": {"path": "asset.1", "packaging": "zip"}, "destinations": {"d": {"objectKey": "key1.zip"}}},
        "2": {"source": {"path": "asset.2.zip"}, "destinations": {"d": {"objectKey": "key2.zip"}}},
        "3": {"source": {"path": "Nest.nested.template.json"}, "destinations": {"d": {"objectKey": "key3.json"}}},
    },
    "dockerImages": {"4": {"source": {"directory": "asset.4"}, "destinations": {"d": {"imageTag": "tag1"}}}},
}


def stack(name, region="unknown-region", account="unknown-account", **metadata):
    """A stack as a manifest lists it, with its asset manifest."""
    return {
        name: {
            "type": "aws:cloudformation:stack",
            "environment": f"aws://{account}/{region}",
            "properties": {"templateFile": f"{name}.template.json"},
            "metadata": {
                path: [{"type": "aws:cdk:logicalId", "data": identity}] for path, identity in metadata.items()
            },
        },
        f"{name}.assets": {"type": "cdk:asset-manifest", "properties": {"file": f"{name}.assets.json"}},
    }


def assembly(folder, url=URLS[0], region="unknown-region", account="unknown-account"):
    """The files of an assembly with two stacks."""
    functions = json.loads(json.dumps(FUNCTIONS).replace('"@"', json.dumps(url)))
    named = {"/Fns/Api/Resource": "Api", "/Fns/Extra/Resource": "Extra", "/Fns/Nest/Deep/Resource": "Deep"}
    files = {
        "manifest.json": {"artifacts": {**stack("Data", region, account), **stack("Fns", region, account, **named)}},
        "cdk.out": {"version": "55.0.0"},
        "Data.template.json": DATA,
        "Data.assets.json": {},
        "Fns.template.json": functions,
        "Fns.assets.json": ASSETS,
        "Nest.nested.template.json": NESTED,
    }
    code = {"asset.1/app.py": "x = 1\n", "asset.2.zip": "PK", "asset.4/Dockerfile": "FROM x\n"}
    return {
        f"{folder}/{name}": text if isinstance(text, str) else json.dumps(text)
        for name, text in {**files, **code}.items()
    }


def code(loaded, kind, name):
    linked = next(record.code for record in loaded.all(kind) if record.id.name == name)
    return (linked.kind, linked.path) if isinstance(linked, LocalCode) else linked


def test_functions_and_layers_are_linked_to_the_assets_that_are_uploaded(estate):
    loaded = estate(assembly("cdk.out"))
    assert code(loaded, Function, "Api") == ("build", "cdk.out/asset.1")
    assert code(loaded, Layer, "Extra") == ("zip", "cdk.out/asset.2.zip")
    assert code(loaded, Function, "Image") == ("context", "cdk.out/asset.4")
    assert isinstance(code(loaded, Function, "Other"), Unknown)


@pytest.mark.parametrize("url", URLS)
def test_a_nested_stack_is_read_however_its_url_is_written(estate, url):
    loaded = estate(assembly("cdk.out", url))
    assert ResourceId("cdk.out/Fns.template.json/Nest", "Deep") in loaded.resources
    assert loaded.coverage.problems == ()


def test_a_nested_stack_that_is_no_asset_is_said_to_be_unread(estate):
    (fault,) = estate(assembly("cdk.out", {"Fn::Sub": "https://elsewhere/x.json"})).coverage.problems
    assert (fault.message, fault.fatal) == (
        "the template of the nested stack `Nest` is not on this machine and is not read",
        False,
    )


def test_people_see_the_path_of_a_construct(estate):
    shown = {function.shown for function in estate(assembly("cdk.out")).all(Function)}
    assert shown == {"Fns/Api", "Image", "Other", "Fns/Nest/Deep"}


def test_a_reference_to_another_stack_is_the_resource_there(estate):
    loaded = estate(assembly("cdk.out"))
    (api,) = (function for function in loaded.all(Function) if function.id.name == "Api")
    (hole,) = api.environment["TABLE"].reveal().parts
    assert hole.resource == ResourceId("cdk.out/Data.template.json", "Table")


def test_a_region_that_the_app_fixes_is_known(estate):
    api = estate(assembly("cdk.out", region="eu-west-1")).all(Function)[0]
    assert api.description == "eu-west-1"
    assert show(estate(assembly("cdk.out")).all(Function)[0].description) == "${AWS::Region}"


def test_an_account_that_the_app_fixes_is_the_estates_own(estate):
    assert estate(assembly("cdk.out", account="111122223333")).accounts == {"111122223333"}
    assert estate(assembly("cdk.out")).accounts == frozenset()


def test_the_stages_of_an_app_are_read_too(estate):
    manifest = {"artifacts": {"Prod": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}}}}
    files = {
        **assembly("cdk.out/assembly-Prod"),
        "cdk.out/manifest.json": json.dumps(manifest),
        "cdk.out/cdk.out": "{}",
    }
    assert "cdk.out/assembly-Prod/Fns.template.json" in estate(files).coverage.files


def test_an_output_that_git_ignores_is_read_and_its_app_is_not_named_as_left(estate):
    loaded = estate({**assembly("cdk.out"), "cdk.json": "{}", ".gitignore": "cdk.out\n"})
    assert len(loaded.all(Function)) == 4
    assert dict(loaded.coverage.skipped) == {}


@pytest.mark.parametrize("path", ["../../secret", "/etc/hostname", "../outside"])
@pytest.mark.parametrize("field", ["templateFile", "file", "directoryName"])
def test_nothing_outside_of_an_assembly_is_read(estate, field, path):
    kind = {
        "templateFile": "aws:cloudformation:stack",
        "file": "cdk:asset-manifest",
        "directoryName": "cdk:cloud-assembly",
    }
    manifest = {"artifacts": {"X": {"type": kind[field], "properties": {field: path}}}}
    files = {"cdk.out/manifest.json": json.dumps(manifest), "cdk.out/cdk.out": "{}", "outside": json.dumps(DATA)}
    loaded = estate(files)
    assert loaded.coverage.files == ()
    assert ["outside" in fault.message for fault in loaded.coverage.problems] == [True]


@pytest.mark.parametrize("text", ["{", "[]", '{"artifacts": 1}', "\ud800", '{"artifacts":' + "[" * 5_000])
def test_a_manifest_that_is_none_is_one_error(estate, project, text):
    (project({"cdk.out/cdk.out": "{}"}) / "cdk.out" / "manifest.json").write_bytes(
        text.encode("utf-8", "surrogatepass")
    )
    (fault,) = estate({}).coverage.problems
    assert (fault.file, fault.fatal) == ("cdk.out/manifest.json", True)
