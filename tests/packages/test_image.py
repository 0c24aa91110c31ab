"""Container images: every file of every layer is there, and it is told which are left at the end."""

import bz2
import gzip
import json
import lzma
import random
import shutil
import subprocess
from importlib import import_module

import pytest
from archives import Member, codes, put, tar_entry, tar_header, tar_of, zip_of
from images import as_folder, as_tar, described, docker, layer, oci, sha
from programs import npm

from lambdaward.packages import inspect
from lambdaward.packages.unpack import Fault, FaultKind, walk

BASE = layer(("etc", None), ("etc/passwd", b"root"), ("app", None), ("app/old.py", b"old"), ("app/keep.py", b"keep"))
TOP = layer(("app/.wh.old.py", b""), ("app/new.py", b"new"), ("etc/passwd", b"changed"))


def seen(path):
    """What is in an image: by layer and path, the content and whether it is live; and the faults."""
    entries, faults = {}, []
    for item in walk(path):
        if isinstance(item, Fault):
            faults.append(item)
        elif item.kind.value == "file":
            entries[item.place] = (b"".join(item.content.chunks()), item.live)
    return entries, faults


def in_layers(entries):
    """The files of layers, by the layer's number and their path."""
    found = {}
    for place, value in entries.items():
        name, _, path = place.partition("!")
        if name.startswith("layer"):
            found[int(name.split()[1]), path] = value
    return found


EXPECTED = {
    (1, "etc/passwd"): (b"root", False),
    (1, "app/old.py"): (b"old", False),
    (1, "app/keep.py"): (b"keep", True),
    (2, "app/new.py"): (b"new", True),
    (2, "etc/passwd"): (b"changed", True),
}

PACKERS = [bytes, gzip.compress, bz2.compress, lzma.compress, import_module("backports.zstd").compress]


@pytest.mark.parametrize("pack", PACKERS)
def test_every_file_of_every_layer_is_there_and_told_whether_it_is_left(tmp_path, pack):
    entries, faults = seen(put(tmp_path, as_tar(oci([BASE, TOP], pack=pack)), "image.tar"))
    assert in_layers(entries) == EXPECTED
    assert not faults


def test_a_layout_in_a_folder_reads_the_same(tmp_path):
    entries, faults = seen(as_folder(tmp_path, oci([BASE, TOP])))
    assert in_layers(entries) == EXPECTED
    assert not faults


def test_what_docker_saved_reads_the_same(tmp_path):
    entries, faults = seen(put(tmp_path, as_tar(docker([BASE, TOP])), "image.tar"))
    assert in_layers(entries) == EXPECTED
    assert not faults


def test_documents_are_entries_so_that_variables_and_history_are_looked_at(tmp_path):
    entries, _ = seen(put(tmp_path, as_tar(oci([BASE])), "image.tar"))
    assert any(b'"Env"' in data for data, _ in entries.values())


@pytest.mark.parametrize(
    ("above", "left"),
    [
        ([("app/.wh..wh..opq", b""), ("app/new.py", b"")], {"etc/passwd"}),
        ([(".wh.app", b"")], {"etc/passwd"}),
        ([("app", b"now a file")], {"etc/passwd"}),
        ([(".wh..wh..opq", b"")], set()),
        ([("etc", None)], {"etc/passwd", "app/old.py", "app/keep.py"}),
        ([("etc/passwd", None)], {"app/old.py", "app/keep.py"}),
    ],
)
def test_whiteouts_opaque_folders_and_replacements_remove(tmp_path, above, left):
    entries, _ = seen(put(tmp_path, as_tar(oci([BASE, layer(*above)])), "image.tar"))
    assert {path for (number, path), (_, live) in in_layers(entries).items() if number == 1 and live} == left


def test_a_file_that_is_removed_and_written_again_is_left_as_it_was_written_last(tmp_path):
    layers = [layer(("f", b"1")), layer((".wh.f", b"")), layer(("f", b"3"))]
    entries, _ = seen(put(tmp_path, as_tar(oci(layers)), "image.tar"))
    assert in_layers(entries) == {(1, "f"): (b"1", False), (3, "f"): (b"3", True)}


def test_archives_in_removed_files_are_not_left_either(tmp_path):
    inner = zip_of(*(Member(name, data) for name, data in npm("gone", "1.0.0").items()))
    layers = [
        layer(("a.zip", inner)),
        layer((".wh.a.zip", b""), ("node_modules/here/package.json", b'{"name":"here","version":"1.0.0"}')),
    ]
    path = put(tmp_path, as_tar(oci(layers)), "image.tar")
    assert [component.purl for component in inspect(path).components] == ["pkg:npm/here@1.0.0"]
    entries, _ = seen(path)
    assert {live for place, (_, live) in entries.items() if "a.zip" in place} == {False}


def test_an_index_of_several_platforms_gives_each(tmp_path):
    one, two = oci([layer(("one", b"1"))]), oci([layer(("two", b"2"))])
    manifests = [entry for files in (one, two) for entry in json.loads(files["index.json"])["manifests"]]
    files = {**one, **two, "index.json": json.dumps({"manifests": manifests}).encode()}
    entries, faults = seen(put(tmp_path, as_tar(files), "image.tar"))
    assert {path for _, path in in_layers(entries)} == {"one", "two"}
    assert not faults


def test_content_that_no_document_refers_to_is_looked_at_and_not_left(tmp_path):
    files = {**oci([BASE]), "blobs/sha256/" + "0" * 64: gzip.compress(layer(("hidden.py", b"hidden")), mtime=0)}
    for path in (put(tmp_path, as_tar(files), "image.tar"), as_folder(tmp_path / "folder", files)):
        entries, _ = seen(path)
        assert [(data, live) for place, (data, live) in entries.items() if place.endswith("hidden.py")] == [
            (b"hidden", False)
        ]


