"""One estate bound to the engines: every answer is computed at most once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.analysis.access import Access
from lambdaward.analysis.exposure import Exposure
from lambdaward.analysis.guards import Guards
from lambdaward.analysis.roles import Roles
from lambdaward.model import Estate

if TYPE_CHECKING:
    from lambdaward.analysis.advised import Advised
    from lambdaward.analysis.contents import Contents
    from lambdaward.analysis.layers import Layers
    from lambdaward.analysis.malware import Malware
    from lambdaward.analysis.paths import Graph, Paths
    from lambdaward.analysis.permissions import Permissions
    from lambdaward.analysis.secrets import Secrets


class Given(Struct, frozen=True, kw_only=True):
    """What an analysis is told beside the estate: the date it judges by, the accounts that are trusted beside the estate's
    own, the folder of a store of advisories, and settings of single rules."""

    today: dt.date
    trusted_accounts: frozenset[str] = frozenset()
    advisories: Path | None = None
    settings: Mapping[str, Mapping[str, int]] = MappingProxyType({})


class Analysis:
    """The estate, and the engines' answers about it. Engines hang here as `functools.cached_property`; those that few estates
    need are imported when they are asked."""

    def __init__(self, estate: Estate, given: Given) -> None:
        self.estate = estate
        self.given = given

    @cached_property
    def exposure(self) -> Exposure:
        """How every function is started, by whom, and whether anybody on the internet can start it."""
        return Exposure(self.estate, self.guards, self.given.today)

    @cached_property
    def access(self) -> Access:
        """What roles, users and groups may do, by the policies of the estate."""
        return Access(self.estate)

    @cached_property
    def secrets(self) -> Secrets:
        """Secrets in plain sight, references to stored ones, and who may read them."""
        from lambdaward.analysis.secrets import Secrets  # noqa: PLC0415 - as above

        return Secrets(self.access, self.guards)

    @cached_property
    def permissions(self) -> Permissions:
        """Who can do what: everybody at once, and everything that one principal may do."""
        from lambdaward.analysis.permissions import Permissions  # noqa: PLC0415 - as above

        return Permissions(self.access, self.paths)

    @cached_property
    def guards(self) -> Guards:
        """Whom the resource policies of the estate admit."""
        return Guards(self.access)

    @cached_property
    def roles(self) -> Roles:
        """Execution roles: who runs with them, what they grant without limit, and whom their trust policies admit."""
        return Roles(self.estate, self.access, self.exposure)

    @cached_property
    def contents(self) -> Contents:
        """What is inside the packages that functions run."""
        from lambdaward.analysis.contents import Contents  # noqa: PLC0415 - as above

        return Contents(self.estate)

    @cached_property
    def malware(self) -> Malware:
        """Signs of malware in what functions run."""
        from lambdaward.analysis.malware import Malware  # noqa: PLC0415 - as above

        return Malware()

    @cached_property
    def advised(self) -> Advised:
        """Known vulnerabilities of what functions run."""
        from lambdaward.analysis.advised import Advised  # noqa: PLC0415 - as above

        return Advised(self.contents, self.given.advisories)

    @cached_property
    def paths(self) -> Paths:
        """Ways from what principals may do to more."""
        from lambdaward.analysis.paths import Paths  # noqa: PLC0415 - as above

        return Paths(self.access)

    @cached_property
    def graph(self) -> Graph:
        """What leads to what: functions, principals and data."""
        from lambdaward.analysis.paths import Graph  # noqa: PLC0415 - as above

        return Graph(self.access, self.paths, self.exposure)

    @cached_property
    def takeovers(self) -> Graph:
        """The graph without data: which functions and principals lead to others."""
        from lambdaward.analysis.paths import Graph  # noqa: PLC0415 - as above

        return Graph(self.access, self.paths, self.exposure, data=False)

    @cached_property
    def layers(self) -> Layers:
        """The layers that functions use, and what is behind each."""
        from lambdaward.analysis.layers import Layers  # noqa: PLC0415 - as above

        return Layers(self.estate, lambda: self.graph)
