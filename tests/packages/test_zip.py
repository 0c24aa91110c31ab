"""Zip archives: what honest programs write is read whole and without a fault, whichever program and form."""

import hashlib
import io
import subprocess
import tarfile
import zipfile

import pytest
from archives import Member, codes, entries_of, later, put, unpacked, zip_of
from hypothesis import given
from hypothesis import strategies as st

from lambdaward.packages.unpack import Kind, walk


def written_by_python(files, method=zipfile.ZIP_DEFLATED, comment=b""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.comment = comment
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}(/[a-z]{9,12}){0,3}\.txt", fullmatch=True),
        st.binary(max_size=3000).map(lambda data: b"-" + data),
        max_size=8,
    ),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]),
)
def test_what_python_packs_comes_out_as_it_went_in(tmp_path_factory, files, method):
    path = put(tmp_path_factory.mktemp("zip"), written_by_python(files, method))
    entries, faults = unpacked(path)
    assert {place: data for place, _, data in entries if "!" not in place} == files
    assert not faults


def test_the_recipe_for_an_archive_is_honest(tmp_path):
    data = zip_of(Member("a.txt", b"one"), Member("b/c.txt", b"two", method=0), later(b"three" * 100, name="d"))
    entries, faults = unpacked(put(tmp_path, data))
    assert entries == [("a.txt", Kind.FILE, b"one"), ("b/c.txt", Kind.FILE, b"two"), ("d", Kind.FILE, b"three" * 100)]
    assert not faults
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


@pytest.mark.parametrize("arguments", [["-r"], ["-r", "-0"], ["-r", "-y"], ["-r", "-X"], ["-r", "-fz"]])
def test_what_info_zip_packs_has_no_fault(tmp_path, arguments):
    (tmp_path / "in/sub").mkdir(parents=True)
    (tmp_path / "in/sub/file.txt").write_text("text" * 1000)
    (tmp_path / "in/link").symlink_to("sub/file.txt")
    subprocess.run(["zip", "-q", *arguments, "../out.zip", "."], cwd=tmp_path / "in", check=True)
    entries, faults = unpacked(tmp_path / "out.zip")
    assert ("sub/file.txt", Kind.FILE, b"text" * 1000) in entries
    assert not faults


def test_streamed_output_with_records_behind_the_content_has_no_fault(tmp_path):
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.data = bytearray()

        def writable(self):
            return True

        def write(self, data):
            self.data += data
            return len(data)

    pipe = Pipe()
    with (
        zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("big", "w", force_zip64=True) as member,
    ):
        member.write(b"streamed" * 1000)
    entries, faults = unpacked(put(tmp_path, bytes(pipe.data)))
    assert entries == [("big", Kind.FILE, b"streamed" * 1000)]
    assert not faults


def test_an_archive_with_large_records_has_no_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)
    data = written_by_python({f"f{n}": b"x" * 200 for n in range(5)})
    assert b"PK\x06\x06" in data
    entries, faults = unpacked(put(tmp_path, data))
    assert len(entries) == 5
    assert not faults


def test_an_empty_archive_is_empty(tmp_path):
    assert unpacked(put(tmp_path, written_by_python({}))) == ([], [])


def test_a_comment_is_no_fault_and_is_looked_at(tmp_path):
    entries, faults = unpacked(put(tmp_path, written_by_python({}, comment=b"a word in passing")))
    assert entries == [("(bytes 22 to 39)", Kind.SLACK, b"a word in passing")]
    assert not faults


def test_a_stored_archive_inside_an_archive_is_opened_and_is_no_second_end(tmp_path):
    inner = written_by_python({"x.txt": b"inner"}, zipfile.ZIP_STORED)
    entries, faults = unpacked(put(tmp_path, written_by_python({"lib/inner.jar": inner}, zipfile.ZIP_STORED)))
    assert [place for place, _, _ in entries] == ["lib/inner.jar", "lib/inner.jar!x.txt"]
    assert not faults


@pytest.mark.parametrize("depth", [1, 6, 10])
def test_archives_in_archives_are_followed(tmp_path, depth):
    data = b"the core"
    for level in range(depth):
        if level % 2:
            data = written_by_python({"inner": data})
        else:
            buffer = io.BytesIO()
            with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
                info = tarfile.TarInfo("inner")
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
            data = buffer.getvalue()
    entries, faults = unpacked(put(tmp_path, data))
    assert entries[-1][2] == b"the core"
    assert not faults


def test_an_archive_behind_a_program_is_opened(tmp_path):
    app = b"#!/usr/bin/env python3\n" + written_by_python({"__main__.py": b"print()"})
    entries, faults = unpacked(put(tmp_path, written_by_python({"app": app})))
    assert ("app!__main__.py", Kind.FILE, b"print()") in entries
    assert codes(faults) == {"zip-prepended"}


def test_mode_link_target_and_raw_name_are_kept(tmp_path):
    link = Member("bin/run", b"../lib/run.sh", mode=0o120777)
    one, two = entries_of(put(tmp_path, zip_of(link, Member("lib/run.sh", mode=0o100755))))
    assert (one.kind, one.target, two.mode, two.name) == (Kind.LINK, "../lib/run.sh", 0o100755, b"lib/run.sh")


def test_content_can_be_read_in_part_and_again(tmp_path):
    items = walk(put(tmp_path, zip_of(Member("a", b"0123456789" * 1000))))
    entry = next(items)
    assert entry.content.read(4) == b"0123"
    assert entry.content.head() == (b"0123456789" * 103)[:1024]
    assert entry.content.blob().read(9995, 100) == b"56789"
    assert entry.content.sha256() == hashlib.sha256(b"0123456789" * 1000).hexdigest()
