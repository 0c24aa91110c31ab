"""Views: a text stands whole in some window of some view, wherever a format hides it, and its place is known."""

import compileall
import json
import py_compile
import random
import sqlite3
import string
import subprocess
import sys
from pathlib import Path

import pytest
from archives import Member, put, zip_of
from hypothesis import given
from hypothesis import strategies as st
from programs import elf

from lambdaward.packages import views, walk
from lambdaward.packages.formats import pyc, sourcemap, sqlite
from lambdaward.packages.views import OVERLAP, SIZE


def token(seed=1):
    """A text that stands nowhere else, made at run time."""
    return "".join(random.Random(seed).choices(string.ascii_letters + string.digits, k=40))


def seen(folder, name, data):
    """Views of a file by name, each with its windows."""
    for entry in walk(put(folder, zip_of(Member(name, data, method=0)))):
        if entry.path == name:
            return {view.name: list(view.windows()) for view in views(entry)}
    raise AssertionError(name)


def places(windows, text):
    """Where a text is, by its offset in the entry."""
    found = set()
    for window in windows:
        at = window.data.find(text)
        while at >= 0:
            found.add(window.origin(at))
            at = window.data.find(text, at + 1)
    return found


def test_a_plain_file_has_one_view_with_its_bytes(tmp_path):
    result = seen(tmp_path, "a.py", b"print('x')")
    assert [(name, [w.data for w in windows]) for name, windows in result.items()] == [("raw", [b"print('x')"])]


@pytest.mark.parametrize("at", [0, SIZE - 20, SIZE, SIZE + 1, 2 * SIZE - 7, 3 * SIZE])
def test_a_text_across_the_edge_of_a_window_is_whole_in_one(tmp_path, at):
    data = bytearray(b"." * (3 * SIZE + 100))
    text = token().encode()
    data[at : at + len(text)] = text
    windows = seen(tmp_path, "big.txt", bytes(data))["raw"]
    assert places(windows, text) == {at}
    assert max(len(window.data) for window in windows) < 2 * SIZE


def test_windows_put_together_without_what_they_repeat_are_the_file(tmp_path):
    data = random.Random(2).randbytes(2 * SIZE + 12345)
    windows = seen(tmp_path, "big.bin", data)["raw"]
    assert b"".join(window.data[window.repeated :] for window in windows) == data
    assert all(window.repeated in (0, OVERLAP) for window in windows)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("before", [3, 700_000])
def test_wide_text_is_decoded_and_its_place_is_exact(tmp_path, encoding, mark, before):
    text = token()
    data = (mark + "a" * before + "äß" + text + "b" * 9).encode(encoding)
    windows = seen(tmp_path, "config.txt", data)[encoding]
    assert places(windows, text.encode()) == {2 * (len(mark) + before + 2)}


SOURCE = """
PASSWORD = {text!r}
def f(a, *, b=("deep", {{"key": {text!r} + "1"}})):
    class C:
        note = {data!r}
        huge = 2 ** 200 + 3.5 + 4j
        def g(self):
            return [x for x in self.y if x in frozenset({{1, 2}})], lambda: {text!r} + "x", a[1:2], ...
    return C
"""


def test_constants_of_compiled_python_are_read(tmp_path):
    text = token()
    source = tmp_path / "m.py"
    source.write_text(SOURCE.format(text=text, data=token(2).encode()))
    data = py_compile.compile(str(source), str(tmp_path / "m.pyc")) and (tmp_path / "m.pyc").read_bytes()
    windows = seen(tmp_path, "m.pyc", data)["pyc"]
    lines = {line for window in windows for line in window.data.split(b"\n")}
    assert {text.encode(), b"PASSWORD", b"deep", b"key", token(2).encode(), b"note"} <= lines
    assert all(data[at : at + len(text)] == text.encode() for at in places(windows, text.encode()))


def test_every_text_of_compiled_standard_modules_is_read(tmp_path):
    import dis
    import types

    def constants(code):
        for value in code.co_consts:
            if isinstance(value, types.CodeType):
                yield from constants(value)
            elif isinstance(value, str):
                yield value

    for module in (dis, json, string, subprocess, random):
        py_compile.compile(module.__file__, str(tmp_path / "m.pyc"), doraise=True)
        found = {text for _, text in pyc.texts((tmp_path / "m.pyc").read_bytes())}
        code = compile(Path(module.__file__).read_text("utf-8"), "m", "exec")
        wanted = {text.encode() for text in constants(code) if len(text.encode()) > 1}
        assert wanted <= found


