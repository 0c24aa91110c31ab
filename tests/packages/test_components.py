"""Components: what is installed is found, by evidence; what is only listed, tested with or left over is not."""

import json

import pytest
from archives import Member, put, zip_of
from programs import (
    distribution,
    elf,
    go_program,
    jar,
    npm,
    old_go_program,
    rust_program,
    shared_library,
)

from lambdaward.packages import Method, inspect


def zipped(files: dict[str, bytes]) -> bytes:
    return zip_of(*(Member(name, data) for name, data in files.items()))


@pytest.fixture
def found(tmp_path):
    def look(files):
        return {component.purl: component for component in inspect(put(tmp_path, zipped(files))).components}

    return look


@pytest.mark.parametrize("root", ["", "python/", "python/lib/python3.13/site-packages/"])
def test_an_installed_distribution_is_found_wherever_it_lies(found, root):
    result = found(distribution("Flask_Cors", "5.0.1", {"flask_cors/__init__.py": b"1"}, root))
    (component,) = result.values()
    assert component.purl == "pkg:pypi/flask-cors@5.0.1"
    assert component.method is Method.INSTALLED
    assert component.evidence[0].place == f"{root}Flask_Cors-5.0.1.dist-info/METADATA"


def test_metadata_of_which_no_file_is_left_are_no_component(found):
    files = distribution("gone", "1.0", {"gone/__init__.py": b"1"})
    del files["gone/__init__.py"]
    assert not found(files)


def test_a_distribution_that_only_depends_on_others_is_one(found):
    assert set(found(distribution("meta", "1.0", {}))) == {"pkg:pypi/meta@1.0"}


@pytest.mark.parametrize("place", ["old.egg-info/PKG-INFO", "old-1.0-py3.11.egg-info", "EGG-INFO/PKG-INFO"])
def test_older_metadata_are_read_too(found, place):
    assert set(found({place: b"Metadata-Version: 1.1\nName: old\nVersion: 1.0\n", "old.py": b"1"})) == {
        "pkg:pypi/old@1.0"
    }


@pytest.mark.parametrize("place", ["PKG-INFO", "docs/METADATA", "x.dist-info/licenses/METADATA", "METADATA"])
def test_other_files_of_such_names_are_no_metadata(found, place):
    assert not found({place: b"Metadata-Version: 1.1\nName: old\nVersion: 1.0\n"})


def test_installed_npm_packages_are_found_at_every_depth_with_their_scope(found):
    files = {**npm("a", "1.0.0"), **npm("b", "2.0.0", "node_modules/a/"), **npm("@s/c", "3.0.0-rc.1", "nodejs/")}
    assert set(found(files)) == {"pkg:npm/a@1.0.0", "pkg:npm/b@2.0.0", "pkg:npm/%40s/c@3.0.0-rc.1"}


@pytest.mark.parametrize(
    "files",
    [
        {"package-lock.json": json.dumps({"packages": {"node_modules/a": {"version": "1.0.0"}}}).encode()},
        {"yarn.lock": b'a@^1.0.0:\n  version "1.0.0"\n'},
        npm("fixture", "1.0.0", "node_modules/resolve/test/resolver/"),
        {"node_modules/a/esm/package.json": b'{"type": "module", "name": "x", "version": "1.0.0"}'},
        {"node_modules/a/package.json": b'{"name": "a"}'},
        {"node_modules/a/package.json": b"{damaged"},
        {"package.json": b'{"name": "mine", "version": "1.0.0"}'},
        {"requirements.txt": b"requests==2.0.0\n"},
    ],
)
def test_what_is_listed_or_tested_with_and_not_installed_is_no_component(found, files):
    assert not found(files)


def test_libraries_merged_into_one_jar_are_each_found(found):
    inner = zipped(jar({"gson": ("com.google.code.gson", "2.8.7"), "jts-core": ("org.locationtech.jts", "1.18.1")}))
    assert set(found({"lib/app.jar": inner})) == {
        "pkg:maven/com.google.code.gson/gson@2.8.7",
        "pkg:maven/org.locationtech.jts/jts-core@1.18.1",
    }


