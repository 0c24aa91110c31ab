"""A text planted anywhere in a package stands in some view of some entry: in a folder, a zip, a layer's tar and an image."""

import gzip
import json
import py_compile
import random
import sqlite3
import string
import struct
import zlib

import pytest
from archives import Member, put, tar_entry, tar_of, zip_of
from images import as_folder, as_tar, layer, oci
from programs import elf, go_program

from lambdaward.packages import Fault, views, walk

CODE = "token = '{}'\n"
TEXTS = {
    "handler.py": CODE,
    "index.js": CODE,
    "node_modules/x/index.js": CODE,
    "nodejs/node_modules/x/index.js": CODE,
    "python/x/__init__.py": CODE,
    "python/lib/python3.12/site-packages/x.py": CODE,
    "venv/lib/python3.12/site-packages/x.py": CODE,
    "vendor/github.com/x/y/x.go": "var token = `{}`\n",
    "vendor/bundle/ruby/3.4.0/gems/x-1/lib/x.rb": CODE,
    "ruby/gems/3.4.0/gems/x-1/x.rb": CODE,
    "dist/app.min.js": "!function(){{var t='{}'}}();",
    "package-lock.json": '{{"resolved": "https://x:{}@example.com/x.tgz"}}',
    ".env": "TOKEN={}\n",
    ".npmrc": "//registry.example.com/:_authToken={}\n",
    ".git/config": "[remote]\nurl = https://x:{}@example.com/x.git\n",
    "config/production.json": '{{"token": "{}"}}',
    "app.properties": "token={}\n",
    "notes.ipynb": '{{"cells": [{{"source": ["t = \\"{}\\""]}}]}}',
    "image.svg": "<svg><!-- {} --></svg>",
    "README.md": "use {}\n",
    "yarn.lock": "resolved {}\n",
    "bin/aws/examples/iam.rst": "    token {}\n",
}


def token(name):
    """A text that stands nowhere else, made at run time."""
    return "".join(random.Random(name).choices(string.ascii_letters + string.digits, k=40))


def compiled(text, folder):
    source = folder / "source.py"
    source.write_text(CODE.format(text))
    return (folder / py_compile.compile(str(source), str(folder / "out.pyc"), doraise=True)).read_bytes()


def database(text, folder):
    connection = sqlite3.connect(folder / "source.db")
    connection.execute("create table t (a text)")
    connection.execute("insert into t values (?)", ["x" * 5000 + text + "y" * 5000])
    connection.commit()
    connection.close()
    return (folder / "source.db").read_bytes()


def png(text, folder):
    chunk = b"tEXtComment\0" + text.encode()
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">L", len(chunk) - 4) + chunk + struct.pack(">L", zlib.crc32(chunk))


def zipped(name, data):
    return zip_of(Member(name, data))


FILES = {
    "__pycache__/x.cpython-311.pyc": compiled,
    "data.sqlite": database,
    "bootstrap": lambda text, folder: elf({".text": b"code", ".rodata": b"\0" + text.encode() + b"\0"}),
    "main": lambda text, folder: go_program("mod\te.com/m\t(devel)\n") + text.encode(),
    "lib/x.jar": lambda text, folder: zipped("A.class", text.encode()),
    "x-1.0-py3-none-any.whl": lambda text, folder: zipped("x.py", text.encode()),
    "lib/fat.jar": lambda text, folder: zipped("BOOT-INF/lib/x.jar", zipped("A.class", text.encode())),
    "three.zip": lambda text, folder: zipped("a.zip", zipped("b.jar", zipped("c.zip", zipped("d", text.encode())))),
    "x.tar.gz": lambda text, folder: gzip.compress(tar_of(tar_entry(b"x", text.encode()))),
    "dump.sql.gz": lambda text, folder: gzip.compress(text.encode()),
    "wide.txt": lambda text, folder: ("\ufeff" + CODE.format(text)).encode("utf-16-le"),
    "dist/bundle.js": lambda text, folder: b"var a=1;" * 1_500_000 + CODE.format(text).encode(),
    "dist/index.js.map": lambda text, folder: json.dumps({"sourcesContent": [f"a = '\"{text}\"'"]}).encode(),
    "logo.png": png,
    "app.pyz": lambda text, folder: b"#!/usr/bin/env python3\n" + zipped("__main__.py", text.encode()),
    "App.dll": lambda text, folder: b"MZ" + bytes(99) + text.encode("utf-16-le"),
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    texts = {name: form.format(token(name)).encode() for name, form in TEXTS.items()}
    return {**texts, **{name: make(token(name), folder) for name, make in FILES.items()}}


def seen(path):
    """Which planted texts stand in some view of some entry."""
    wanted = {name: token(name).encode() for name in (*TEXTS, *FILES)}
    found = set()
    for item in walk(path):
        if isinstance(item, Fault):
            continue
        for view in views(item):
            for window in view.windows():
                found |= {name for name, text in wanted.items() if name not in found and text in window.data}
    return found


def as_package(form, planted, folder):
    if form == "folder":
        return as_folder(folder / "package", planted)
    if form == "zip":
        return put(folder, zip_of(*(Member(name, data) for name, data in planted.items())))
    if form == "tar":
        return put(folder, as_tar(planted), "layer.tar")
    removed = layer(
        *((f"{name.rpartition('/')[0]}/.wh.{name.rpartition('/')[2]}".lstrip("/"), b"") for name in planted)
    )
    return put(folder, as_tar(oci([layer(*planted.items()), removed])), "image.tar")


@pytest.mark.parametrize("form", ["folder", "zip", "tar", "image"])
def test_a_text_is_seen_wherever_it_was_planted(tmp_path, planted, form):
    assert seen(as_package(form, planted, tmp_path)) == set(planted)


def test_there_are_at_least_36_places_and_a_plain_reading_misses_some(planted):
    plain = {name for name, data in planted.items() if token(name).encode() in data}
    assert len(planted) >= 36
    assert len(planted) - len(plain) >= 8
