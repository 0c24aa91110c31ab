"""What an image says of itself: what it starts, upon what it builds, which runtimes and privileged files are in it."""

import datetime as dt
import gzip
import json

import pytest
from archives import put, tar_header, tar_of
from images import as_folder, as_tar, configuration, docker, layer, oci

from lambdaward.model import InputError
from lambdaward.packages import walk
from lambdaward.packages.images import Inside, images
from lambdaward.packages.unpack import Fault

AWS = layer(
    ("lambda-entrypoint.sh", b"#!/bin/sh"), ("var/lang/bin/python3.8", b"\x7fELF"), ("usr/bin/python2.7", b"\x7fELF")
)
CODE = layer(("var/task/app.py", b"def handler(): pass"))
SETTINGS = {
    "User": "app",
    "Entrypoint": ["/lambda-entrypoint.sh"],
    "Cmd": ["app.handler"],
    "Env": ["LAMBDA_TASK_ROOT=/var/task", "LAMBDA_RUNTIME_DIR=/var/runtime", "PASSWORD=tulip"],
}
TIMES = [{"created": "2024-05-01T00:00:00Z"}, {"created": "2026-11-01T00:00:00Z"}]


def one(folder, layers=(AWS, CODE), settings=SETTINGS, files=None, **more):
    layers = list(layers)
    config = {**configuration(layers), "config": settings, "history": TIMES, "created": "2026-11-01T12:00:00Z", **more}
    (image,) = images(as_folder(folder / "layout", files or oci(layers, config=config))).images
    return image


def test_an_image_says_what_it_starts_and_as_whom(tmp_path):
    image = one(tmp_path)
    assert (image.user, image.entry_point, image.command) == ("app", ("/lambda-entrypoint.sh",), ("app.handler",))
    assert (image.platform, image.created, image.layers) == ("linux/amd64", dt.date(2026, 11, 1), 2)


def test_of_variables_only_the_names_are_kept(tmp_path):
    image = one(tmp_path)
    assert image.variables == ("LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR", "PASSWORD")
    assert "tulip" not in repr(image)


def test_aws_base_images_are_known_by_what_they_bring(tmp_path):
    assert one(tmp_path).base.aws
    assert not one(tmp_path / "other", (CODE,)).base.aws
    assert not one(tmp_path / "env", settings={**SETTINGS, "Env": []}).base.aws


def test_the_base_is_as_old_as_the_lowest_layer(tmp_path):
    assert one(tmp_path).base.made == dt.date(2024, 5, 1)
    made_up = [{"created": "1970-01-01T00:00:00Z"}, {"created": "0001-01-01T00:00:00Z"}, {"created": "x"}, {}]
    assert one(tmp_path / "made up", history=made_up).base.made is None


def test_the_name_that_a_builder_noted_is_kept(tmp_path):
    labels = {"org.opencontainers.image.base.name": "python:3.14", "org.opencontainers.image.base.digest": "sha256:0"}
    base = one(tmp_path, settings={**SETTINGS, "Labels": labels}).base
    assert (base.name, base.digest) == ("python:3.14", "sha256:0")


def test_the_python_that_a_distribution_brings_for_itself_is_no_runtime(tmp_path):
    assert one(tmp_path).runtimes == (Inside("python3.8", "/var/lang/bin/python3.8"),)