def test_a_jar_in_a_jar_is_opened(found):
    inner = zipped(jar({"gson": ("com.google.code.gson", "2.8.7")}))
    (component,) = found({"lib/boot.jar": zipped({"BOOT-INF/lib/gson-2.8.7.jar": inner})}).values()
    assert component.evidence[0].place.startswith("lib/boot.jar!BOOT-INF/lib/gson-2.8.7.jar!META-INF/maven/")


@pytest.mark.parametrize(
    ("file", "manifest", "purl"),
    [
        ("commons-io-2.11.0.jar", "Manifest-Version: 1.0\n", "pkg:maven/commons-io@2.11.0"),
        (
            "slf4j-api-1.7.32.jar",
            "Bundle-SymbolicName: slf4j.api\r\nImplementation-Vendor-Id: org.s\r\n lf4j\r\n",
            "pkg:maven/org.slf4j/slf4j-api@1.7.32",
        ),
        ("x.jar", "Bundle-SymbolicName: org.ow2.asm\nBundle-Version: 9.5.0\n", "pkg:maven/org.ow2/asm@9.5.0"),
        ("tabula-1.0.5-jar-with-dependencies.jar", "", "pkg:maven/tabula@1.0.5"),
    ],
)
def test_a_jar_without_properties_goes_by_its_manifest_and_name(found, file, manifest, purl):
    (component,) = found({f"lib/{file}": zipped({"META-INF/MANIFEST.MF": manifest.encode(), "A.class": b"x"})}).values()
    assert component.purl == purl
    assert component.method is Method.MANIFEST


def test_a_jar_with_properties_about_itself_is_one_component(found):
    inner = jar(
        {"gson": ("com.google.code.gson", "2.8.7")}, "Bundle-SymbolicName: com.google.gson\nBundle-Version: 2.8.7\n"
    )
    assert len(found({"lib/gson-2.8.7.jar": zipped(inner)})) == 1


MODULES = (
    "path\texample.com/app\nmod\texample.com/app\t(devel)\t\n"
    "dep\tgithub.com/aws/aws-lambda-go\tv1.47.0\th1:abc=\n"
    "dep\tgopkg.in/yaml.v3\tv3.0.0\n=>\texample.com/fork/yaml\tv3.1.0\th1:x=\n"
    "dep\tgolang.org/x/net\tv0.30.0\th1:y=\nbuild\t-compiler=gc\n"
)
GO = {
    "pkg:golang/example.com/app",
    "pkg:golang/github.com/aws/aws-lambda-go@v1.47.0",
    "pkg:golang/example.com/fork/yaml@v3.1.0",
    "pkg:golang/golang.org/x/net@v0.30.0",
}


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_modules_of_a_go_program_are_found_with_what_replaces_them(found, order):
    assert set(found({"bootstrap": go_program(MODULES, order=order)})) == {*GO, "pkg:golang/stdlib@1.24.1"}


def test_the_modules_of_an_old_go_program_are_found(found):
    assert set(found({"bootstrap": old_go_program(MODULES)})) == {*GO, "pkg:golang/stdlib@1.16.5"}


def test_the_crates_of_a_rust_program_are_found_without_those_that_only_built_it(found):
    crates = [
        {"name": "tokio", "version": "1.40.0", "source": "crates.io"},
        {"name": "cc", "version": "1.0.0", "source": "crates.io", "kind": "build"},
    ]
    assert set(found({"bootstrap": rust_program(crates)})) == {"pkg:cargo/tokio@1.40.0"}


def test_libraries_linked_into_native_code_tell_their_version(found):
    constants = b"\0OpenSSL 3.0.13 30 Jan 2024\0 deflate 1.2.13 Copyright 1995-2022\0"
    result = found({"lib/libx.so.1": shared_library("libx.so.1", ["libc.so.6"], constants)})
    assert set(result) == {"pkg:generic/openssl@3.0.13", "pkg:generic/zlib@1.2.13"}
    assert {component.method for component in result.values()} == {Method.STRINGS}


def test_words_about_a_library_are_not_the_library(found):
    assert not found({"lib/libx.so": elf({".rodata": b"built without OpenSSL 3 support\0see zlib.net\0"})})


GEMSPEC = b'Gem::Specification.new do |s|\n  s.name = "rack".freeze\n  s.version = "3.1.7"\nend\n'


