"""A function runs code that its code-signing config would refuse today.

## What it finds

Functions of an account whose config refuses unsigned code, and that nevertheless run code, or a layer, without a signature, with
one of a signing profile that the config does not list, or of one that is revoked since. Give the answers of
`aws lambda get-function-code-signing-config`, `get-code-signing-config` and `aws signer get-signing-profile` beside those of
`list-functions`.

## Why it matters

Lambda looks at signatures when code is deployed, and never again. What was there when the config was attached or changed, or the
profile revoked, goes on running: the function looks protected, and nobody has checked what it runs.

## How to fix

Sign the code and its layers with a profile that the config lists, and deploy them again.

## Examples

### fires: code from before the config, a layer that nobody signed, and a profile that was taken off

```json functions.json
{"Functions": [
  {"FunctionName": "orders", "CodeSha256": "x", "LastModified": "2025-03-01T10:00:00.000+0000",
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"}, # <- LWP065
  {"FunctionName": "bills", "CodeSha256": "x", "LastModified": "2026-03-01T10:00:00.000+0000",
   "SigningProfileVersionArn": "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/release/a1b2c3d4e5",
   "Layers": [{"Arn": "arn:aws:lambda:eu-west-1:111122223333:layer:tools:2"}],
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:bills"}, # <- LWP065
  {"FunctionName": "stock", "CodeSha256": "x", "LastModified": "2026-03-01T10:00:00.000+0000",
   "SigningProfileVersionArn": "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/old/a1b2c3d4e5",
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:stock"} # <- LWP065
]}
```

```json orders-config.json
{"CodeSigningConfigArn": "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1", "FunctionName": "orders"}
```

```json bills-config.json
{"CodeSigningConfigArn": "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1", "FunctionName": "bills"}
```

```json stock-config.json
{"CodeSigningConfigArn": "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1", "FunctionName": "stock"}
```

```json config.json
{"CodeSigningConfig": {
  "CodeSigningConfigArn": "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1",
  "AllowedPublishers": {"SigningProfileVersionArns": [
    "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/release/a1b2c3d4e5"]},
  "CodeSigningPolicies": {"UntrustedArtifactOnDeployment": "Enforce"},
  "LastModified": "2026-01-15T08:30:00.000+0000"
}}
```

### silent: signed as the config asks, and a config that only warns

```json functions.json
{"Functions": [
  {"FunctionName": "orders", "CodeSha256": "x",
   "SigningProfileVersionArn": "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/release/a1b2c3d4e5",
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"},
  {"FunctionName": "bills", "CodeSha256": "x", "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:bills"}
]}
```

```json orders-config.json
{"CodeSigningConfigArn": "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1", "FunctionName": "orders"}
```

```json bills-config.json
{"CodeSigningConfigArn": "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-2", "FunctionName": "bills"}
```

```json configs.json
{"CodeSigningConfigs": [
  {"CodeSigningConfigArn": "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1",
   "AllowedPublishers": {"SigningProfileVersionArns": [
     "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/release/a1b2c3d4e5"]},
   "CodeSigningPolicies": {"UntrustedArtifactOnDeployment": "Enforce"}},
  {"CodeSigningConfigArn": "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-2",
   "AllowedPublishers": {"SigningProfileVersionArns": [
     "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/release/a1b2c3d4e5"]},
   "CodeSigningPolicies": {"UntrustedArtifactOnDeployment": "Warn"}}
]}
```

### unknown: nobody asked which config the function has, or what is in it

```json functions.json
{"Functions": [
  {"FunctionName": "orders", "CodeSha256": "x",
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"} # ?- LWP065
]}
```

```json orders-config.json
{"CodeSigningConfigArn": "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1", "FunctionName": "orders"}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
- https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionCodeSigningConfig.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.signed import runs_unchecked
from lambdaward.findings import Evidence
from lambdaward.model import CodeSigningConfig, Function, Yes, literal
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(cwe=("CWE-347",), mitre_attack=("T1525",))


@rule("LWP065", "code-before-signing", Severity.MEDIUM, standards=STANDARDS)
def code_before_signing(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that run what their code-signing config would refuse."""
    for function in analysis.estate.all(Function):
        if function.code_signing is None or function.code_signing.possible:
            continue
        verdict = runs_unchecked(analysis.estate, function)
        proof = verdict.proof if isinstance(verdict, Yes) else ()
        told = "; ".join(fact.text for fact in proof)
        found = Found(
            record=function,
            place=function.place("CodeSigningConfigArn"),
            message=f"{function.shown} runs what its code-signing config would refuse today: {told}",
            evidence=tuple(map(Evidence, _older(analysis, function))),
        )
        yield from answer(verdict, found, f"would its code-signing config take what {function.shown} runs today?")


def _older(analysis: Analysis, function: Function) -> tuple[str, ...]:
    """That a function was last changed before its config was, where both times are known: both are written alike."""
    config = analysis.estate.follow(CodeSigningConfig, function.code_signing)
    changed = literal(function.modified), literal(config.modified) if config else None
    if changed[0] is None or changed[1] is None or changed[0] >= changed[1]:
        return ()
    return (f"it was last changed on {changed[0][:10]}, its config on {changed[1][:10]}",)
