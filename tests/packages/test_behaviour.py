"""What code can do is told without running it: plainly used names count, words in texts and comments do not."""

import py_compile
from pathlib import Path

import pytest
from archives import put, zip_of
from programs import distribution, elf, go_functions, npm
from signatures import members

from lambdaward.packages.behaviour import Behaviour, acts_of
from lambdaward.packages.components import Collector
from lambdaward.packages.unpack import Entry, walk, walk_bytes


def able(source, name="m.py"):
    """What a file of some source can do."""
    data = source if isinstance(source, bytes) else source.encode()
    return {act.capability for entry in walk_bytes(data, name) for act in acts_of(entry)}


def told(source, name="m.py"):
    """What it does it with, and where."""
    return [(act.what, act.line) for entry in walk_bytes(source.encode(), name) for act in acts_of(entry)]


@pytest.mark.parametrize(
    ("source", "capability"),
    [
        ("import subprocess\nsubprocess.run(['ls'])", "exec"),
        ("from os import system as s\ns('ls')", "exec"),
        ("import os as o\no.popen('ls')", "exec"),
        ("from os import *\nsystem('ls')", "exec"),
        ("__import__('os').system('ls')", "exec"),
        ("import os\ngetattr(os, 'system')('ls')", "exec"),
        ("import importlib\nimportlib.import_module('subprocess').Popen('ls')", "exec"),
        ("import asyncio\nasync def f():\n    await asyncio.create_subprocess_exec('ls')", "exec"),
        ("import socket\ns = socket.socket()", "network"),
        ("from urllib.request import urlopen\nurlopen('https://a.invalid')", "network"),
        ("import urllib.request\nurllib.request.urlopen('https://a.invalid')", "network"),
        ("import http.client\nclass Mine(http.client.HTTPConnection):\n    pass", "network"),
        ("from http.client import HTTPSConnection as H\nconnection = H", "network"),
        ("import requests\nrequests.post('https://a.invalid')", "network"),
        ("import boto3\nboto3.client('s3')", "network"),
        ("from functools import partial\nimport socket\npartial(socket.create_connection, 1)", "network"),
        ("eval(x)", "dynamic-code"),
        ("exec(compile(x, 'a', 'exec'))", "dynamic-code"),
        ("import marshal\nmarshal.loads(x)", "dynamic-code"),
        ("import os\nos.environ['AWS_SECRET_ACCESS_KEY']", "credentials"),
        ("import os\nos.getenv('AWS_SESSION_TOKEN')", "credentials"),
        ("url = 'http://169.254.170.2/v2/credentials'", "credentials"),
        ("open('/proc/self/environ').read()", "credentials"),
        ("open(path, 'w')", "file-writes"),
        ("from pathlib import Path\nPath('a').write_text('')", "file-writes"),
        ("import shutil\nshutil.rmtree('a')", "file-writes"),
        ("import ctypes\nctypes.CDLL('libc.so.6')", "native"),
    ],
)
def test_what_python_plainly_does_is_told(source, capability):
    assert able(source) == {capability}


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess\nimport socket\n",
        '"""Calls subprocess.run, socket.socket() and eval()."""\n# os.system("ls"), exec(x)',
        "text = 'subprocess.run() reads AWS_SECRET_ACCESS_KEY of the environment'",
        "import re\nre.compile('a')\ncursor.execute('select 1')\nframe.eval('a + b')",
        "def eval(x):\n    return x\neval('1')",
        "def handler(exec):\n    exec('a')",
        "from .compat import open\nopen('a', 'w')",
        "import socket\nisinstance(x, socket.socket)\ntry:\n    f()\nexcept socket.error:\n    pass",
        "import socket\ndef f(s: socket.socket) -> socket.socket:\n    return s",
        "class Path:\n    def write_text(self, x): ...\nself.write_text('a')",
        "open('/tmp/a', 'w')\nopen('a')\nopen('a', 'rb')",
        "import os\nos.environ['AWS_ACCESS_KEY_ID'] = 'x'\ndel os.environ['AWS_SESSION_TOKEN']",
        "import types\nregister(types.FunctionType, f)",
    ],
)
def test_what_it_only_speaks_of_is_not(source):
    assert able(source) == set()