@pytest.mark.parametrize("root", ["vendor/bundle/ruby/3.3.0/", "ruby/gems/3.3.0/"])
def test_installed_gems_are_found(found, root):
    assert set(found({f"{root}specifications/rack-3.1.7.gemspec": GEMSPEC})) == {"pkg:gem/rack@3.1.7"}


def test_the_specification_in_a_gems_own_source_is_none(found):
    assert not found({"vendor/rack/rack.gemspec": GEMSPEC})


DEPS = {
    "targets": {
        ".NETCoreApp,Version=v8.0": {
            "App/1.0.0": {"runtime": {"App.dll": {}}},
            "AWSSDK.Core/3.7.400": {"runtime": {"lib/net8.0/AWSSDK.Core.dll": {"assemblyVersion": "3.3.0.0"}}},
            "Native/1.2.0": {"runtimeTargets": {"runtimes/linux-x64/native/libn.so": {"rid": "linux-x64"}}},
            "Trimmed/9.9.9": {"runtime": {"lib/net8.0/Trimmed.dll": {}}},
        }
    },
    "libraries": {
        "App/1.0.0": {"type": "project"},
        "AWSSDK.Core/3.7.400": {"type": "package", "sha512": "x"},
        "Native/1.2.0": {"type": "package"},
        "Trimmed/9.9.9": {"type": "package"},
    },
}


def test_nuget_packages_count_when_a_file_of_theirs_is_there(found):
    files = {
        "App.deps.json": json.dumps(DEPS).encode(),
        "App.dll": b"MZ",
        "AWSSDK.Core.dll": b"MZ",
        "runtimes/linux-x64/native/libn.so": b"x",
    }
    assert set(found(files)) == {"pkg:nuget/AWSSDK.Core@3.7.400", "pkg:nuget/Native@1.2.0"}


def test_packages_in_a_bundle_are_traced(found):
    bundle = b"""// node_modules/lodash/lodash.js
/** @license lodash */
// node_modules/.pnpm/uuid@9.0.1/node_modules/uuid/dist/index.js
// node_modules/@aws-sdk/client-s3/package.json
var package_default = { name: "@aws-sdk/client-s3", description: "AWS SDK", version: "3.600.0" };
"""
    result = found({"index.mjs": bundle})
    assert set(result) == {"pkg:npm/lodash", "pkg:npm/uuid", "pkg:npm/%40aws-sdk/client-s3@3.600.0"}
    assert {component.method for component in result.values()} == {Method.BUNDLE}


def test_packages_in_a_source_map_are_traced(found):
    sources = {
        "version": 3,
        "sources": ["../node_modules/axios/lib/axios.js", "webpack://app/./node_modules/qs/lib/index.js"],
    }
    assert set(found({"index.js.map": json.dumps(sources).encode()})) == {"pkg:npm/axios", "pkg:npm/qs"}


def test_a_banner_alone_tells_name_and_version(found):
    banner = b"/*! jquery v3.6.0 | (c) OpenJS Foundation */!function(e,t){}();"
    assert set(found({"static/app.min.js": banner})) == {"pkg:npm/jquery@3.6.0"}


def test_the_same_package_in_two_places_is_one_component_with_two_proofs(found):
    (component,) = found({**npm("a", "1.0.0"), **npm("a", "1.0.0", "nodejs/")}).values()
    assert [item.place for item in component.evidence] == [
        "node_modules/a/package.json",
        "nodejs/node_modules/a/package.json",
    ]


STRIPPED = {
    "yaml/__init__.py": b'from .error import *\n__version__ = "6.0.2"\n',
    "requests/__version__.py": b'__title__ = "requests"\n__version__ = "2.32.3"\n',
    "requests/__init__.py": b"from .__version__ import __version__\n",
    "six.py": b'"""Utilities"""\n__version__ = "1.16.0"\n',
    "pymysql/__init__.py": b'VERSION = (1, 1, 1, "final", 1)\nVERSION_STRING = "1.1.1"\n__version__ = "1.4.6"\n',
    "google/protobuf/__init__.py": b"__version__ = '5.29.1'\n",
    "django/__init__.py": b"VERSION = (5, 1, 3, 'final', 0)\n",
    "certifi/core.py": b"",
}


