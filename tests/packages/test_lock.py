"""The lock: the same input gives the same bytes, and whatever changes is named."""

import tempfile
from pathlib import Path

import pytest
from archives import Member, put, zip_of
from hypothesis import given, settings
from hypothesis import strategies as st
from images import as_folder, as_tar, layer, oci
from programs import npm, shared_library
from signatures import JOB, PROFILE, members, signed_files, signed_zip, usual_chain
from test_image import HOSTILE_IMAGES

from lambdaward import api
from lambdaward.model import InputError
from lambdaward.packages.lock import (
    Item,
    Lock,
    Locked,
    Project,
    broken_seals,
    compare,
    framed,
    inside,
    lock_of,
    read_lists,
    read_lock,
    sealed,
    written,
    written_lists,
)
from lambdaward.packages.signing.chain import fingerprint
from lambdaward.packages.unpack import Kind

LAYER = "arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:14"
TEMPLATE = f"""
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders
      Runtime: python3.13
      Code: orders.zip
      Layers: [{LAYER}, !Ref Shared]
  Shared:
    Type: AWS::Lambda::LayerVersion
    Properties: {{Content: shared.zip}}
  Pictures:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Code: {{ImageUri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/pictures@sha256:{"ab" * 32}"}}
  Small:
    Type: AWS::Lambda::Function
    Properties: {{Runtime: python3.13, Code: {{ZipFile: "import subprocess; subprocess.run([])"}}}}
"""
CODE = {"index.py": b"import subprocess\nsubprocess.run([])\n", "lib/": b"", "lib/a.py": b"A = 1\n"}


@pytest.fixture
def shop(tmp_path):
    """A project with a function from a zip, one from an image, one written in the template, and a layer."""
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    (tmp_path / "orders.zip").write_bytes(signed_zip(CODE))
    (tmp_path / "shared.zip").write_bytes(zip_of(Member("python/x.py", b"import socket\nsocket.socket()\n")))
    return tmp_path


def made(folder, **given):
    """The lock of a project."""
    return lock_of(Project(api.load(folder, portable=True), given={k: Path(v) for k, v in given.items()}))


def by_name(lock):
    """What a lock says, by name."""
    return {each.name: each for each in (*lock.function, *lock.layer, *lock.package)}


def named(old, new):
    """What changed, as kind, name and what."""
    return {(change.name, change.what) for change in compare(old, new).changes}


def test_a_lock_says_what_everything_is(shop):
    found = by_name(made(shop).lock)
    orders, shared = found["template.yaml/Orders"], found["template.yaml/Shared"]
    assert (orders.code, orders.entries, orders.function_name) == ("archive", 5, "orders")
    assert orders.layers == (LAYER, "template.yaml/Shared")
    assert (orders.signing_profile, orders.signing_job) == (PROFILE, JOB)
    assert orders.signing_root == fingerprint(usual_chain()[-1])
    assert orders.capabilities == ("exec",)
    assert shared.capabilities == ("network",)
    assert (found[LAYER].publisher, found[LAYER].arn, found[LAYER].list) == ("AWS", LAYER, "")
    assert found["template.yaml/Pictures"].image_digest == f"sha256:{'ab' * 32}"
    assert found["template.yaml/Small"].capabilities == ("exec",)


def test_the_same_input_gives_the_same_bytes_wherever_it_lies(shop, tmp_path_factory):
    other = tmp_path_factory.mktemp("elsewhere")
    for file in shop.iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    first, second = made(shop), made(other)
    assert written(first.lock) == written(second.lock)
    assert "".join(written_lists(first.lists)) == "".join(written_lists(second.lists))


def test_what_is_written_is_read_back(shop, tmp_path):
    found = made(shop)
    lock, lists = tmp_path / "lambda.lock", tmp_path / "lambda.lock.entries"
    lock.write_text(written(found.lock))
    lists.write_text("".join(written_lists(found.lists)))
    assert read_lock(lock) == found.lock
    assert dict(read_lists(lists)) == dict(found.lists)
    assert broken_seals(read_lock(lock)) == ()


def test_components_are_locked(tmp_path):
    package = put(tmp_path, zip_of(*members(npm("left-pad", "1.3.0"))))
    [locked] = lock_of(Project(packages={"package": package})).lock.package
    assert locked.components == ("pkg:npm/left-pad@1.3.0",)


def test_code_that_is_one_file_or_no_package_is_not_known_and_ends_nothing(tmp_path):
    function = "Type: AWS::Lambda::Function, Properties: {Runtime: nodejs24.x, Code: index.js}"
    (tmp_path / "template.yaml").write_text(f"Resources: {{Orders: {{{function}}}}}")
    (tmp_path / "index.js").write_text("exports.handler = 1")
    [locked] = made(tmp_path).lock.function
    assert (locked.path, locked.list, locked.unknown != ()) == ("index.js", "", True)


