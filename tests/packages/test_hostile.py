"""Hostile archives: each fault is named with its place, nothing is raised, nothing is written, time and memory are bounded."""

import os
import resource
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from archives import Member, codes, later, pax, put, tar_entry, tar_of, unpacked, zip_of
from hostile_others import HOSTILE_OTHERS
from hostile_zips import HIDDEN, HOSTILE_ZIPS, SECRET
from programs import elf

from lambdaward.packages.unpack import Fault, FaultKind, Kind, Limits, walk

HOSTILE = {**HOSTILE_ZIPS, **HOSTILE_OTHERS}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_wrong_is_named_and_nothing_else(tmp_path, name):
    data, expected = HOSTILE[name]
    _, faults = unpacked(put(tmp_path, data))
    assert codes(faults) == expected


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_wrong_inside_another_archive_is_named_with_its_place(tmp_path, name):
    data, expected = HOSTILE[name]
    inside = [Member("lib/inner.zip", data)]
    _, faults = unpacked(put(tmp_path, zip_of(*inside)))
    wanted = expected | ({"limit-ratio"} if "limit-ratio" in expected else set())
    assert wanted <= codes(faults)
    assert all(fault.place.startswith("lib/inner.zip") for fault in faults)


@pytest.mark.parametrize("name", HOSTILE)
def test_every_path_stays_below_its_root_and_can_be_printed(tmp_path, name):
    data, _ = HOSTILE[name]
    for item in walk(put(tmp_path, data)):
        if isinstance(item, Fault):
            assert str(item).isprintable()
        else:
            assert item.path
            assert item.path.isprintable()
            assert not {"", ".", ".."} & set(item.path.split("/"))


def test_every_kind_of_fault_of_an_archive_has_a_recipe():
    elsewhere = {kind.code for kind in FaultKind if kind.code.startswith(("file-", "image-", "limit-"))} | {
        "no-decoder"
    }
    named = set().union(*(expected for _, expected in HOSTILE.values()))
    assert {kind.code for kind in FaultKind} - elsewhere - named == set()
    assert len(HOSTILE) >= 40


def test_an_entry_that_is_not_listed_is_given_out_all_the_same(tmp_path):
    path = put(tmp_path, zip_of(Member("a"), HIDDEN, Member("b"), unlisted=(HIDDEN,)))
    found = {item.path: item.listed for item in walk(path) if not isinstance(item, Fault)}
    assert found == {"a": True, "b": True, "hidden.txt": False}
    assert ("hidden.txt", Kind.FILE, HIDDEN.data) in unpacked(path)[0]


@pytest.mark.parametrize("where", ["in front", "between", "behind", "in the directory"])
def test_bytes_that_no_entry_owns_are_given_out(tmp_path, where):
    data = {
        "in front": zip_of(Member("a"), prefix=SECRET),
        "between": zip_of(Member("a", behind=SECRET), Member("b")),
        "behind": zip_of(Member("a"), suffix=SECRET),
        "in the directory": zip_of(Member("a"), before_end=SECRET),
    }[where]
    assert SECRET in [content for _, kind, content in unpacked(put(tmp_path, data))[0] if kind is Kind.SLACK]


def test_content_that_is_longer_than_stated_is_given_out_whole(tmp_path):
    entries, _ = unpacked(put(tmp_path, zip_of(Member("a", b"hello, hidden", size=5))))
    assert entries == [("a", Kind.FILE, b"hello, hidden")]


def test_content_before_damage_is_given_out(tmp_path):
    entries, _ = unpacked(put(tmp_path, zip_of(Member("a", b"x" * 90, crc=1))))
    assert entries == [("a", Kind.FILE, b"x" * 90)]


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(entries=5), "limit-entries"),
        (Limits(size=500), "limit-size"),
        (Limits(total=5000), "limit-total"),
        (Limits(faults=0), "limit-faults"),
        (Limits(links=1), "limit-links"),
        (Limits(spool=100), "limit-spool"),
        (Limits(depth=1), "limit-depth"),
    ],
)
def test_each_limit_is_kept_and_named(tmp_path, limits, code):
    links = [Member(f"l{n}", b"../../x", mode=0o120777) for n in range(3)]
    members = [Member(f"f{n}", b"x" * 1000) for n in range(9)]
    inner = Member("i.zip", zip_of(*(Member(f"g{n}", os.urandom(40)) for n in range(9))))
    assert code in codes(unpacked(put(tmp_path, zip_of(inner, *links, *members)), limits)[1])