def test_texts_of_a_database_are_read_also_where_they_run_over_pages(tmp_path):
    text, long = token(), "x" * 9000 + token(3) + "y" * 9000
    database = sqlite3.connect(tmp_path / "d.db")
    database.execute("create table t (id integer primary key, a text, b blob, c real)")
    rows = [(f"row {n}", b"\x00\x01", n / 3) for n in range(2000)]
    database.executemany("insert into t (a, b, c) values (?, ?, ?)", [*rows, (text, b"", 1.0), (long, b"", 2.0)])
    database.commit()
    database.close()
    data = (tmp_path / "d.db").read_bytes()
    windows = seen(tmp_path, "d.db", data)["sqlite"]
    joined = b"".join(window.data[window.repeated :] for window in windows)
    assert long.encode() in joined
    assert all(f"row {n}\n".encode() in joined for n in range(2000))
    assert all(data[at : at + len(text)] == text.encode() for at in places(windows, text.encode()))


@pytest.mark.parametrize("encoding", ["UTF-16le", "UTF-16be"])
def test_texts_of_a_wide_database_are_read(tmp_path, encoding):
    database = sqlite3.connect(tmp_path / "d.db")
    database.execute(f"pragma encoding = '{encoding}'")
    database.execute("create table t (a text)")
    database.execute("insert into t values (?)", [token()])
    database.commit()
    database.close()
    windows = seen(tmp_path, "d.db", (tmp_path / "d.db").read_bytes())["sqlite"]
    assert any(token().encode() in window.data for window in windows)


def test_a_database_whose_row_claims_a_value_behind_its_end_has_no_text_there(tmp_path):
    huge, one_character = b"\xff" * 8 + b"\xfe", b"\x0f"
    payload = bytes([1 + len(huge) + len(one_character)]) + huge + one_character
    cell = bytes([len(payload), 1]) + payload
    leaf = b"\x0d\x00\x00\x00\x01\x00\x00\x00" + (200).to_bytes(2, "big")
    head = (sqlite.MAGIC + (512).to_bytes(2, "big")).ljust(100, b"\x00") + leaf
    data = (head.ljust(200, b"\x00") + cell).ljust(512, b"\x00")
    windows = seen(tmp_path, "d.db", data).get("sqlite", [])
    assert all(window.origin(len(window.data) // 2) <= len(data) for window in windows)
    assert b"".join(window.data for window in windows).strip() == b""


def test_sources_in_a_source_map_are_unescaped(tmp_path):
    source = f'const key = "{token()}";\n\tcall("ü\\n");'
    data = json.dumps({"version": 3, "sources": ["a.ts", "b.ts"], "sourcesContent": [None, source]}).encode()
    windows = seen(tmp_path, "index.js.map", data)["sources"]
    assert [window.data for window in windows] == [source.encode() + b"\n"]
    assert places(windows, b"const") == {data.index(b"const")}


def test_constants_of_a_program_are_read_without_its_code(tmp_path):
    program = elf({".text": b"code" * 9, ".rodata": b"\0" + token().encode() + b"\0"}, kinds={".text": (1, 6)})
    windows = seen(tmp_path, "bootstrap", program)["constants"]
    assert places(windows, token().encode()) == {program.index(token().encode())}
    assert not any(b"code" in window.data for window in windows)


def test_wide_strings_of_an_assembly_are_read(tmp_path):
    data = b"MZ" + random.Random(5).randbytes(501) + token().encode("utf-16-le") + b"\0\0\0"
    windows = seen(tmp_path, "App.dll", data)["wide-strings"]
    assert any(token().encode() in window.data for window in windows)
    assert places(windows, token().encode()) == {data.index(token().encode("utf-16-le"))}


@given(st.binary(max_size=400), st.integers(0, 2))
def test_damaged_files_end_and_do_not_raise(data, which):
    from lambdaward.packages.unpack.blob import Memory

    read = [
        lambda: pyc.texts(b"\xa7\r\r\n" + bytes(12) + b"\xe3" + data),
        lambda: sqlite.texts(Memory(sqlite.MAGIC + b"\x02\x00" + data)),
        lambda: sourcemap.sources(b'{"sourcesContent": [' + data),
    ][which]
    assert list(read()) is not None


@pytest.mark.parametrize("code", ["x = 1\n" * 100_000, "x = " + "[" * 90 + "]" * 90])
def test_large_and_deep_code_is_read(tmp_path, code):
    (tmp_path / "m.py").write_text(code)
    compileall.compile_file(tmp_path / "m.py", quiet=2, legacy=True)
    assert (tmp_path / "m.pyc").exists()
    assert "pyc" in seen(tmp_path, "m.pyc", (tmp_path / "m.pyc").read_bytes())
    assert sys.version_info >= (3, 11)