FOREIGN = {
    "mediaType": "application/vnd.docker.image.rootfs.foreign.diff.tar",
    "digest": sha(b"x"),
    "size": 1,
    "urls": ["https://x"],
}
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
NOISY = layer(("noise", random.Random(1).randbytes(2000)))


def same_gzip(data):
    """Gzip without a time."""
    return gzip.compress(data, mtime=0)


def changed_blob(files):
    """The largest blob with a byte changed."""
    name = max((name for name in files if name.startswith("blobs")), key=lambda name: len(files[name]))
    data = bytearray(files[name])
    data[-1] ^= 1
    return {**files, name: bytes(data)}


def endless():
    """An index that leads to itself, as far as digests allow: to an index that is listed twice."""
    leaf = json.dumps({"manifests": []}).encode()
    index = json.dumps({"manifests": [described(leaf), described(leaf)]}).encode()
    return {**oci([BASE], index=index), f"blobs/sha256/{sha(leaf)[7:]}": leaf}


HOSTILE_IMAGES = {
    "an index that is no JSON": (lambda: oci([BASE], index=b"{"), {"image-json"}),
    "a manifest of numbers": (lambda: oci([BASE], manifest=b'{"layers": 7}'), {"image-json"}),
    "a manifest that is not there": (
        lambda: oci([BASE], index=json.dumps({"manifests": [described(b"?")]}).encode()),
        {"image-blob"},
    ),
    "a digest that is a path": (
        lambda: oci([BASE], index=b'{"manifests": [{"digest": "sha256:../../../../etc/passwd", "size": 1}]}'),
        {"image-blob"},
    ),
    "a layer that is not there": (lambda: oci([BASE], descriptors=[described(b"?", LAYER)]), {"image-blob"}),
    "a layer that lies elsewhere": (lambda: oci([BASE], descriptors=[FOREIGN]), {"image-foreign"}),
    "a byte of a layer changed": (
        lambda: changed_blob(oci([NOISY], pack=bytes)),
        {"image-digest", "image-layers", "tar-after-end"},
    ),
    "a size that is not the layer's": (
        lambda: oci([BASE], pack=same_gzip, descriptors=[{**described(same_gzip(BASE), LAYER), "size": 5}]),
        {"image-size"},
    ),
    "a configuration with other layers": (
        lambda: oci([BASE], config={"rootfs": {"diff_ids": [sha(b"other")]}}),
        {"image-layers"},
    ),
    "a configuration with more layers": (
        lambda: oci([BASE], config={"rootfs": {"diff_ids": [sha(BASE), sha(TOP)]}}),
        {"image-layers"},
    ),
    "an index listed twice": (endless, {"image-loop"}),
    "an encrypted layer": (
        lambda: oci([BASE], pack=same_gzip, descriptors=[described(same_gzip(BASE), LAYER + "+encrypted")]),
        {"image-media-type"},
    ),
    "a whiteout of nothing": (lambda: oci([layer((".wh.", b""))]), {"image-whiteout"}),
    "a whiteout of a whiteout": (lambda: oci([layer((".wh..wh.x", b""))]), {"image-whiteout"}),
    "a whiteout with content": (lambda: oci([layer((".wh.x", b"content"))]), {"image-whiteout"}),
    "docker: a layer that is not there": (
        lambda: {k: v for k, v in docker([BASE]).items() if "layer.tar" not in k},
        {"image-blob"},
    ),
    "docker: a layer outside": (
        lambda: {**docker([BASE]), "manifest.json": b'[{"Config": "../x", "Layers": ["../../etc/passwd"]}]'},
        {"image-blob"},
    ),
    "a layer that leaves the root": (
        lambda: oci([tar_of(tar_entry(b"../../etc/cron.d/x"))]),
        {"name-escapes", "name-dots"},
    ),
}


@pytest.mark.parametrize("name", HOSTILE_IMAGES)
@pytest.mark.parametrize("form", ["tar", "folder"])
def test_what_is_wrong_with_an_image_is_named(tmp_path, name, form):
    make, expected = HOSTILE_IMAGES[name]
    files = make()
    path = (
        put(tmp_path, as_tar(files), "image.tar")
        if form == "tar"
        else as_folder(tmp_path / "image", {**files, "blobs/x": b""})
    )
    _, faults = seen(path)
    assert codes(faults) == expected


def test_every_kind_of_fault_of_an_image_has_a_recipe():
    named = set().union(*(expected for _, expected in HOSTILE_IMAGES.values()))
    assert {kind.code for kind in FaultKind if kind.code.startswith("image-")} <= named


def test_links_and_rights_that_are_usual_in_images_are_no_faults(tmp_path):
    usual = tar_of(
        tar_header(b"lib", 0, b"2", b"/usr/lib"),
        tar_entry(b"bin/su", mode=0o4755),
        tar_header(b"bin/sh", 0, b"1", b"bin/su"),
    )
    assert not seen(put(tmp_path, as_tar(oci([usual])), "image.tar"))[1]


@pytest.mark.skipif(not shutil.which("skopeo"), reason="skopeo is not installed")
@pytest.mark.oracle
def test_skopeo_and_we_agree_on_an_image(tmp_path):
    as_folder(tmp_path / "image", oci([BASE, TOP]))
    command = ["skopeo", "--insecure-policy", "copy", "oci:image", "docker-archive:image.tar:fn:latest"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert in_layers(seen(tmp_path / "image.tar")[0]) == EXPECTED
