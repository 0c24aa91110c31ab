"""One route of an API, whichever kind of API it is and however it is written."""

from __future__ import annotations

from msgspec import Struct

from lambdaward.model import FlagValue, Link, Place, Record, TextValue, Value, Verdict


class Route(Struct, frozen=True, kw_only=True):
    """A route: what it answers to, whether it asks who calls (`open` is yes when it asks nobody), and what it runs.

    `api` is the API's record, `record` and `place` say where the route stands. `auth` is as in `Trigger`; `authorizer` the name
    or identity of the authorizer it uses; `function` the function it runs, if it runs one, and `parameters` what it maps into
    the call.
    """

    kind: str
    api: Record
    record: Record
    place: Place
    verb: str
    path: str
    open: Verdict
    auth: str
    authorizer: Link | str | None = None
    function: Link | None = None
    key_required: FlagValue = None
    validator: Value = None
    integration: TextValue = None
    parameters: Value = None

    @property
    def shown(self) -> str:
        """The route for people."""
        return f"{self.verb} {self.path}".strip()

    @property
    def preflight(self) -> bool:
        """Whether this is the preflight request of CORS, which browsers send without credentials."""
        return self.verb.upper() == "OPTIONS"

    @property
    def writes(self) -> bool:
        """Whether the route takes requests that change something, by its verb."""
        return self.verb.upper() not in {"GET", "HEAD", "OPTIONS"}
