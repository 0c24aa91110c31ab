"""Runtimes in an image, by where programs lie and by the variables that their images set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lambdaward.packages.images.facts import Inside
from lambdaward.packages.unpack import Entry

# A program of the system, in /usr/bin, is not what a function runs with: distributions bring an old Python for themselves.
_PYTHON = re.compile(r"(?:var/lang|usr/local|opt/[^/]+)/bin/python(\d\.\d+)")
_RUBY = re.compile(r"(?:var/lang|usr/local)/lib/ruby/(\d\.\d)\.\d+/.*")
_DOTNET = re.compile(r"(?:.*/)?Microsoft\.NETCore\.App/(\d+\.\d+)\.\d+/.*")
_NODE = re.compile(r"(?:.*/)?include/node/node_version\.h")
_JAVA = re.compile(r"(?:var/lang|usr/lib/jvm/[^/]+|usr/java/[^/]+|opt/[^/]+)/release")
_MAJOR = re.compile(rb"#define\s+NODE_MAJOR_VERSION\s+(\d{1,3})")
_RELEASE = re.compile(rb'JAVA_VERSION="(?:1\.)?(\d{1,3})')
_NUMBERS = re.compile(r"\D*(?:1\.(?=8))?(\d+)(?:\.(\d+))?")
_MOST = 1 << 16
_VARIABLES = {
    "PYTHON_VERSION": "python",
    "NODE_VERSION": "nodejs",
    "RUBY_VERSION": "ruby",
    "JAVA_VERSION": "java",
    "DOTNET_VERSION": "dotnet",
}


def by_file(entry: Entry) -> Inside | None:
    """The runtime that a file of an image belongs to."""
    path = entry.path
    if match := _PYTHON.fullmatch(path):
        return Inside(f"python{match[1]}", f"/{path}")
    if match := _RUBY.fullmatch(path):
        return Inside(f"ruby{match[1]}", f"/{path[: match.end(1)]}")
    if match := _DOTNET.fullmatch(path):
        return Inside(_named("dotnet", *match[1].split(".")), f"/{path[: match.end(1)]}")
    if _NODE.fullmatch(path) and (said := _MAJOR.search(entry.content.read(_MOST))):
        return Inside(_named("nodejs", said[1].decode()), f"/{path}")
    if _JAVA.fullmatch(path) and (said := _RELEASE.search(entry.content.read(_MOST))):
        return Inside(_named("java", said[1].decode()), f"/{path}")
    return None


def by_variable(variables: Iterable[str]) -> Iterator[Inside]:
    """The runtimes that an image's variables name, each written `NAME=value`."""
    for variable in variables:
        name, _, value = variable.partition("=")
        family, numbers = _VARIABLES.get(name), _NUMBERS.match(value)
        if family and numbers:
            yield Inside(_named(family, numbers[1], numbers[2] or "0"), f"the variable {name}")


def _named(family: str, major: str, minor: str = "0") -> str:
    """A runtime as Lambda names it."""
    match family:
        case "nodejs":
            return f"nodejs{major}.x"
        case "java":
            return "java8.al2" if major == "8" else f"java{major}"
        case "dotnet":
            return f"dotnetcore{major}.{minor}" if int(major) < 5 else f"dotnet{major}"
    return f"{family}{major}.{minor}"