@pytest.mark.parametrize("root", ["", "python/", "python/lib/python3.12/site-packages/"])
def test_packages_without_metadata_go_by_name_and_by_what_their_code_states(found, root):
    result = found({root + path: data for path, data in STRIPPED.items()})
    assert set(result) == {
        "pkg:pypi/pyyaml@6.0.2", "pkg:pypi/requests@2.32.3", "pkg:pypi/six@1.16.0", "pkg:pypi/pymysql@1.1.1",
        "pkg:pypi/protobuf@5.29.1", "pkg:pypi/django@5.1.3", "pkg:pypi/certifi",
    }  # fmt: skip
    assert {component.method for component in result.values()} == {Method.SOURCE}


def test_metadata_go_before_what_code_states(found):
    files = distribution("requests", "2.32.3", {"requests/__init__.py": b'__version__ = "9.9.9"\n'})
    assert set(found(files)) == {"pkg:pypi/requests@2.32.3"}


@pytest.mark.parametrize("path", ["app/__init__.py", "handler.py", "src/requests/__init__.py", "utils/version.py"])
def test_ones_own_code_is_no_component_whatever_it_states(found, path):
    assert not found({path: b'__version__ = "1.0.0"\n'})


@pytest.mark.parametrize("root", ["python/", "python/lib/python3.12/site-packages/"])
def test_a_module_in_a_place_for_packages_is_the_distribution_of_its_name(found, root):
    files = {root + "rpyc/version.py": b'__version__ = "6.0.2"\n', root + "starlette_context/__init__.py": b""}
    assert set(found(files)) == {"pkg:pypi/rpyc@6.0.2", "pkg:pypi/starlette-context"}
    assert not found({root + "tulipkettle/__init__.py": b'__version__ = "6.0.2"\n'})


def test_beside_ones_own_code_it_has_to_lie_with_packages_and_state_a_version(found):
    rpyc = {
        "rpyc/version.py": b'__version__ = "6.0.2"\n',
        "waiting/__init__.py": b"",
        "utils/version.py": b'__version__ = "1.0"\n',
    }
    assert not found(rpyc)
    six = {"six.py": b'__version__ = "1.16.0"\n'}
    assert set(found({**rpyc, **six})) == {"pkg:pypi/rpyc@6.0.2", "pkg:pypi/six@1.16.0"}


def test_evidence_has_the_digest_of_the_file(found):
    import hashlib

    (component,) = found({"yaml/__init__.py": STRIPPED["yaml/__init__.py"]}).values()
    assert component.evidence[0].sha256 == hashlib.sha256(STRIPPED["yaml/__init__.py"]).hexdigest()


def test_a_module_that_is_no_release_in_one_program_and_one_in_another_is_two_components(found):
    local, released = (
        "dep\te.com/y\t(devel)\t\ndep\te.com/x\tv0.0.0\t\n=>\t./x\t(devel)\t\n",
        "dep\te.com/x\tv1.2.0\th1:x\n",
    )
    result = found({"bin/a": go_program(local), "bin/b": go_program(released)})
    assert not [purl for purl in result if "./" in purl or purl.endswith("v0.0.0")]
    assert {"pkg:golang/e.com/x", "pkg:golang/e.com/y", "pkg:golang/e.com/x@v1.2.0"} <= set(result)
    assert [item.place for item in result["pkg:golang/e.com/x"].evidence] == ["bin/a"]


def test_a_go_program_whose_record_was_wiped_out_is_known_by_its_module_text(found):
    from lambdaward.packages.components.go import _END, _START

    text = (
        b"constants"
        + _START
        + b"path\te.com/cmd\nmod\te.com/a\t(devel)\t\ndep\te.com/b\tv1.2.0\th1:x\n"
        + _END
        + b"more"
    )
    sections = {".rodata": text, ".note.go.buildid": b"id", ".go.buildinfo": bytes(32)}
    kinds = {".go.buildinfo": (1, 3)}
    assert set(found({"bin/a": elf(sections, kinds=kinds)})) == {"pkg:golang/e.com/a", "pkg:golang/e.com/b@v1.2.0"}
    assert not found({"bin/a": elf({".rodata": text})})
    assert not found({"bin/a": elf({**sections, ".rodata": text.replace(_END, b"")}, kinds=kinds)})
