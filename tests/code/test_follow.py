"""Imports, followed from the handler: what they lead to, and what only running the code would tell."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaward.code import follow
from lambdaward.code.javascript import javascript_imports
from lambdaward.code.python import python_imports


def paths(files, handler, runtime):
    return set(follow({name: text.encode() for name, text in files.items()}, handler=handler, runtime=runtime).files)


PACKAGE = {
    "/var/task/requests/__init__.py": "from . import api",
    "/var/task/requests/api.py": "",
    "/var/task/requests/other.py": "",
}


@pytest.mark.parametrize(
    "source",
    [
        "import requests",
        "import requests.api",
        "from requests import get",
        "def f():\n  import requests",
        "try:\n  import requests\nexcept ImportError: pass",
        "import importlib; importlib.import_module('requests')",
        "__import__('requests')",
        "if TYPE_CHECKING: pass\nelse: import requests",
    ],
)
def test_python_imports_lead_to_every_package_on_the_way(source):
    found = paths({"/var/task/app.py": source, **PACKAGE}, "app.handler", "python3.13")
    assert found == {"/var/task/app.py", "/var/task/requests/__init__.py", "/var/task/requests/api.py"}


@pytest.mark.parametrize(
    "source", ["# import requests", "'import requests'", "if TYPE_CHECKING: import requests", "import os"]
)
def test_what_does_not_import_leads_nowhere(source):
    assert paths({"/var/task/app.py": source, **PACKAGE}, "app.handler", "python3.13") == {"/var/task/app.py"}


@pytest.mark.parametrize(
    ("handler", "file"), [("app.h", "app.py"), ("src/app.h", "src/app.py"), ("src.app.h", "src/app.py")]
)
def test_handlers_are_found_as_the_runtime_finds_them(handler, file):
    assert f"/var/task/{file}" in paths({f"/var/task/{file}": ""}, handler, "python3.13")


def test_code_hides_what_a_layer_has_under_the_same_name():
    files = {
        "/var/task/app.py": "import x, y",
        "/var/task/x.py": "",
        "/opt/python/x.py": "",
        "/opt/python/lib/python3.13/site-packages/y/__init__.py": "",
        "/opt/python/y/__init__.py": "",
    }
    found = paths(files, "app.handler", "python3.13")
    assert found == {"/var/task/app.py", "/var/task/x.py", "/opt/python/lib/python3.13/site-packages/y/__init__.py"}


@pytest.mark.parametrize(
    ("source", "package", "names"),
    [
        ("from . import a", "p.q", {"p.q", "p.q.a"}),
        ("from .. import a", "p.q", {"p", "p.a"}),
        ("from ..b import a", "p.q", {"p.b", "p.b.a"}),
        ("from .... import a", "p.q", {"a"}),
        ("from p import *", "", {"p"}),
        ("import_module('.x', 'p')", "p", {"p.x"}),
    ],
)
def test_relative_names_are_made_whole(source, package, names):
    assert set(python_imports(source.encode(), package).names) == names


def test_modules_under_computed_names_are_not_known():
    followed = follow({"/var/task/app.py": b"__import__(name)"}, handler="app.h", runtime="python3.13")
    assert "computed names" in followed.unknowns[0].reason


@pytest.mark.parametrize("source", [b"def (", b"\x00", b"print 'x'", b"(" * 5000])
def test_a_file_that_is_no_source_is_said(source):
    followed = follow({"/var/task/app.py": source}, handler="app.h", runtime="python3.13")
    assert "cannot be read" in followed.unknowns[0].reason


@pytest.mark.parametrize(
    ("handler", "runtime"), [("nowhere.h", "python3.13"), ("app.h", "java21"), ("", "python3.13"), ("app.h", "")]
)
def test_a_handler_that_is_not_found_leaves_everything_open(handler, runtime):
    followed = follow({"/var/task/app.py": b""}, handler=handler, runtime=runtime)
    assert followed.unknowns
    assert not followed.files


NODE = {
    "/var/task/node_modules/a/package.json": '{"main": "lib/a"}',
    "/var/task/node_modules/a/lib/a.js": "require('./b'); require('c')",
    "/var/task/node_modules/a/lib/b/index.js": "",
    "/var/task/node_modules/a/node_modules/c/index.js": "",
    "/var/task/node_modules/a/node_modules/c/package.json": "{}",
    "/var/task/node_modules/c/index.js": "",
    "/var/task/node_modules/c/package.json": "{}",
}
REACHED = {
    "/var/task/node_modules/a/lib/a.js",
    "/var/task/node_modules/a/lib/b/index.js",
    "/var/task/node_modules/a/node_modules/c/index.js",
}


@pytest.mark.parametrize(
    "source",
    [
        "const a = require('a')",
        'const a = require( "a" )',
        "import a from 'a'",
        "import 'a'",
        'import {\n x as y\n} from "a"',
        "export * from 'a'",
        "await import('a')",
        "require(`a`)",
        "const r = /[\"']/; require('a')",
        "x = 1 / 2; require('a') / 3",
        "s = 'it\\'s'; require('a')",
        "`${1}`; require('a')",
    ],
)
def test_javascript_imports_lead_to_the_nearest_package(source):
    found = paths({"/var/task/index.js": source, **NODE}, "index.handler", "nodejs22.x")
    assert found == {"/var/task/index.js", *REACHED}


@pytest.mark.parametrize(
    "source",
    [
        "// require('a')",
        "/* require('a') */",
        "'require(\"a\")'",
        "`require('a')`",
        "required('a')",
        "require('node:fs')",
    ],
)
def test_comments_and_texts_import_nothing(source):
    assert paths({"/var/task/index.js": source, **NODE}, "index.handler", "nodejs22.x") == {"/var/task/index.js"}


def test_a_required_name_that_is_computed_is_not_known():
    assert javascript_imports(b"require(name)").computed
    assert javascript_imports(b"import(`./${name}.js`)").computed
    assert not javascript_imports(b"require('a'); import x from 'y'; import.meta.url").computed


def test_exports_of_a_package_lead_to_all_that_a_condition_may_choose():
    exports = {".": {"import": "./m.mjs", "require": ["./c.cjs"]}, "./sub/*": "./s/*.js"}
    files = {
        "/var/task/index.mjs": "import 'a'; import 'a/sub/x'",
        "/opt/nodejs/node_modules/a/package.json": json.dumps({"exports": exports}),
        "/opt/nodejs/node_modules/a/m.mjs": "",
        "/opt/nodejs/node_modules/a/c.cjs": "",
        "/opt/nodejs/node_modules/a/s/x.js": "",
        "/opt/nodejs/node_modules/a/s/y.js": "",
    }
    found = paths(files, "index.handler", "nodejs22.x")
    assert {path.rpartition("/a/")[2] for path in found} == {"/var/task/index.mjs", "m.mjs", "c.cjs", "s/x.js"}


def test_the_way_to_a_file_is_told():
    followed = follow(
        {name: text.encode() for name, text in {"/var/task/index.js": "require('a')", **NODE}.items()},
        handler="index.h",
        runtime="nodejs22.x",
    )
    assert followed.way("/var/task/node_modules/a/lib/b/index.js") == (
        "/var/task/index.js",
        "/var/task/node_modules/a/lib/a.js",
        "/var/task/node_modules/a/lib/b/index.js",
    )


@given(st.binary(max_size=400))
def test_no_bytes_are_too_strange(data):
    python_imports(data, "p")
    javascript_imports(data)


@given(st.text(alphabet="/*`'\"\\[](){}\nrequire import from a", max_size=200))
def test_no_text_is_too_strange_for_the_tokenizer(text):
    javascript_imports(text.encode())
