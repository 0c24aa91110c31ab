"""Advisories in OSV form: a local store of them, and which of them are about the components of a package.

    import_advisories(folder, [Path("all.zip")])
    for match in matches(bill.components, Store(folder)): ...

No network is used. Where there are no advisories of an ecosystem, `without_data` says so.
"""

from lambdaward.packages.advisories.match import Match, matches, without_data
from lambdaward.packages.advisories.names import osv_name
from lambdaward.packages.advisories.reading import Passed
from lambdaward.packages.advisories.record import Import
from lambdaward.packages.advisories.store import Held, Imported, Store, import_advisories
from lambdaward.packages.advisories.symbols import functions_of, linked, programs, reached

__all__ = [
    "Held",
    "Import",
    "Imported",
    "Match",
    "Passed",
    "Store",
    "functions_of",
    "import_advisories",
    "linked",
    "matches",
    "osv_name",
    "programs",
    "reached",
    "without_data",
]
