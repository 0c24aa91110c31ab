"""Bills: the same package gives the same bytes; what could not be known is said, never left out."""

import doctest
import json

import pytest
from archives import Member, put, zip_of
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from programs import distribution, go_program, npm

from lambdaward import packages
from lambdaward.model import LocalCode, Unknown
from lambdaward.packages import Form, inspect, inspect_code, sbom


def bill_of(tmp_path, files, name="package.zip"):
    return inspect(put(tmp_path, zip_of(*(Member(path, data) for path, data in files.items())), name))


FILES = {
    **npm("@s/a", "1.0.0"),
    **distribution("x", "1.0", {"x.py": b"1"}),
    "bin/go": go_program("mod\te.com/m\t(devel)\n"),
}


def test_the_example_of_the_door_runs():
    result = doctest.testmod(packages)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("files", [{}, FILES])
@pytest.mark.parametrize("created", ["", "2026-11-24T12:00:00Z"])
def test_cyclonedx_is_valid_by_the_official_library(tmp_path, files, created):
    document = sbom(bill_of(tmp_path, files), Form.CYCLONEDX, created)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(document.decode()) is None


def test_a_bill_with_hostile_names_is_valid_too(tmp_path):
    files = npm("a", "1.0.0", 'x"</script>\u202e/\u0007/')
    document = sbom(bill_of(tmp_path, files))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(document.decode()) is None


def test_spdx_has_what_its_specification_asks_for(tmp_path):
    document = json.loads(sbom(bill_of(tmp_path, FILES), Form.SPDX, "2026-11-24T12:00:00Z"))
    assert document["spdxVersion"] == "SPDX-2.3"
    ids = {package["SPDXID"] for package in document["packages"]}
    assert len(ids) == len(document["packages"]) == 5
    assert {relation["relatedSpdxElement"] for relation in document["relationships"]} == ids
    locators = {ref["referenceLocator"] for package in document["packages"] for ref in package.get("externalRefs", ())}
    assert "pkg:npm/%40s/a@1.0.0" in locators
    assert document["creationInfo"]["created"] == "2026-11-24T12:00:00Z"


@pytest.mark.parametrize("form", Form)
def test_the_same_package_gives_the_same_bytes_in_whatever_order_it_was_packed(tmp_path, form):
    one = sbom(bill_of(tmp_path, FILES), form)
    assert sbom(bill_of(tmp_path, dict(reversed(FILES.items()))), form) == one


def test_another_package_is_another_document(tmp_path):
    serials = {json.loads(sbom(bill_of(tmp_path, files)))["serialNumber"] for files in ({}, FILES, npm("a", "1.0.0"))}
    assert len(serials) == 3


def test_code_that_is_not_there_has_unknown_components(tmp_path):
    bill = inspect_code(LocalCode("folder", "build/orders", root=str(tmp_path)), "orders")
    assert not bill.components
    assert "is not there" in bill.unknowns[0].reason
    assert "sam build" in bill.unknowns[0].settle


def test_code_that_nobody_linked_stays_unknown(tmp_path):
    unknown = Unknown("the code is in a bucket", "download it")
    assert inspect_code(unknown, "orders").unknowns == (unknown,)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements.txt", "# pinned\nrequests==2.0\n"),
        ("package.json", '{"name": "x", "dependencies": {"axios": "^1"}}'),
        ("pyproject.toml", '[project]\ndependencies = ["boto3"]\n'),
        ("pom.xml", "<project><dependencies><dependency></dependency></dependencies></project>"),
        ("go.mod", "module m\n\nrequire (\n\tgithub.com/aws/aws-lambda-go v1.47.0\n)\n"),
        ("Gemfile", 'source "x"\ngem "rack"\n'),
        ("Cargo.toml", '[package]\nname="x"\n[dependencies]\ntokio = "1"\n'),
        ("App.csproj", '<ItemGroup><PackageReference Include="X" Version="1"/></ItemGroup>'),
    ],
)
def test_source_whose_dependencies_are_not_installed_has_unknown_components(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    (unknown,) = inspect_code(LocalCode("folder", ".", root=str(tmp_path)), "orders").unknowns
    assert unknown.reason.startswith(name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements.txt", "# nothing yet\n\n"),
        ("package.json", '{"devDependencies": {"jest": "^29"}}'),
        ("package.json", "{damaged"),
        ("pom.xml", "<project/>"),
    ],
)
def test_source_that_needs_nothing_is_known(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    assert not inspect_code(LocalCode("folder", ".", root=str(tmp_path)), "orders").unknowns


def test_source_with_its_dependencies_beside_it_is_known(tmp_path):
    (tmp_path / "package.json").write_text('{"dependencies": {"a": "1"}}')
    for path, data in npm("a", "1.0.0").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    bill = inspect_code(LocalCode("folder", ".", root=str(tmp_path)), "orders")
    assert [component.purl for component in bill.components] == ["pkg:npm/a@1.0.0"]
    assert not bill.unknowns


@pytest.mark.parametrize(("runtime", "name"), [("python3.13", "index.py"), ("nodejs22.x", "index.js")])
def test_code_in_a_template_is_known_and_has_no_components(tmp_path, runtime, name):
    bill = inspect_code(LocalCode("inline", inline="x = 1", root=str(tmp_path)), "orders", runtime=runtime)
    assert (bill.components, bill.unknowns) == ((), ())


def test_what_cannot_be_read_makes_a_bill_incomplete(tmp_path):
    bill = inspect(put(tmp_path, zip_of(Member("a", flags=1), *(Member(n, d) for n, d in npm("b", "1.0.0").items()))))
    assert [component.purl for component in bill.components] == ["pkg:npm/b@1.0.0"]
    assert "encrypted" in bill.unknowns[0].reason
    document = json.loads(sbom(bill))
    assert document["compositions"][0]["aggregate"] == "incomplete"
    assert "encrypted" in document["metadata"]["properties"][0]["value"]
    assert "encrypted" in json.loads(sbom(bill, Form.SPDX))["comment"]


def test_a_file_that_is_no_package_is_an_unknown_of_its_function(tmp_path):
    (tmp_path / "code.zip").write_text("not a zip")
    (unknown, *_) = inspect_code(LocalCode("zip", "code.zip", root=str(tmp_path)), "orders").unknowns
    assert "no end record" in unknown.reason or "no archive" in unknown.reason


def test_more_components_than_any_package_has_are_not_all_listed_and_it_is_said(tmp_path):
    files = {f"node_modules/p{n}/package.json": b'{"name": "p%d", "version": "1.0.0"}' % n for n in range(21_000)}
    bill = bill_of(tmp_path, files)
    assert 20_000 <= len(bill.components) < 20_200
    assert [unknown.reason for unknown in bill.unknowns] == ["there are more components than are told of one package"]
