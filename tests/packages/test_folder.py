"""Folders: everything is there, links are told and not followed, and what cannot be read is said."""

import os

import pytest
from archives import Member, codes, entries_of, put, unpacked, zip_of

from lambdaward.model import InputError
from lambdaward.packages.unpack import Fault, Kind, walk, walk_text


def test_everything_in_a_folder_is_there_in_the_order_of_names(tmp_path):
    for name in ("b/two.py", "a/one.py", ".env", "node_modules/x/index.js", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(name)
    entries, faults = unpacked(tmp_path)
    files = [place for place, kind, _ in entries if kind is Kind.FILE]
    assert files == [".env", ".git/config", "a/one.py", "b/two.py", "node_modules/x/index.js"]
    assert not faults


def test_a_link_is_told_and_not_followed(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").write_text("outside")
    (tmp_path / "in/out").symlink_to("../secret")
    (tmp_path / "in/absolute").symlink_to("/etc/passwd")
    (tmp_path / "in/up").symlink_to("..")
    (tmp_path / "in/loop").symlink_to(".")
    entries, faults = unpacked(tmp_path / "in")
    assert {(place, kind, data) for place, kind, data in entries} == {
        (name, Kind.LINK, b"") for name in ("out", "absolute", "up", "loop")
    }
    assert sorted(fault.kind.code for fault in faults) == ["link-absolute", "link-escapes", "link-escapes"]


def test_pipes_are_named_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    _, faults = unpacked(tmp_path)
    assert codes(faults) == {"device"}


def test_a_file_that_grows_or_goes_while_it_is_read_is_named(tmp_path):
    (tmp_path / "goes").write_text("x")
    (tmp_path / "grows").write_text("x")
    found = []
    for item in walk(tmp_path):
        if isinstance(item, Fault):
            found.append(item.kind.code)
        elif item.path == "goes":
            (tmp_path / "goes").unlink()
        else:
            (tmp_path / "grows").write_text("xx")
    assert found == ["file-unreadable", "file-changed"]


def test_archives_in_a_folder_are_opened(tmp_path):
    put(tmp_path, zip_of(Member("inner.txt", b"found")), "vendored.whl")
    assert ("vendored.whl!inner.txt", Kind.FILE, b"found") in unpacked(tmp_path)[0]


def test_a_name_that_is_not_utf_8_is_shown_and_named(tmp_path):
    (tmp_path / os.fsdecode(b"a\xff.txt")).write_text("x")
    entries, faults = unpacked(tmp_path)
    assert entries[0][0].isprintable()
    assert codes(faults) == {"name-encoding"}


def test_code_in_a_template_is_one_entry():
    (entry,) = walk_text("print('hello')", "index.py")
    assert (entry.path, entry.content.read(100)) == ("index.py", b"print('hello')")


@pytest.mark.parametrize("name", ["nothing", "text.txt"])
def test_a_path_that_is_no_package_is_one_clear_error(tmp_path, name):
    (tmp_path / "text.txt").write_text("just text")
    with pytest.raises(InputError, match=name):
        list(walk(tmp_path / name))


def test_a_walk_over_the_same_package_is_the_same_twice(tmp_path):
    put(tmp_path, zip_of(Member("../x"), Member("y")), "a.zip")
    assert unpacked(tmp_path) == unpacked(tmp_path)
    assert [e.path for e in entries_of(tmp_path)] == [e.path for e in entries_of(tmp_path)]
