"""Function URLs: who gets through them, under the permission model of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from lambdaward.analysis.exposure.grants import Grants
from lambdaward.analysis.exposure.targets import target_of
from lambdaward.analysis.exposure.trigger import Target, Trigger
from lambdaward.iam import BOTH_FOR_ALL, BOTH_FOR_NEW
from lambdaward.model import (
    Estate,
    Fact,
    Function,
    FunctionUrl,
    No,
    Unknown,
    Unsure,
    Verdict,
    Yes,
    all_of,
    is_equal,
    literal,
    negate,
)


def urls(estate: Estate, grants: Grants, today: dt.date) -> Iterator[Trigger]:
    """The trigger that each function URL is."""
    for url in estate.all(FunctionUrl):
        if url.function is None:
            continue
        target = target_of(estate, url.function, url.qualifier)
        auth = literal(url.auth_type) or "?"
        yield Trigger(
            kind="url",
            target=target,
            link=url.function,
            record=url,
            place=url.place("AuthType"),
            shown=f"function URL {url.shown}",
            auth={"NONE": "none", "AWS_IAM": "iam"}.get(auth, "?"),
            public=Yes((Fact("a function URL is on the internet", url.place()),)),
            anonymous=all_of((_asks_nobody(url), admitted(grants, target, today), _not_stopped(estate, target))),
        )


def _asks_nobody(url: FunctionUrl) -> Verdict:
    answer = is_equal(url.auth_type, "NONE")
    fact = Fact(f"{url.shown} asks nobody who they are", url.place("AuthType"))
    return Yes((fact,)) if isinstance(answer, Yes) else answer


def admitted(grants: Grants, target: Target, today: dt.date) -> Verdict:
    """Whether the function's policy lets everybody through an open URL."""
    if target.function is None:
        return Unsure((Unknown("the function behind the URL is not in what was scanned", "scan its template as well"),))
    both = grants.through_url(target, auth="NONE", both=True)
    if today >= BOTH_FOR_ALL or not isinstance(both, No):
        return _explained(both)
    half = grants.through_url(target, auth="NONE", both=False)
    if isinstance(half, Yes) and today < BOTH_FOR_NEW:
        return half
    return (
        Unsure((Unknown("a URL of before October 2025 needs one permission less"),))
        if not isinstance(half, No)
        else half
    )


def _explained(verdict: Verdict) -> Verdict:
    missing = "no permission lets everybody call it: both lambda:InvokeFunctionUrl and lambda:InvokeFunction are needed"
    return No((Fact(missing),)) if isinstance(verdict, No) else verdict


def _not_stopped(estate: Estate, target: Target) -> Verdict:
    """Whether the function can run at all: a reserved concurrency of 0 stops it."""
    function = estate.get(Function, target.function)
    if function is None:
        return Yes()
    answer = negate(is_equal(function.reserved_concurrency, 0))
    return answer if not isinstance(answer, Yes) else Yes()
