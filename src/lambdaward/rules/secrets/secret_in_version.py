"""A published version holds a secret that its function no longer has.

## What it finds

Secrets in the environment of published versions, where the function itself has no such value any more. LWS007 tells those that
the function still has.

## Why it matters

A version keeps the variables it was published with. Whoever may read the function's configuration reads them with
`ListVersionsByFunction`; an alias may still run them. A secret that was taken out of the function is there until the
version is deleted.

## How to fix

Change the secret, point aliases to a newer version, and delete the old one.

## Examples

### fires: a secret that only an old version has

```json versions.json
{"Versions": [
  {"FunctionName": "orders", "Version": "$LATEST",
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders:$LATEST",
   "Environment": {"Variables": {"DB_PASSWORD": "/orders/db-password"}}},
  {"FunctionName": "orders", "Version": "3",
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders:3", # <- LWS014
   "Environment": {"Variables": {"DB_PASSWORD": "made:password"}}}
]}
```

### silent: a version without a secret

```json versions.json
{"Versions": [
  {"FunctionName": "orders", "Version": "3",
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders:3",
   "Environment": {"Variables": {"DB_PASSWORD": "/orders/db-password"}}}
]}
```

### unknown: variables that could not be decrypted

```json versions.json
{"Versions": [
  {"FunctionName": "orders", "Version": "3",
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders:3", # ?- LWS014
   "Environment": {"Error": {"ErrorCode": "AccessDeniedException", "Message": "no kms:Decrypt"}}}
]}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
- https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.environment import reveal
from lambdaward.analysis.secrets import VERSION
from lambdaward.model import Alias, FunctionVersion, Unknown, Unsure, literal
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, doubt, rule
from lambdaward.rules.secrets.leaks import found, weighed
from lambdaward.secrets import Leak

STANDARDS = Standards(
    cwe=("CWE-312", "CWE-526", "CWE-798"), owasp_serverless=("A3",), mitre_attack=("T1552.001", "T1552.007")
)


@rule("LWS014", "secret-in-version", Severity.HIGH, standards=STANDARDS)
def secret_in_version(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Secrets that only a published version has."""
    now = {
        (held.record.id, answer.value)
        for held in analysis.secrets.environments
        for answer in held.answers
        if isinstance(answer, Leak)
    }
    for held in analysis.secrets.versions:
        version = held.record
        if not isinstance(version, FunctionVersion) or not held.leak:
            continue
        function = version.function.target if version.function else None
        if (function, held.leak.value) not in now:
            one = found(held, held.leak, f"{held.name} of version {version.shown}", tuple(_run_by(analysis, version)))
            yield weighed(analysis, version, VERSION, one)
    yield from _closed(analysis)


def _run_by(analysis: Analysis, version: FunctionVersion) -> Iterator[Evidence]:
    """The aliases that run a version."""
    for alias in analysis.estate.all(Alias):
        of = alias.function.target if alias.function else None
        if version.function and of == version.function.target and literal(alias.version) == _number(version):
            yield Evidence(f"the alias {alias.shown} runs it")


def _number(version: FunctionVersion) -> str:
    return version.id.name.rpartition(":")[2]


def _closed(analysis: Analysis) -> Iterator[Doubt]:
    """Versions whose variables the account would not tell."""
    for version in analysis.estate.all(FunctionVersion):
        environment = reveal(version.environment)
        if isinstance(environment, Unknown):
            question = f"does version {version.shown} hold a secret?"
            yield doubt(version, version.place("Environment"), question, Unsure((environment,)))
