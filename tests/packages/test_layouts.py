"""Made-up packages in the layouts that package managers leave: every component that is there, and no other."""

import json

import pytest
from archives import Member, put, zip_of
from programs import distribution, jar, npm

from lambdaward.packages import inspect

SIX = distribution("six", "1.16.0", {"six.py": b"1"})
LOCKS = {
    "package-lock.json": json.dumps({"packages": {"node_modules/z": {"version": "9.0.0"}}}).encode(),
    "node_modules/.package-lock.json": json.dumps({"packages": {"node_modules/y": {"version": "2.0.0"}}}).encode(),
    "poetry.lock": b'[[package]]\nname = "x"\nversion = "1.0"\n',
    "uv.lock": b'[[package]]\nname = "x"\nversion = "1.0"\n',
    "Pipfile.lock": b'{"default": {"x": {"version": "==1.0"}}}',
    "requirements.txt": b"x==1.0\n",
    "Gemfile.lock": b"GEM\n  specs:\n    rails (7.0.0)\n",
}


def below(folder, files):
    return {f"{folder}{name}": data for name, data in files.items()}


def packed(files, links=()):
    members = [Member(name, data) for name, data in files.items()]
    return zip_of(*members, *(Member(name, target, method=0, mode=0o120777) for name, target in links))


def package(name, version):
    return {"package.json": json.dumps({"name": name, "version": version}).encode()}


PNPM = {
    **below("node_modules/.pnpm/lodash@4.17.21/node_modules/lodash/", package("lodash", "4.17.21")),
    **below("node_modules/.pnpm/@s+b@1.0.0_lodash@4.17.21/node_modules/@s/b/", package("@s/b", "1.0.0")),
}
LINKS = [("node_modules/lodash", b".pnpm/lodash@4.17.21/node_modules/lodash")]
YARN = {".pnp.cjs": b"/* */", ".yarn/cache/lodash-npm-4.17.21-6382.zip": packed(npm("lodash", "4.17.21"))}
VERSIONS = {
    **below("node_modules/a/", package("a", "v1.0.0")),
    **below("node_modules/b/", package("b", " 1.2.3 ")),
    **below("node_modules/c/", package("c", "=2.0.0-beta.1")),
    **below("node_modules/d/", package("d", "latest")),
}
BOOT = {
    "app.jar": packed(
        {
            **jar({}, "Manifest-Version: 1.0\nImplementation-Title: demo\nImplementation-Version: 0.0.1\n"),
            "BOOT-INF/lib/spring-core-6.1.0.jar": packed(jar({})),
            "BOOT-INF/lib/jackson-core-2.15.2.jar": packed(jar({"jackson-core": ("com.fasterxml", "2.15.2")})),
        }
    )
}
PEX = {
    "app.pex": b"#!/usr/bin/env python3\n"
    + packed({**below(".deps/six-1.16.0-py3-none-any.whl/", SIX), "PEX-INFO": b"{}"})
}
EGG = {"EGG-INFO/PKG-INFO": b"Name: simple\nVersion: 1.0\n", "simple/__init__.py": b""}
BANNERS = b"/*!\n * Vue.js v2.6.14\n * (c) 2014-2021 Evan You\n */\n\n/*! axios v1.7.2 Copyright (c) 2024 */\n"


@pytest.mark.parametrize(
    ("files", "links", "there"),
    [
        pytest.param(PNPM, LINKS, {"npm/lodash@4.17.21", "npm/%40s/b@1.0.0"}, id="pnpm"),
        pytest.param(YARN, [], {"npm/lodash@4.17.21"}, id="yarn's cache of archives"),
        pytest.param(VERSIONS, [], {"npm/a@1.0.0", "npm/b@1.2.3", "npm/c@2.0.0-beta.1"}, id="versions as npm takes them"),
        pytest.param({**LOCKS, **npm("a", "1.0.0")}, [], {"npm/a@1.0.0"}, id="what only locks list is a ghost"),
        pytest.param(below("python/lib/python3.12/site-packages/", SIX), [], {"pypi/six@1.16.0"}, id="a layer"),
        pytest.param(below("python/simple-1.0-py3.11.egg/", EGG), [], {"pypi/simple@1.0"}, id="an egg as a folder"),
        pytest.param({"simple-1.0-py3.11.egg": packed(EGG)}, [], {"pypi/simple@1.0"}, id="an egg as an archive"),
        pytest.param({"app.pyz": b"#!/usr/bin/python3\n" + packed(SIX)}, [], {"pypi/six@1.16.0"}, id="a zipapp"),
        pytest.param(PEX, [], {"pypi/six@1.16.0"}, id="a pex"),
        pytest.param(
            BOOT,
            [],
            {"maven/demo@0.0.1", "maven/spring-core@6.1.0", "maven/com.fasterxml/jackson-core@2.15.2"},
            id="Spring Boot's jar of jars",
        ),
        pytest.param(
            jar({"gson": ("com.google.code.gson", "2.10"), "y": ("x", "1.0")}),
            [],
            {"maven/com.google.code.gson/gson@2.10", "maven/x/y@1.0"},
            id="libraries merged into the function's own archive",
        ),
        pytest.param({"index.js.LICENSE.txt": BANNERS}, [], {"npm/vue@2.6.14", "npm/axios@1.7.2"}, id="moved banners"),
        pytest.param({"LICENSE.txt": b"/*! axios v1.7.2 */"}, [], set(), id="a licence that quotes a banner"),
    ],
)  # fmt: skip
def test_what_is_there_is_told_and_nothing_else(tmp_path, files, links, there):
    found = inspect(put(tmp_path, packed(files, links))).components
    assert {component.purl.removeprefix("pkg:") for component in found} == there
