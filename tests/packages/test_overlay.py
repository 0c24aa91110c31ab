"""Layers laid over each other: the later one wins in /opt, code goes before layers, and what is hidden is told."""

import pytest
from archives import Member, put, zip_of

from lambdaward.packages import Hiding, Part, overlay


@pytest.fixture
def laid(tmp_path):
    def build(runtime, code, *layers):
        def part(name, paths):
            return Part(name, put(tmp_path, zip_of(*(Member(path, name.encode()) for path in paths)), f"{name}.zip"))

        return overlay(part("code", code), [part(f"layer{n}", paths) for n, paths in enumerate(layers, 1)], runtime)

    return build


def told(result):
    return {(s.how.value, s.kind, s.name, s.seen.path, s.seen.part, s.hidden.part) for s in result.shadows}


def test_code_lies_in_the_task_root_and_layers_in_opt(laid):
    result = laid("python3.13", ["app.py"], ["python/a.py"], ["bin/tool"])
    assert {path: file.part for path, file in result.files.items()} == {
        "/opt/bin/tool": "layer2", "/opt/python/a.py": "layer1", "/var/task/app.py": "code",
    }  # fmt: skip
    assert not result.shadows


def test_a_later_layer_replaces_a_file_of_an_earlier_one(laid):
    result = laid("python3.13", [], ["python/a.py", "python/b.py"], ["python/a.py"])
    assert result.files["/opt/python/a.py"].part == "layer2"
    assert told(result) == {("replaces", "file", "/opt/python/a.py", "/opt/python/a.py", "layer2", "layer1")}


@pytest.mark.parametrize(
    ("runtime", "code", "layer", "kind", "name"),
    [
        ("python3.13", "requests/__init__.py", "python/requests/__init__.py", "module", "requests"),
        ("python3.13", "six.py", "python/lib/python3.13/site-packages/six.py", "module", "six"),
        ("nodejs22.x", "node_modules/uuid/index.js", "nodejs/node_modules/uuid/index.js", "module", "uuid"),
        ("nodejs22.x", "node_modules/@a/b/i.js", "nodejs/node22/node_modules/@a/b/i.js", "module", "@a/b"),
        ("ruby3.4", "vendor/bundle/ruby/3.4.0/gems/rack-3/x.rb", "ruby/gems/3.4.0/gems/rack-3/x.rb", "gem", "rack-3"),
        ("java21", "lib/gson.jar", "java/lib/gson.jar", "archive", "gson.jar"),
        ("provided.al2023", "lib/libssl.so.3", "lib/libssl.so.3", "library", "libssl.so.3"),
    ],
)
def test_what_is_found_first_hides_the_rest(laid, runtime, code, layer, kind, name):  # noqa: PLR0917 - one row of the table
    (shadow,) = laid(runtime, [code], [layer]).shadows
    assert (shadow.how, shadow.kind, shadow.name) == (Hiding.FOUND_FIRST, kind, name)
    assert (shadow.seen.part, shadow.hidden.part) == ("code", "layer1")


def test_a_versioned_layer_folder_goes_before_the_plain_one(laid):
    (shadow,) = laid("python3.13", [], ["python/six.py"], ["python/lib/python3.13/site-packages/six.py"]).shadows
    assert (shadow.seen.part, shadow.hidden.part) == ("layer2", "layer1")


@pytest.mark.parametrize(
    ("runtime", "code", "layer"),
    [
        ("python3.12", "six.py", "python/lib/python3.11/site-packages/six.py"),
        ("python3.13", "google/a/__init__.py", "python/google/b/__init__.py"),
        ("python3.13", "requests-1.dist-info/METADATA", "python/requests-1.dist-info/METADATA"),
        ("nodejs22.x", "uuid/index.js", "nodejs/node_modules/uuid/index.js"),
        ("provided.al2023", "six.py", "python/six.py"),
        ("python3.13", "bin/tool", "bin/tool"),
    ],
)
def test_what_is_not_looked_for_there_hides_nothing(laid, runtime, code, layer):
    assert not laid(runtime, [code], [layer]).shadows


def test_archives_inside_are_one_file_and_faults_are_kept(laid, tmp_path):
    inner = put(tmp_path, zip_of(Member("x.jar", zip_of(Member("A.class"))), Member("../up")), "outer.zip")
    result = overlay(Part("code", inner), [], "java21")
    assert set(result.files) == {"/var/task/x.jar", "/var/task/up"}
    assert {fault.kind.code for fault in result.faults} == {"name-escapes", "name-dots"}
