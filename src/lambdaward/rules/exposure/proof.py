"""What the rules on exposure share: names of functions, proofs as evidence, permissions as their principals see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdaward.analysis.exposure import target_of
from lambdaward.model import Link, Permission, Record, Verdict, Yes, literal, show
from lambdaward.rules import Evidence, Found

if TYPE_CHECKING:
    from lambdaward.analysis import Analysis


def evidence(verdict: Verdict) -> tuple[Evidence, ...]:
    """The steps of a proof, as evidence of a finding."""
    return tuple(Evidence(fact.text, fact.place) for fact in verdict.proof) if isinstance(verdict, Yes) else ()


def called(analysis: Analysis, link: Link | None) -> str:
    """The name of a function for people, with the qualifier that a link carries."""
    if link is None:
        return "a function"
    target = target_of(analysis.estate, link)
    name = analysis.estate.resources[target.function].shown if target.function else show(link.value)
    return f"{name}:{show(target.qualifier)}" if target.function and target.qualifier else name


def functions(analysis: Analysis, link: Link | None) -> tuple[str, ...]:
    """The function that a link means, as a finding lists those it touches."""
    target = target_of(analysis.estate, link).function if link else None
    return (str(target),) if target else ()


def service_of(permission: Permission) -> str:
    """The service that a permission's principal is (`s3.amazonaws.com`); empty for accounts, everybody and what is not known."""
    known = literal(permission.principal) or ""
    return known.lower() if known.lower().endswith((".amazonaws.com", ".amazonaws.com.cn", ".amazon.com")) else ""


def about(
    analysis: Analysis, permission: Permission, path: str, message: str, facts: tuple[Evidence, ...] = ()
) -> Found:
    """A finding about a permission. In the message, `{}` stands for its function."""
    return Found(
        record=permission,
        place=permission.place(path),
        message=message.replace("{}", called(analysis, permission.function)),
        evidence=facts,
        functions=functions(analysis, permission.function),
    )


def run_by(analysis: Analysis, api: Record) -> tuple[str, ...]:
    """The functions that the routes of an API run, as a finding lists those it touches."""
    routes = (route for route in analysis.exposure.routes if route.api.id == api.id)
    return tuple(dict.fromkeys(str(target) for route in routes if (target := analysis.exposure.runs(route))))
