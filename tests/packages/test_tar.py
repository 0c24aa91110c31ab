"""Tars and compressed files: what honest programs write is read whole and without a fault."""

import bz2
import gzip
import io
import lzma
import subprocess
import tarfile
from importlib import import_module

import pytest
from archives import codes, entries_of, put, unpacked
from hypothesis import given
from hypothesis import strategies as st

from lambdaward.packages.unpack import Kind


def written_by_python(files, form, mode="w"):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, format=form) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


names = st.lists(st.text("abcäö", min_size=1, max_size=60), min_size=1, max_size=6).map(
    lambda parts: "/".join(parts) + ".txt"
)


@given(
    st.dictionaries(names, st.binary(max_size=2000).map(lambda data: b"-" + data), min_size=1, max_size=5),
    st.sampled_from([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
    st.sampled_from(["w", "w:gz", "w:bz2", "w:xz"]),
)  # fmt: skip
def test_what_python_packs_comes_out_as_it_went_in(tmp_path_factory, files, form, mode):
    path = put(tmp_path_factory.mktemp("tar"), written_by_python(files, form, mode), "package.tar")
    entries, faults = unpacked(path)
    assert {place.rpartition("!")[2]: data for place, _, data in entries if place.endswith(".txt")} == files
    assert not codes(faults) - {"name-case", "name-under-file"}


@pytest.mark.parametrize("form", ["v7", "oldgnu", "gnu", "ustar", "posix"])
def test_what_gnu_tar_packs_has_no_fault(tmp_path, form):
    inside = tmp_path / "in"
    (inside / "sub").mkdir(parents=True)
    (inside / "sub/file.txt").write_text("text" * 1000)
    (inside / "sub/link").symlink_to("file.txt")
    (inside / "hard").hardlink_to(inside / "sub/file.txt")
    command = ["tar", f"--format={form}", "-cf", "out.tar", "-C", "in", "."]
    subprocess.run(command, cwd=tmp_path, check=True)
    entries = {entry.path: entry for entry in entries_of(tmp_path / "out.tar")}
    assert entries["sub/link"].target == "file.txt"
    assert {entries["hard"].kind, entries["sub/file.txt"].kind} == {Kind.FILE, Kind.HARD_LINK}
    assert not unpacked(tmp_path / "out.tar")[1]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, import_module("backports.zstd").compress])
def test_streams_in_a_row_are_one_content(tmp_path, pack):
    entries, faults = unpacked(put(tmp_path, pack(b"one ") + pack(b"two ") + pack(b"") + pack(b"three"), "text.gz"))
    assert entries == [("(content)", Kind.FILE, b"one two three")]
    assert not faults


def test_padding_behind_a_stream_is_no_fault(tmp_path):
    assert not unpacked(put(tmp_path, gzip.compress(b"text") + bytes(600), "text.gz"))[1]


def test_what_dpkg_packs_is_opened(tmp_path):
    (tmp_path / "p/DEBIAN").mkdir(parents=True)
    (tmp_path / "p/DEBIAN/control").write_text(
        "Package: p\nVersion: 1\nArchitecture: all\nMaintainer: m\nDescription: d\n"
    )
    (tmp_path / "p/file").write_text("content")
    subprocess.run(["dpkg-deb", "-b", "p", "p.deb"], cwd=tmp_path, check=True, capture_output=True)
    entries, faults = unpacked(tmp_path / "p.deb")
    assert any(place.startswith("data.tar") and data == b"content" for place, _, data in entries)
    assert not faults


def test_long_names_of_static_libraries_are_read(tmp_path):
    (tmp_path / "a_member_with_a_long_name.o").write_bytes(b"object")
    subprocess.run(["ar", "rcs", "lib.a", "a_member_with_a_long_name.o"], cwd=tmp_path, check=True, capture_output=True)
    entries, faults = unpacked(tmp_path / "lib.a")
    assert ("a_member_with_a_long_name.o", Kind.FILE, b"object") in entries
    assert not faults