def test_an_image_is_locked_with_its_entries(tmp_path):
    make, _ = next(iter(HOSTILE_IMAGES.values()))
    package = put(tmp_path, as_tar(make()), "image.tar")
    [locked] = lock_of(Project(packages={"image.tar": package})).lock.package
    assert (locked.code, locked.entries > 3) == ("image", True)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda m: [replace_member(m[0], data=b"import os, sys\n"), *m[1:]], {"package hash", "ordered list of entries", "size"}),
        (lambda m: [m[1], m[0], *m[2:]], {"package hash", "ordered list of entries"}),
        (lambda m: [*m, Member("new.py", b"")], {"package hash", "ordered list of entries", "number of entries", "size"}),
        (lambda m: [replace_member(m[0], mode=0o104755), *m[1:]], {"package hash", "ordered list of entries"}),
        (lambda m: [replace_member(m[0], mode=0o120777), *m[1:]], {"package hash", "ordered list of entries"}),
        (lambda m: [replace_member(m[0], method=0), *m[1:]], {"package hash", "size"}),
    ],
    ids=["content", "order", "added", "rights", "made a link", "only recompressed"],
)  # fmt: skip
def test_each_change_of_a_package_is_named_by_what_changed(tmp_path, change, what):
    whole = members({"index.py": b"import os\n", "lib/a.py": b"A = 1\n"})
    old = lock_of(Project(packages={"p": put(tmp_path, zip_of(*whole))})).lock
    new = lock_of(Project(packages={"p": put(tmp_path, zip_of(*change(whole)), "new.zip")})).lock
    found = {each for _, each in named(old, new)}
    assert what - found == set()
    assert found - what <= {"capabilities", "size"}


def replace_member(member, **other):
    """A member with something else."""
    return Member(**{**member.__dict__, **other})


def test_what_the_signature_does_not_tell_apart_the_list_does(tmp_path):
    """An entry cut in two: the same digest of AWS Signer, another list."""
    notes = signed_files({"notes.txt": b"Orders.\nhandler2.pyimport os\n"})
    cut = {"notes.txt": b"Orders.\n", "handler2.py": b"import os\n", **{k: notes[k] for k in list(notes)[1:]}}
    locks = [
        lock_of(Project(packages={"p": put(tmp_path, zip_of(*members(files)), f"{index}.zip")})).lock
        for index, files in enumerate((notes, cut))
    ]
    assert {lock.package[0].signing_job for lock in locks} == {JOB}
    assert ("p", "ordered list of entries") in named(*locks)


def test_each_change_of_a_project_is_named(shop):
    old = made(shop).lock
    text = (shop / "template.yaml").read_text()
    for before, after, name, what in (
        (":14", ":15", "template.yaml/Orders", "layers or their order"),
        (f"[{LAYER}, !Ref Shared]", f"[!Ref Shared, {LAYER}]", "template.yaml/Orders", "layers or their order"),
        ("ab" * 32, "cd" * 32, "template.yaml/Pictures", "image digest"),
        ("subprocess; subprocess.run([])", "socket; socket.socket()", "template.yaml/Small", "capabilities"),
    ):
        (shop / "template.yaml").write_text(text.replace(before, after))
        assert (name, what) in named(old, made(shop).lock)
    (shop / "template.yaml").write_text(text)
    (shop / "orders.zip").write_bytes(signed_zip({**CODE, "index.py": b"import os\n"}))
    assert ("template.yaml/Orders", "package hash") in named(old, made(shop).lock)


def test_a_signature_that_no_longer_holds_is_named(shop):
    old = made(shop).lock
    files = {**signed_files(CODE), "index.py": b"import os\n"}
    (shop / "orders.zip").write_bytes(zip_of(*members(files)))
    found = named(old, made(shop).lock)
    assert {("template.yaml/Orders", "signing job"), ("template.yaml/Orders", "signing profile")} <= found


def test_what_cannot_be_looked_at_any_more_is_unknown_not_unchanged(shop):
    given = {LAYER: put(shop, zip_of(Member("extensions/insights", b"\x7fELF")), "insights.zip")}
    estate = api.load(shop, portable=True)
    old = lock_of(Project(estate, given=given)).lock
    assert compare(old, lock_of(Project(estate, given=given)).lock).changes == ()
    difference = compare(old, lock_of(Project(estate)).lock)
    assert difference.changes == ()
    assert {(change.name, change.what) for change in difference.unknown} == {
        (LAYER, "package hash"),
        (LAYER, "ordered list of entries"),
    }


@given(st.data())
def test_a_changed_line_of_a_lock_is_named_or_is_no_lock(data):
    lock = Lock(package=(sealed("package", Locked(name="p", sha256="ab" * 32, size=3, capabilities=("exec",))),))
    lines = written(lock).splitlines(keepends=True)
    at = data.draw(st.integers(1, len(lines) - 1))
    place = data.draw(st.integers(0, max(0, len(lines[at]) - 2)))
    letter = data.draw(st.sampled_from('0123456789abcdefxyz"=[] '))
    if lines[at][place : place + 1] == letter:
        return
    lines[at] = lines[at][:place] + letter + lines[at][place + 1 :]
    changed = _reread("".join(lines))
    assert changed is None or changed == lock or broken_seals(changed) or changed.version != 1