def test_a_walk_ends_when_its_time_is_over(tmp_path):
    asked = iter([False] * 5 + [True] * 100)
    path = put(tmp_path, zip_of(*(Member(f"f{n}", b"x" * 100) for n in range(50))))
    entries, faults = unpacked(path, expired=lambda: next(asked))
    assert codes(faults) == {"limit-time"}
    assert 0 < len(entries) < 50


def test_more_faults_than_are_named_end_with_a_word_about_it(tmp_path):
    path = put(tmp_path, zip_of(*(Member(f"../{n}") for n in range(50))))
    _, faults = unpacked(path, Limits(faults=10))
    assert len(faults) == 11
    assert faults[-1].kind is FaultKind.LIMIT_FAULTS


def many_packages(number):
    """A file by which a package is recognised."""
    return f"node_modules/p{number}/package.json", b'{"name": "p%d", "version": "1.0.0"}' % number


def overlapping_sections():
    """A program whose thousands of sections are all the same thirty megabytes."""
    program = bytearray(elf({**{f".rodata{n}": b"" for n in range(4000)}, ".data": bytes(30 << 20)}))
    start, count = struct.unpack_from("<Q", program, 40)[0], 4000
    for index in range(1, count + 1):
        struct.pack_into("<2Q", program, start + 64 * index + 24, 64, 30 << 20)
    return bytes(program)


BOMBS = {
    "zeros in zeros": lambda: zip_of(Member("z.zip", zip_of(*(Member(f"{n}", bytes(30 << 20)) for n in range(8))))),
    "80,000 empty streams": lambda: __import__("gzip").compress(b"", mtime=0) * 80_000,
    "25,000 entries": lambda: zip_of(*(Member(f"d/{n}", b"", method=0) for n in range(25_000)), entries=25_000),
    "a name for every byte": lambda: tar_of(*(pax(path=b"x/" * 2000 + b"%d" % n) + tar_entry() for n in range(500))),
    "packages without end": lambda: zip_of(*(Member(*many_packages(n)) for n in range(25_000)), entries=25_000),
    "sections without end": lambda: zip_of(Member("bootstrap", overlapping_sections(), method=0)),
    "a map of one huge source": lambda: zip_of(
        Member("a.map", b'{"sourcesContent": ["' + "\U0001f600".encode() * 9_000_000)
    ),
    "a header of a megabyte": lambda: tar_of(pax(comment=b"x" * 900_000), tar_entry()),
    "later sizes without end": lambda: zip_of(*[later(bytes(20 << 20), name=f"{n}") for n in range(6)])[:-30],
}


@pytest.mark.parametrize("name", BOMBS)
def test_memory_stays_below_200_megabytes(tmp_path, name):
    path = put(tmp_path, BOMBS[name]())
    script = Path(__file__).parent / "measure.py"
    run = subprocess.run([sys.executable, script, path], capture_output=True, text=True, check=True, timeout=120)
    assert int(run.stdout) < 200


@pytest.mark.parametrize(
    "name", ["archives nested too deep", "one content for many entries", "an absolute name", "tar: cut"]
)
def test_nothing_is_written_that_has_a_name(tmp_path, monkeypatch, name):
    private, package = tmp_path / "private", tmp_path / "in"
    private.mkdir()
    package.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(private))
    data = HOSTILE.get(name, (zip_of(Member("big.zip", zip_of(Member("x", os.urandom(3 << 20), method=0)))), set()))[0]
    path = put(package, data)
    for _ in walk(path):
        assert list(private.iterdir()) == []
    assert sorted(tmp_path.rglob("*")) == sorted([private, package, path])


def test_open_files_are_closed_when_a_walk_is_left(tmp_path):
    inner = zip_of(Member("x", os.urandom(3 << 20), method=0))
    path = put(tmp_path, zip_of(Member("a.zip", inner), Member("b")))
    before = len(list(Path("/dev/fd").iterdir()))
    items = walk(path)
    for item in items:
        if not isinstance(item, Fault) and item.path == "x":
            break
    items.close()
    assert len(list(Path("/dev/fd").iterdir())) == before
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > before


def test_the_view_of_python_and_ours_agree_on_an_honest_archive_and_the_difference_is_named_on_a_split_one(tmp_path):
    path = put(tmp_path, zip_of(Member("a.txt", b"one", front={"name": b"b.txt"})))
    assert zipfile.ZipFile(path).namelist() == ["a.txt"]
    _, faults = unpacked(path)
    assert [(fault.kind.code, fault.detail) for fault in faults] == [("zip-name-differs", "b.txt")]