@pytest.mark.parametrize(
    ("source", "capability"),
    [
        ("const { spawn } = require('child_process')", "exec"),
        ("import { exec } from 'node:child_process'", "exec"),
        ("const c = await import('child_process')", "exec"),
        ("var h=require('https');h.request(x)", "network"),
        ("import axios from 'axios'", "network"),
        ("const { S3Client } = require('@aws-sdk/client-s3')", "network"),
        ("await fetch(url, {method: 'POST'})", "network"),
        ("globalThis.fetch(url)", "network"),
        ("new WebSocket(url)", "network"),
        ("eval(code)", "dynamic-code"),
        ("new Function('a', body)", "dynamic-code"),
        ("require('vm').runInNewContext(x)", "dynamic-code"),
        ("process.env.AWS_SECRET_ACCESS_KEY", "credentials"),
        ("const KEY = 'AWS_SESSION_TOKEN'", "credentials"),
        ("get('http://169.254.170.2/v2/x')", "credentials"),
        ("fs.writeFileSync('a', b)", "file-writes"),
        (" ".join(f"var _0x{n:04x};" for n in range(60)), "obfuscated"),
    ],
)
def test_what_javascript_plainly_does_is_told(source, capability):
    assert able(source, "index.js") == {capability}


@pytest.mark.parametrize(
    "source",
    [
        "// const c = require('child_process')\n/**\n * import x from 'https'\n */",
        "import type { Agent } from 'http'",
        "const { METHODS } = require('node:http')",
        "require('http').STATUS_CODES[404]",
        "const { isIP } = require('net')",
        "cache.fetch(key)\nclass A { async fetch(key, options = {}) { } }\nfunction fetch(a) { }",
        "throw new Error('fetch() failed')",
        "parser.eval(code)",
        "var root = freeGlobal || Function('return this')()",
        "const scheme = 'http'; if (protocol === 'https') {}",
        "var a = _0x12ab; var b = _0x34cd",
        "emit('AWS_REGION')",
    ],
)
def test_what_javascript_only_speaks_of_is_not(source):
    assert able(source, "index.js") == set()


def test_declarations_of_types_do_nothing():
    assert able("declare module 'child_process'; import x from 'https'", "index.d.ts") == set()


def test_the_line_and_the_function_are_told():
    assert told("import os\n\nif True:\n    os.system('ls')\n    os.system('ls')\n") == [("os.system", 4)]


@pytest.mark.parametrize(
    "source",
    [
        "(" * 5000,
        "a" + ".b" * 900 + "()",
        "getattr(" * 90 + "a" + ", 'b')" * 90,
        "x = '\\ud800.ssh/id_\\x1b[2J'",
        "a" + ".b" * 200_000 + "; eval(x)",
        "-" * 100_000 + "eval(x)",
        "eval(x)\n" + "+".join(["a"] * 200_000),
        "if 1:\n" * 3 + "eval(",
        b"\xff\xfe\x00" * 100 + b"eval(x)",
        b"\0" * 1000 + b" eval(x)",
        "eval(x) #" + "x" * 2_000_000,
    ],
)
def test_source_that_no_parser_takes_is_judged_by_its_words(source):
    assert able(source) <= {"dynamic-code"}


def test_source_of_another_version_is_judged_by_its_words():
    assert able("import subprocess\nprint 'a'\nsubprocess.call('ls')") == {"exec"}


def test_compiled_python_without_source_is_told_by_its_names(tmp_path):
    source = tmp_path / "m.py"
    source.write_text(
        "import os, socket as s\nfrom urllib.request import urlopen\ndef f():\n    os.system(s.socket())\n"
    )
    data = Path(py_compile.compile(str(source), str(tmp_path / "m.pyc"), doraise=True)).read_bytes()
    assert able(data, "m.pyc") == {"exec", "network"}
    assert able(data, "__pycache__/m.cpython-311.pyc") == set()
    assert able(data[:40], "m.pyc") == set()


