"""osv.dev: which advisories there are about some packages, and the advisories themselves.

The names, ecosystems and versions of the packages are sent, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Struct

from lambdaward.model import InputError
from lambdaward.remote.service import Service

OSV = "https://api.osv.dev"

_AT_ONCE = 500
_PAGES, _RECORDS = 50, 5_000
_ANSWER, _RECORD = 32 << 20, 8 << 20
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")

T = TypeVar("T")


class Question(Struct, frozen=True):
    """A package by its ecosystem and name as OSV writes them; an empty version asks for all."""

    ecosystem: str
    name: str
    version: str = ""


class _Package(Struct, frozen=True):
    ecosystem: str
    name: str


class _Query(Struct, frozen=True, omit_defaults=True):
    package: _Package
    version: str = ""
    page_token: str = ""


class _Vulnerability(Struct, frozen=True):
    id: str


class _Result(Struct, frozen=True):
    vulns: tuple[_Vulnerability, ...] = ()
    next_page_token: str = ""


class _Results(Struct, frozen=True):
    results: tuple[_Result, ...]


def records(questions: Sequence[Question], address: str = OSV) -> Iterator[bytes]:
    """Every advisory about some packages, each once, as it was answered, by the order of ids. Raises `InputError` when the
    service does not answer as it should."""
    service = Service(address)
    names = sorted({name for part in _batches(questions) for name in _ids(service, part)})
    if len(names) > _RECORDS:
        raise InputError(service.host, f"it names {len(names):,} advisories", "ask about fewer packages")
    for name in names:
        record = service.ask(f"/v1/vulns/{quote(name, safe='')}", limit=_RECORD)
        if _decoded(service, record, _Vulnerability).id != name:
            raise _odd(service, f"another advisory than {name}")
        yield record


def _batches(questions: Sequence[Question]) -> Iterator[tuple[_Query, ...]]:
    queries = [_Query(_Package(each.ecosystem, each.name), each.version) for each in dict.fromkeys(questions)]
    return (tuple(queries[at : at + _AT_ONCE]) for at in range(0, len(queries), _AT_ONCE))


def _ids(service: Service, queries: tuple[_Query, ...]) -> Iterator[str]:
    """The ids of the advisories that queries are answered with, page after page."""
    for _ in range(_PAGES):
        if not queries:
            return
        answer = service.ask("/v1/querybatch", {"queries": queries}, limit=_ANSWER)
        results = _decoded(service, answer, _Results).results
        if len(results) != len(queries):
            raise _odd(service, f"{len(results)} answers to {len(queries)} questions")
        for found in (vulnerability.id for result in results for vulnerability in result.vulns):
            if not _ID.fullmatch(found):
                raise _odd(service, "an advisory whose id is none")
            yield found
        paired = zip(queries, results, strict=True)
        queries = tuple(_Query(q.package, q.version, r.next_page_token) for q, r in paired if r.next_page_token)
    raise _odd(service, "pages without an end")


def _decoded(service: Service, answer: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(answer, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise _odd(service, "something else than OSV's form") from None


def _odd(service: Service, what: str) -> InputError:
    return InputError(service.host, f"it answered with {what}", "ask osv.dev, or a mirror of it")