@pytest.mark.parametrize(
    ("path", "content", "runtime"),
    [
        ("usr/local/bin/python3.13", b"", "python3.13"),
        ("opt/python/bin/python3.9", b"", "python3.9"),
        ("var/lang/include/node/node_version.h", b"#define NODE_MAJOR_VERSION 16\n", "nodejs16.x"),
        ("usr/local/include/node/node_version.h", b"#define NODE_MAJOR_VERSION 24\n", "nodejs24.x"),
        ("var/lang/lib/ruby/3.2.0/set.rb", b"", "ruby3.2"),
        ("usr/share/dotnet/shared/Microsoft.NETCore.App/6.0.36/System.dll", b"", "dotnet6"),
        ("var/lang/bin/shared/Microsoft.NETCore.App/3.1.32/System.dll", b"", "dotnetcore3.1"),
        ("usr/lib/jvm/java-11-amazon-corretto/release", b'JAVA_VERSION="11.0.25"', "java11"),
        ("usr/lib/jvm/java-8/release", b'JAVA_VERSION="1.8.0_432"', "java8.al2"),
        ("home/x/include/node/node_version.h", b"no number", None),
        ("usr/bin/python3.9", b"", None),
        ("var/task/bin/python3.8", b"", None),
    ],
)
def test_a_runtime_is_told_by_its_files(tmp_path, path, content, runtime):
    image = one(tmp_path, (layer((path, content)),))
    assert [each.runtime for each in image.runtimes] == ([runtime] if runtime else [])


@pytest.mark.parametrize(
    ("variable", "runtime"),
    [
        ("PYTHON_VERSION=3.8.19", "python3.8"),
        ("NODE_VERSION=16.20.2", "nodejs16.x"),
        ("RUBY_VERSION=2.7.8", "ruby2.7"),
        ("JAVA_VERSION=jdk-17.0.13+11", "java17"),
        ("JAVA_VERSION=8u432", "java8.al2"),
        ("DOTNET_VERSION=6.0.36", "dotnet6"),
    ],
)
def test_a_runtime_is_told_by_the_variables_of_official_images(tmp_path, variable, runtime):
    image = one(tmp_path, (CODE,), {"Env": [variable]})
    assert image.runtimes == (Inside(runtime, f"the variable {variable.partition('=')[0]}"),)


def test_a_runtime_that_a_later_layer_deletes_is_not_inside(tmp_path):
    assert one(tmp_path, (AWS, layer(("var/lang/bin/.wh.python3.8", b"")))).runtimes == ()


def test_files_that_run_as_their_owner_are_told_unless_they_are_deleted(tmp_path):
    rights = tar_of(tar_header(b"bin/su", 0, mode=0o4755), tar_header(b"bin/old", 0, mode=0o6755))
    image = one(tmp_path, (rights, layer(("bin/.wh.old", b""))))
    assert image.privileged == ("/bin/su",)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_what_docker_saves_is_read_compressed_too(tmp_path, pack):
    (image,) = images(put(tmp_path, pack(as_tar(docker([AWS, CODE]))), "image.tar.gz")).images
    assert (image.names, image.layers) == (("fn:latest",), 2)
    assert image.runtimes == (Inside("python3.8", "/var/lang/bin/python3.8"),)


def test_an_image_that_is_compressed_as_a_whole_is_walked_layer_by_layer(tmp_path):
    packed = gzip.compress(as_tar(oci([AWS, layer(("var/lang/bin/.wh.python3.8", b""))])))
    found = [item for item in walk(put(tmp_path, packed, "image.tgz")) if not isinstance(item, Fault)]
    assert [item.live for item in found if item.path == "var/lang/bin/python3.8"] == [False]


def test_a_signature_beside_an_image_is_no_image(tmp_path):
    signed = oci(
        [CODE], descriptors=[{"mediaType": "application/vnd.dev.cosign.simplesigning.v1+json", "digest": "sha256:0"}]
    )
    assert images(as_folder(tmp_path / "layout", signed)).images == ()


@pytest.mark.parametrize("text", [b"{}", b'{"rootfs": 1}', b"[" * 100_000, b'{"rootfs": {}, "config": {"Env": "x"}}'])
def test_a_damaged_configuration_is_no_image_and_no_crash(tmp_path, text):
    files = oci([CODE])
    damaged = {name: text if b'"architecture"' in data else data for name, data in files.items()}
    found = images(as_folder(tmp_path / "layout", damaged))
    assert found.images == ()
    assert found.unknowns


def test_what_is_no_image_is_one_clear_error(tmp_path):
    (tmp_path / "x.tar").write_text(json.dumps({}))
    with pytest.raises(InputError, match="it is no image"):
        images(tmp_path / "x.tar")
