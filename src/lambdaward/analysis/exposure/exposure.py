"""How every function is started, by whom, and whether anybody on the internet can start it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

from lambdaward.analysis.exposure.authorizers import Authorizer, authorizers
from lambdaward.analysis.exposure.balancers import balancer_triggers
from lambdaward.analysis.exposure.edge import edge_triggers, lattice_triggers
from lambdaward.analysis.exposure.feeds import Feed, feeds
from lambdaward.analysis.exposure.grants import INVOKE, Grants
from lambdaward.analysis.exposure.http import http_public, http_routes
from lambdaward.analysis.exposure.rest import rest_public, rest_routes
from lambdaward.analysis.exposure.route import Route
from lambdaward.analysis.exposure.services import service_triggers
from lambdaward.analysis.exposure.targets import target_of
from lambdaward.analysis.exposure.trigger import Target, Trigger
from lambdaward.analysis.exposure.urls import admitted, urls
from lambdaward.analysis.guards import Guards
from lambdaward.model import (
    Estate,
    Fact,
    Function,
    HttpApi,
    Link,
    Permission,
    Record,
    ResourceId,
    RestApi,
    Unknown,
    Unsure,
    Verdict,
    Yes,
    all_of,
    any_of,
)


class Exposure:
    """The triggers and routes of one estate. `today` decides which permission model function URLs are under."""

    def __init__(self, estate: Estate, guards: Guards, today: dt.date) -> None:
        self.estate = estate
        self.guards = guards
        self.today = today

    @cached_property
    def grants(self) -> Grants:
        """The functions' own resource policies."""
        return Grants(self.estate, self.guards)

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Every route of every API, whatever it runs."""
        return (*rest_routes(self.estate), *http_routes(self.estate))

    @cached_property
    def authorizers(self) -> tuple[Authorizer, ...]:
        """Every authorizer of every API."""
        return tuple(authorizers(self.estate))

    @cached_property
    def feeds(self) -> tuple[Feed, ...]:
        """What functions are fed from, each with the trigger that feeds it to a function."""
        return tuple(feeds(self.estate, self.all))

    def runs(self, route: Route) -> ResourceId | None:
        """The function that a route runs; `None` when it runs none that was scanned."""
        return None if route.function is None else target_of(self.estate, route.function).function

    @cached_property
    def all(self) -> tuple[Trigger, ...]:
        """Every trigger of the estate."""
        return tuple(self._triggers())

    def triggers(self, function: Function) -> tuple[Trigger, ...]:
        """What starts a function, by any of its qualifiers."""
        return self._by_function.get(function.id, ())

    def anonymous(self, function: Function) -> Verdict:
        """Whether anybody on the internet can start a function, with the first way as the proof. A permission for everybody
        counts: any AWS account is anybody."""
        return self._anonymous[function.id]

    def url_admits(self, target: Target) -> Verdict:
        """Whether a function's policy lets everybody through an open URL of one of its targets."""
        return admitted(self.grants, target, self.today)

    def public(self, api: Record) -> Verdict:
        """Whether the internet reaches an API."""
        if isinstance(api, RestApi):
            return rest_public(api, self.guards)
        if isinstance(api, HttpApi):
            return http_public(api)
        return Unsure((Unknown("the API is not in what was scanned", "scan its template as well"),))

    @cached_property
    def _by_function(self) -> dict[ResourceId, tuple[Trigger, ...]]:
        table: dict[ResourceId, list[Trigger]] = {}
        for trigger in self.all:
            if trigger.target.function is not None:
                table.setdefault(trigger.target.function, []).append(trigger)
        return {function: tuple(triggers) for function, triggers in table.items()}

    @cached_property
    def _anonymous(self) -> dict[ResourceId, Verdict]:
        return {function.id: self._judge(function) for function in self.estate.all(Function)}

    def _judge(self, function: Function) -> Verdict:
        permissions = self.grants.of(Target(function.id))
        direct = (self._direct(permission) for permission in permissions)
        documents = (self._stated(subject) for subject in self.grants.guarded(function.id))
        return any_of((*(trigger.anonymous for trigger in self.triggers(function)), *direct, *documents))

    def _stated(self, subject: ResourceId) -> Verdict:
        answer = self.guards.open(subject, INVOKE)
        return Yes((Fact("its policy lets every AWS account invoke it"),)) if isinstance(answer, Yes) else answer

    def _direct(self, permission: Permission) -> Verdict:
        answer = self.grants.direct(permission)
        if isinstance(answer, Yes):
            return Yes((Fact(f"{permission.shown} lets every AWS account invoke it", permission.place("Principal")),))
        return answer

    def _triggers(self) -> Iterator[Trigger]:
        yield from urls(self.estate, self.grants, self.today)
        yield from (self._of_route(route, route.function) for route in self.routes if route.function is not None)
        yield from balancer_triggers(self.estate)
        yield from lattice_triggers(self.estate)
        yield from edge_triggers(self.estate)
        yield from service_triggers(self.estate)

    def _of_route(self, route: Route, function: Link) -> Trigger:
        public = self.public(route.api)
        asks = Fact(f"{route.shown} of {route.api.shown} asks nobody who they are", route.place)
        return Trigger(
            kind=route.kind,
            target=target_of(self.estate, function),
            link=function,
            record=route.record,
            place=route.place,
            shown=f"{route.shown} of {route.api.shown}",
            front=route.api.id,
            auth=route.auth,
            public=public,
            anonymous=all_of((Yes((asks,)) if isinstance(route.open, Yes) else route.open, public)),
        )
