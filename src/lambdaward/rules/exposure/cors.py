"""What has cross-origin settings of its own: function URLs and HTTP APIs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from lambdaward.model import FunctionUrl, HttpApi, Place
from lambdaward.rules.exposure.proof import called, functions, run_by

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis

# Patterns that API Gateway understands beside `*`.
PATTERNS = ("https://*", "http://*")


class Sharing(Struct, frozen=True):
    """A function URL or HTTP API with cross-origin settings, its name for people, where they stand, and whom it runs."""

    record: FunctionUrl | HttpApi
    shown: str
    path: str
    functions: tuple[str, ...]

    def place(self, name: str) -> Place:
        """Where one of the settings stands."""
        return self.record.place(self.path, name)


def sharing(analysis: Analysis) -> Iterator[Sharing]:
    """Each function URL and HTTP API that has cross-origin settings."""
    for url in analysis.estate.all(FunctionUrl):
        if url.cors_origins:
            name = f"the URL of {called(analysis, url.function)}"
            yield Sharing(url, name, "Cors", functions(analysis, url.function))
    for api in analysis.estate.all(HttpApi):
        if api.cors_origins:
            yield Sharing(api, api.shown, "CorsConfiguration", run_by(analysis, api))
