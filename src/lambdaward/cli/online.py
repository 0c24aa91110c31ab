"""Advisories as osv.dev answers them now, about the components of a package."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from lambdaward.cli.narration import narrate
from lambdaward.model import InputError
from lambdaward.packages import Component, Ecosystem
from lambdaward.packages.advisories import Store, import_advisories, osv_name
from lambdaward.remote import OSV, Question, records

_LATER = "ask again later, or import a dump: `lambdaward advisories import FILE`"
PLACE = "LAMBDAWARD_OSV"
"""Names the address of a mirror of osv.dev."""


@contextmanager
def answered(components: Iterable[Component]) -> Iterator[tuple[Store, str]]:
    """A store of all that is known of some components, for a while, and who answered. Says what is sent, and to whom. Raises
    `InputError` when there is no answer."""
    address = os.environ.get(PLACE) or OSV
    questions = sorted(
        {Question(*name, component.version) for component in components if (name := osv_name(component))},
        key=lambda each: (each.ecosystem, each.name, each.version),
    )
    narrate("note", f"the names and versions of {len(questions):,} packages are sent to {address}")
    with TemporaryDirectory() as folder:
        dump, store = Path(folder, "answers.json"), Path(folder, "store")
        dump.write_bytes(b"[" + b",".join(records(questions, address)) + b"]" if questions else b"[]")
        if passed := import_advisories(store, [dump], whole=Ecosystem).passed:
            raise InputError(address, f"it answered with an advisory that cannot be read: {passed[0].reason}", _LATER)
        yield Store(store), address
