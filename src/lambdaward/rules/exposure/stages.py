"""The stages of the APIs that run functions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdaward.model import HttpApi, HttpStage, RestApi, RestStage
from lambdaward.rules.exposure.proof import run_by

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis


def stages(analysis: Analysis) -> Iterator[tuple[RestStage | HttpStage, RestApi | HttpApi, tuple[str, ...]]]:
    """Each stage with its API and the functions that it runs, where it runs any."""
    estate = analysis.estate
    for rest in estate.all(RestStage):
        if (api := estate.follow(RestApi, rest.api)) and (run := run_by(analysis, api)):
            yield rest, api, run
    for http in estate.all(HttpStage):
        if (front := estate.follow(HttpApi, http.api)) and (run := run_by(analysis, front)):
            yield http, front, run