@pytest.mark.parametrize(("wide", "order"), [(True, "<"), (False, ">")])
def test_native_code_is_told_by_what_it_asks_the_linker_for(wide, order):
    assert able(library(["connect", "execve", "memcpy"], wide=wide, order=order), "x.so") == {
        "native",
        "network",
        "exec",
    }
    assert able(library(["memcpy"], wide=wide, order=order), "x.so") == {"native"}


def library(names, *, wide=True, order="<"):
    """A library that asks for functions, and has one of its own called like one."""
    import struct

    strings = b"\0" + b"".join(name.encode() + b"\0" for name in [*names, "system"])
    form = order + ("IBBHQQ" if wide else "IIIBBH")

    def symbol(name, section):
        at = strings.index(b"\0" + name.encode() + b"\0") + 1
        return struct.pack(form, at, 0x12, 0, section, 0, 0) if wide else struct.pack(form, at, 0, 0, 0x12, 0, section)

    table = bytes(struct.calcsize(form)) + b"".join(symbol(name, 0) for name in names) + symbol("system", 7)
    return elf(
        {".dynstr": strings, ".dynsym": table}, wide=wide, order=order, kinds={".dynsym": (11, 2), ".dynstr": (3, 2)}
    )


def test_a_go_program_is_told_by_the_functions_that_are_linked_in():
    names = go_functions(("main.main", "os/exec.(*Cmd).Start"))
    assert able(elf({".gopclntab": names}), "bootstrap") == {"native", "exec", "start-up"}


def test_capabilities_belong_to_the_component_whose_file_shows_them(tmp_path):
    files = {
        **distribution("google-one", "1.0", {"google/one.py": b"import socket\nsocket.socket()"}),
        **distribution("google-two", "2.0", {"google/two.py": b"eval(x)", "google/tests/t.py": b"exec(y)"}),
        **npm("@a/b", "3.0.0"),
        "node_modules/@a/b/lib/x.sh": b"curl https://a.invalid",
        "app.py": b"import os\nos.system('ls')",
    }
    behaviour, collector = Behaviour(), Collector()
    for entry in walk(put(tmp_path, zip_of(*members(files)))):
        assert isinstance(entry, Entry)
        collector.see(entry)
        behaviour.see(entry)
    found = {
        (each.purl, each.capability): [str(s) for s in each.sights] for each in behaviour.able(collector.components())
    }
    assert found == {
        ("", "exec"): ["app.py:2: os.system"],
        ("pkg:npm/%40a/b@3.0.0", "exec"): ["node_modules/@a/b/lib/x.sh: words"],
        ("pkg:npm/%40a/b@3.0.0", "network"): ["node_modules/@a/b/lib/x.sh: words"],
        ("pkg:pypi/google-one@1.0", "network"): ["google/one.py:2: socket.socket"],
        ("pkg:pypi/google-two@2.0", "dynamic-code"): ["google/two.py:1: eval", "google/tests/t.py:1: exec"],
    }


def test_a_long_file_is_read_closely_when_most_of_it_is_text_and_by_its_words_when_it_is_dense():
    use = "import subprocess\nsubprocess.run([])\n"
    assert told(use + "'''" + 'it is "text"\n' * 50_000 + "'''\n" + "# more\n" * 9_000) == [("subprocess.run", 2)]
    assert told(use + "a[0] = b + c(d, 1)\n" * 30_000) == [("words", 0)]
    assert told(use + "x = f'a' + 'b'\n" + "a[0] = b + c(d, 1)\n" * 30_000) == [("words", 0)]
    assert told(use + "x = f'''" + "{a + b}" * 60_000 + "'''\n") == [("words", 0)]
