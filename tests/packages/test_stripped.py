"""Python packages without metadata: their names by what their modules are called, their versions by what their code declares."""

import pytest
from archives import Member, zip_of

from lambdaward.packages import Ecosystem, inspect
from lambdaward.packages.components.stripped import imports, modules

PLACE = "python/lib/python3.12/site-packages"


@pytest.fixture
def told(tmp_path):
    def tell(files, place=PLACE):
        members = [Member(f"{place}/{name}", text.encode()) for name, text in files.items()]
        path = tmp_path / "layer.zip"
        path.write_bytes(zip_of(*members))
        return {(c.name, c.version) for c in inspect(path).components if c.ecosystem is Ecosystem.PYPI}

    return tell


def test_a_module_named_otherwise_is_the_distribution_that_brings_it(told):
    assert told({"pandas_gbq/__init__.py": "", "pandas_gbq/version.py": "__version__ = '0.29.0'\n"}) == {
        ("pandas-gbq", "0.29.0")
    }
    assert told({"discord_webhook/__init__.py": '__version__ = "1.4.1"\n'}) == {("discord-webhook", "1.4.1")}
    assert told({"ruamel_yaml_clib.py": ""}, place="src") == set()


def test_a_module_that_several_distributions_bring_has_no_name(told):
    unclear = next(module for module, name in imports().items() if not name and module not in modules())
    assert told({f"{unclear}/__init__.py": '__version__ = "1.0.0"\n'}) == set()


@pytest.mark.parametrize(
    ("file", "text", "version"),
    [
        ("core/core.py", "version_tuple = (1, 20, 0)  # Major, Minor, Patch\n", "1.20.0"),
        ("core/core.py", '__version__ = "1.20.0"\n', "1.20.0"),
        ("core/core.py", '    __version__ = "1.20.0"\n', ""),
        ("core/core.py", 'version = "1.20.0"\n', ""),
        ("core/core.py", '__version__ = metadata.version("tinytuya")\n', ""),
        ("core/core.py", '__version__ = "0.0.0"\n', ""),
        ("core/core.py", 'VERSION = "0"\n', ""),
        ("_vendor/six.py", '__version__ = "1.16.0"\n', ""),
        ("tests/data.py", '__version__ = "1.16.0"\n', ""),
        ("a/b/c/d.py", '__version__ = "1.16.0"\n', ""),
    ],
)
def test_the_version_is_what_a_file_of_the_module_declares_as_its_own(told, file, text, version):
    assert told({"tinytuya/__init__.py": "", f"tinytuya/{file}": text}) == {("tinytuya", version)}


@pytest.mark.parametrize("text", ["0.0.0", "0.0.0+unknown", "0", "0.0.0.dev0"])
def test_what_stands_for_a_version_until_a_build_writes_one_is_none(told, text):
    assert told({"tinytuya/_version.py": f'__version__ = "{text}"\n'}) == {("tinytuya", "")}


def test_files_that_declare_different_versions_declare_none(told):
    files = {"a/one.py": '__version__ = "1.0"\n', "a/two.py": '__version__ = "2.0"\n'}
    assert told({"tinytuya/__init__.py": "", **{f"tinytuya/{k}": v for k, v in files.items()}}) == {("tinytuya", "")}


def test_a_telling_file_goes_before_what_others_declare(told):
    files = {"_version.py": '__version__ = "3.0"\n', "a/one.py": '__version__ = "1.0"\n'}
    assert told({f"tinytuya/{name}": text for name, text in files.items()}) == {("tinytuya", "3.0")}


def test_modules_that_jsii_made_state_the_version_of_their_assembly(told):
    load = '__jsii_assembly__ = jsii.JSIIAssembly.load(\n    "@aws-cdk/custom-resources",\n    "1.204.0",\n    __name__[0:-6])\n'
    files = {"aws_cdk/custom_resources/__init__.py": "", "aws_cdk/custom_resources/_jsii/__init__.py": load}
    assert told(files) == {("aws-cdk-custom-resources", "1.204.0")}


def test_members_of_a_family_are_named_after_their_folder(told):
    files = {"airflow/providers/pagerduty/__init__.py": '__version__ = "5.3.1"\n'}
    assert told(files) == {("apache-airflow-providers-pagerduty", "5.3.1")}


@pytest.mark.parametrize("module", ["tools", "tests", "shared"])
def test_what_people_call_modules_of_their_own_is_no_package_whatever_has_that_name(told, module):
    assert told({f"{module}/__init__.py": '__version__ = "1.0.0"\n'}) == set()


def test_a_folder_that_distributions_lie_in_is_no_module(told):
    info = {
        "six-1.17.0.dist-info/RECORD": "six.py,,\n",
        "six-1.17.0.dist-info/METADATA": "Name: six\nVersion: 1.17.0\n",
    }
    files = {**info, "six.py": '__version__ = "1.17.0"\n', "version.py": '__version__ = "2.0.0"\n'}
    assert told(files, place="python/awscli") == {("six", "1.17.0")}


def test_a_file_of_another_module_inside_of_one_does_not_state_its_version(told):
    assert told({"tinytuya/__init__.py": "", "tinytuya/other.py": 'version = "3.0"\n'}) == {("tinytuya", "")}


def test_a_folder_that_others_have_a_part_of_is_no_package(told):
    assert told({"langgraph/cache/other/__init__.py": "x = 1\n"}) == set()


@pytest.mark.parametrize("metadata_first", [True, False])
def test_what_metadata_account_for_is_not_told_twice_wherever_they_stand(told, metadata_first):
    code = {"tinytuya/__init__.py": '__version__ = "9.9.9"\n'}
    info = "tinytuya-1.0.0.dist-info"
    data = {f"{info}/RECORD": "tinytuya/__init__.py,,\n", f"{info}/METADATA": "Name: tinytuya\nVersion: 1.0.0\n"}
    assert told({**data, **code} if metadata_first else {**code, **data}) == {("tinytuya", "1.0.0")}