def _reread(text):
    """The lock that a text is; `None` when it is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lambda.lock")
        path.write_text(text)
        try:
            return read_lock(path)
        except InputError:
            return None


def test_a_changed_line_beside_the_lock_is_named(tmp_path, shop):
    text = "".join(written_lists(made(shop).lists))
    path = tmp_path / "lists"
    for before, after, said in (
        ('"lib/a.py"', '"lib/b.py"', "does not have this digest"),
        ("file 0 ", "file 7 ", "does not have this digest"),
        ("file 0 ", "file x ", "this line is no entry"),
        (" exec ", " magic ", "this line is no entry"),
    ):
        assert before in text
        path.write_text(text.replace(before, after, 1))
        with pytest.raises(InputError, match=said):
            read_lists(path)


@given(
    st.lists(st.tuples(st.binary(max_size=6), st.integers(0, 3)), max_size=5),
    st.lists(st.tuples(st.binary(max_size=6), st.integers(0, 3)), max_size=5),
)
def test_two_lists_have_one_digest_only_when_they_are_the_same(left, right):
    lists = [[Item(name, Kind.FILE, 0, size, "00" * 32) for name, size in side] for side in (left, right)]
    assert (framed(lists[0]) == framed(lists[1])) is (left == right)


def test_what_is_new_inside_a_version_is_told(tmp_path):
    old = {"python/x.py": b"A = 1\n", "python/gone.py": b"", **npm("left-pad", "1.3.0")}
    new = {
        "python/x.py": b"import socket\nsocket.socket()\n",
        "python/fast.so": shared_library("fast.so", [], b""),
        "extensions/agent": b"#!/bin/sh\ncurl x\n",
        **npm("left-pad", "1.4.0"),
    }
    both = [
        lock_of(Project(packages={"p": put(tmp_path, zip_of(*members(files)), f"{index}.zip")}))
        for index, files in enumerate((old, new))
    ]
    found = inside("package", both[0].lock.package[0], both[1].lock.package[0], (both[0].lists, both[1].lists))
    assert {each.shown: each.capabilities for each in found.added} == {
        "python/fast.so": ("native",),
        "extensions/agent": ("exec", "network", "start-up"),
    }
    assert [each.shown for each in found.removed] == ["python/gone.py"]
    assert [new.capabilities for old, new in found.changed if new.shown == "python/x.py"] == [("network",)]
    said = {(change.what, change.old, change.new) for change in found.fields}
    assert ("component", "", "pkg:npm/left-pad@1.4.0") in said
    assert ("component", "pkg:npm/left-pad@1.3.0", "") in said
    assert {("capability", "", able) for able in ("exec", "native", "network", "start-up")} <= said


def test_names_that_are_no_utf8_and_hostile_texts_are_read_back(tmp_path):
    package = put(
        tmp_path, zip_of(Member(b"\xff\xfe.py", b"1"), Member('a\x1b"\\\n.py', b"2"), Member("\U0001f600", b"3"))
    )
    found = lock_of(Project(packages={'p"\x1b\U0001f600': package}))
    lock, lists = tmp_path / "lock", tmp_path / "lists"
    lock.write_text(written(found.lock), encoding="utf-8")
    lists.write_text("".join(written_lists(found.lists)), encoding="utf-8")
    assert read_lock(lock) == found.lock
    assert read_lists(lists) == found.lists
    assert "\x1b" not in lock.read_text() + lists.read_text()


@pytest.mark.parametrize(
    "text", ["", "version = 2\n", "version = [", "version = 1\nother = 1\n", "[[function]]\nname = 1\n", "a = " + "[" * 9000]
)  # fmt: skip
def test_what_is_no_lock_is_an_error_that_names_the_file(tmp_path, text):
    path = tmp_path / "lambda.lock"
    path.write_text(text)
    if text == "":
        assert read_lock(path) == Lock()
        return
    with pytest.raises(InputError, match=r"lambda\.lock"):
        read_lock(path)


LAYOUT = oci([layer(("etc/passwd", b"root")), layer(("app/index.py", b"import os\n" * 40))])


@settings(max_examples=150)
@given(st.data())
def test_one_changed_byte_of_an_image_is_named_whichever_it_is(data):
    name = data.draw(st.sampled_from(sorted(LAYOUT)))
    at = data.draw(st.integers(0, len(LAYOUT[name]) - 1))
    changed = bytearray(LAYOUT[name])
    changed[at] ^= data.draw(st.integers(1, 255))
    with tempfile.TemporaryDirectory() as folder:
        before = as_folder(Path(folder, "before"), LAYOUT)
        after = as_folder(Path(folder, "after"), {**LAYOUT, name: bytes(changed)})
        old, new = (lock_of(Project(packages={"image": path})).lock for path in (before, after))
    found = compare(old, new)
    assert found.changes or found.unknown
