"""Made-up estates and scans of any size, in the shape that real ones have: templates of 25 functions, names, frames, proofs."""

import random
import sys
from collections.abc import Iterator
from itertools import islice
from types import ModuleType

from lambdaward.findings import (
    Confidence,
    Edit,
    Evidence,
    Finding,
    Fix,
    FunctionSummary,
    Kind,
    Rule,
    Scan,
    Severity,
    Standards,
    Suppressed,
    Suppression,
    Unsettled,
    fingerprint,
)
from lambdaward.model import Coverage, Estate, FileOrigin, Place, Positions, Problem, ResourceId, SourceFile, Unknown

PER_TEMPLATE = 25
PER_FUNCTION = 12
VERBS = (
    "place",
    "list",
    "fulfil",
    "refund",
    "export",
    "index",
    "notify",
    "audit",
    "resize",
    "settle",
    "import",
    "archive",
)
NOUNS = (
    "order",
    "invoice",
    "customer",
    "payment",
    "parcel",
    "image",
    "report",
    "ticket",
    "session",
    "stock",
    "price",
    "return",
)
TEAMS = ("checkout", "billing", "search", "warehouse", "media", "growth", "support", "ledger", "fraud", "mobile")
TABLES = ("orders", "ledger", "profiles", "events", "carts", "tokens")
RUNTIMES = ("python3.13", "python3.9", "nodejs22.x", "nodejs18.x", "java21", "provided.al2023", "dotnet8")

HELP = """{title}.

## What it finds

{title}, for every function of the estate. A `Condition` on the statement counts.

## Why it matters

Whoever takes over the function acts with its role. The blast radius is what the role allows.

## How to fix

Name the actions and the resources that the function needs:

```yaml
Policies:
  - DynamoDBReadPolicy: {{TableName: !Ref Orders}}
```

- Start from what the code calls.
- Remove the rest.

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-permissions.html
"""

TITLES = (
    ("LWI901", "identity", "wildcard-action", "A role allows every action of a service", Severity.HIGH),
    ("LWX902", "exposure", "public-url", "A function URL answers anybody", Severity.CRITICAL),
    ("LWR903", "runtime", "old-runtime", "The runtime is past its end of life", Severity.MEDIUM),
    ("LWL904", "logging", "logs-for-ever", "Log events are kept for ever", Severity.LOW),
    ("LWN905", "network", "open-egress", "A security group lets everything out", Severity.INFO),
    ("LWS906", "secrets", "secret-in-environment", "A secret stands in the environment", Severity.HIGH),
)


def _rule(identity: str, subject: str, name: str, title: str, severity: Severity) -> Rule:
    module = f"synthetic.rules.{subject}.{name}"
    sys.modules[module] = ModuleType(module, HELP.format(title=title))
    kind = Kind.ADVICE if subject == "network" else Kind.PROBLEM
    standards = Standards(cwe=("CWE-732",), checkov=("CKV_AWS_111",), security_hub=("Lambda.1",))
    return Rule(
        id=identity,
        name=name,
        severity=severity,
        confidence=Confidence.HIGH,
        kind=kind,
        title=title,
        module=module,
        standards=standards,
    )


RULES = tuple(_rule(*facts) for facts in TITLES)


def template(number: int) -> str:
    """The path of one template."""
    return f"services/{TEAMS[number % len(TEAMS)]}/{NOUNS[number % len(NOUNS)]}-{number}/template.yaml"


