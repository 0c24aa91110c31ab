"""Rules, findings and open questions for the tests of what happens to them, and templates that they are about."""

import datetime as dt
from pathlib import Path

from msgspec import structs

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import Confidence, Finding, Rule, Severity, Unsettled, fingerprint, settle
from lambdaward.model import Coverage, Estate, FileOrigin, Place, Positions, ResourceId, Unknown
from lambdaward.rules import load as rules
from lambdaward.rules.runner import answers
from lambdaward.sources import load

TODAY = dt.date(2026, 11, 23)
NOWHERE = Estate(resources={}, records={}, positions=Positions({}), files={}, coverage=Coverage())


def rule(identity="LWR901", name="first-rule", *folds, severity=Severity.HIGH):
    """A rule that never runs."""
    return Rule(
        id=identity,
        name=name,
        severity=severity,
        confidence=Confidence.HIGH,
        title="A rule of the tests",
        module="lambdaward.rules.rule",
        folds=folds,
    )


FIRST, SECOND = rule(), rule("LWR902", "second-rule")


def finding(of=FIRST, resource="A", *path, key="", stack="t.yaml", line=1, **changes):
    """A finding of a rule on a resource, in line `line` of its stack's file."""
    place = Place(ResourceId(stack, resource), path)
    made = Finding(
        rule=of,
        severity=of.severity,
        confidence=of.confidence,
        message=f"{resource} is wrong",
        resource=place.resource,
        resource_type="AWS::Lambda::Function",
        shown=resource,
        place=place,
        origin=FileOrigin(stack, line, 1, line, 9),
        fingerprint=fingerprint(of.id, place.resource, key),
        key=key,
    )
    return structs.replace(made, **changes)


def question(of=FIRST, resource="A", *path, key="", stack="t.yaml", line=1):
    """An open question of a rule on a resource."""
    place = Place(ResourceId(stack, resource), path)
    return Unsettled(
        rule=of,
        message=f"whether {resource} is wrong is not known",
        resource=place.resource,
        resource_type="AWS::Lambda::Function",
        shown=resource,
        place=place,
        origin=FileOrigin(stack, line, 1, line, 9),
        fingerprint=fingerprint(of.id, place.resource, key),
        unknowns=(Unknown("a parameter has no value", "--parameter X=..."),),
    )


def settled(*given, estate=NOWHERE, ran=(FIRST, SECOND), today=TODAY, accepted=(), **options):
    """A scan of some answers."""
    return settle(given, estate, ran, accepted, today=today, **options)


def written(folder, text, name="template.yaml"):
    """The estate of one template."""
    file = Path(folder) / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    estate = load([folder])
    assert not [problem for problem in estate.coverage.problems if problem.fatal]
    return estate


def flagged(estate, resource, *path, of=FIRST):
    """A finding at a place of an estate, where it really stands."""
    identity = next(each for each in estate.resources if each.name == resource)
    place = Place(identity, path)
    return structs.replace(
        finding(of, resource, *path, stack=identity.stack, key=".".join(map(str, path))), origin=estate.origin(place)
    )


def found_by(identity, estate):
    """What a real rule finds in an estate."""
    of, check = rules()[identity]
    return [each for each in answers(Analysis(estate, Given(today=TODAY)), of, check) if isinstance(each, Finding)]
