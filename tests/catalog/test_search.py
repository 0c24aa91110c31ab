"""Search paths: the order in which a runtime looks, with its own numbers filled in."""

import pytest

from lambdaward.catalog import search_paths


def folders(runtime, kind):
    return [folder for path in search_paths(runtime) if path.kind == kind for folder in path.folders]


@pytest.mark.parametrize(
    ("runtime", "kind", "expected"),
    [
        ("python3.13", "module", ["/var/task", "/opt/python/lib/python3.13/site-packages", "/opt/python"]),
        (
            "nodejs22.x",
            "module",
            ["/var/task/node_modules", "/opt/nodejs/node22/node_modules", "/opt/nodejs/node_modules"],
        ),
        ("ruby3.4", "gem", ["/var/task/vendor/bundle/ruby/3.4.0/gems", "/opt/ruby/gems/3.4.0/gems"]),
        ("java21", "archive", ["/var/task/lib", "/opt/java/lib"]),
        ("provided.al2023", "module", []),
        ("", "program", ["/opt/bin"]),
    ],
)
def test_a_runtime_looks_in_its_folders_in_order(runtime, kind, expected):
    assert folders(runtime, kind) == expected


def test_every_runtime_looks_for_libraries_in_its_code_before_layers():
    assert folders("dotnet8", "library") == ["/var/task", "/var/task/lib", "/opt/lib"]