def functions(count: int, chance: random.Random) -> Iterator[FunctionSummary]:
    """Functions, `PER_TEMPLATE` of them in each template."""
    for number in range(count):
        file, at = template(number // PER_TEMPLATE), number % PER_TEMPLATE
        name = f"{chance.choice(VERBS).title()}{chance.choice(NOUNS).title()}{number}"
        yield FunctionSummary(
            id=f"{file}/{name}",
            shown=name,
            runtime=chance.choice(RUNTIMES),
            role=f"{name}Role",
            url=f"https://{name.lower()}.example (NONE)" if chance.random() < 0.03 else "",
            vpc=chance.random() < 0.2,
            triggers=tuple(
                chance.sample(
                    ("sqs: Jobs", "http: GET /" + name.lower(), "s3: Uploads", "rate(5 minutes)"), chance.randint(0, 2)
                )
            ),
            file=file,
            line=2 + at * PER_FUNCTION,
        )


def source(file: str, members: list[FunctionSummary]) -> SourceFile:
    """The template that declares some functions."""
    lines = ["Resources:"]
    for function in members:
        lines += [
            f"  {function.shown}:",
            "    Type: AWS::Serverless::Function",
            "    Properties:",
            f"      Runtime: {function.runtime}",
            "      CodeUri: src/",
            "      Policies:",
            "        - Statement:",
            "            Effect: Allow",
            f"            Action: dynamodb:*  # for {function.shown}",
            f"            Resource: !GetAtt {function.shown}Table.Arn",
            "      Environment:",
            "        Variables: {KEY: ********}",
        ]
    return SourceFile(file, tuple(lines))


def _origin(function: FunctionSummary, line: int, column: int = 7, end_line: int = 0) -> FileOrigin:
    at = function.line + line
    return FileOrigin(function.file, at, column, (function.line + end_line) if end_line else at, 30)


def finding(number: int, function: FunctionSummary, chance: random.Random) -> Finding:
    """One finding with everything that a finding can have."""
    rule = chance.choice(RULES)
    file, _, name = function.id.rpartition("/")
    resource = ResourceId(file, name)
    place = Place(resource, ("Properties", "Policies", 0))
    table = chance.choice(TABLES)
    return Finding(
        rule=rule,
        severity=rule.severity,
        confidence=chance.choice(list(Confidence)),
        message=f"`{name}` may do dynamodb:* on table {table}, and answers without a check of who calls",
        resource=resource,
        resource_type="AWS::Serverless::Function",
        shown=name,
        place=place,
        origin=_origin(function, 8, 13, 9),
        fingerprint=fingerprint(rule.id, resource, str(number)),
        because=(f"the function URL of {name} answers anybody", f"its role may write to {table}"),
        evidence=(
            Evidence("this statement allows it", place, _origin(function, 8, 13)),
            Evidence(f"{name} runs {function.runtime}", None, _origin(function, 3)),
        ),
        remediation=f"Name the actions that {name} calls on {table}, and set `AuthType: AWS_IAM`.",
        fix=Fix(f"Allow {name} reading only", (Edit(place, ("dynamodb:GetItem", "dynamodb:Query")),)),
        assumes=("Stage",) if number % 7 == 0 else (),
        functions=(function.id,),
    )


def unsettled(function: FunctionSummary) -> Unsettled:
    """One open question."""
    file, _, name = function.id.rpartition("/")
    return Unsettled(
        rule=RULES[0],
        message=f"whether {name} may do everything is not known",
        resource=ResourceId(file, name),
        resource_type="AWS::Serverless::Function",
        shown=name,
        place=Place(ResourceId(file, name)),
        origin=_origin(function, 0),
        fingerprint=fingerprint("LWI901", ResourceId(file, name), "open"),
        unknowns=(Unknown("the policy's ARN is a parameter without a default", "--parameter PolicyArn=..."),),
    )


def made(count: int = 40, found: int = 60, seed: int = 1) -> tuple[Scan, Estate]:
    """A scan of `count` functions with `found` findings, some open questions and some suppressed, and its estate."""
    chance = random.Random(seed)
    every = tuple(functions(count, chance))
    files = {template(n // PER_TEMPLATE): list(every[n : n + PER_TEMPLATE]) for n in range(0, count, PER_TEMPLATE)}
    findings = [finding(number, chance.choice(every), chance) for number in range(found + found // 20)]
    findings.sort(key=lambda each: -each.severity)
    accepted = Suppression(
        rules=("LWI901",), reason="accepted by the platform team", until="2027-01-01", file=template(0), line=3
    )
    coverage = Coverage(
        files=tuple(files),
        skipped={"services/legacy/app.json": "not a template: it has no Resources"},
        problems=(
            Problem("services/broken.yaml", "a mapping key stands twice: `Runtime`", "remove one of them", line=12),
        ),
        modelled={"AWS::Lambda::Function": count, "AWS::IAM::Role": count},
        unmodelled={"AWS::IoT::Thing": 3, "Custom::Seeder": 1},
        excluded={"OnlyInProd": "its condition IsProd is false"},
        assumed={"Stage": "dev"},
    )
    scan = Scan(
        findings=tuple(findings[:found]),
        unsettled=tuple(unsettled(function) for function in islice(every, max(1, count // 100))),
        suppressed=tuple(Suppressed(each, accepted) for each in findings[found:]),
        stale=(Suppression(rules=("LWX999",), reason="long gone", file=template(0), line=9),),
        rules=RULES,
        functions=every,
        facts={"version": "0.1.0", "today": "2026-11-23"},
    )
    sources = {file: source(file, members) for file, members in files.items()}
    estate = Estate(resources={}, records={}, positions=Positions({}), files=sources, coverage=coverage)
    return scan, estate
