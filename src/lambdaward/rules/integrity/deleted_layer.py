"""A function runs a layer version that is no longer there.

## What it finds

Functions of an account, and their published versions, with a layer version that the account no longer has. Give the answers of
`aws lambda list-layers` or `list-layer-versions` beside those of `list-functions`. Versions that belong to other accounts are
*unknown* until `get-layer-version-by-arn` answers for them.

## Why it matters

Deleting a version takes nothing away from functions that use it: they go on running its code. But nobody can download it any
more, so that nobody can look what is in it, and no scanner does. A version is often deleted because it had a flaw or a secret.

## How to fix

Put the newest version of the layer in its place, or leave the layer out.

## Examples

### fires: of three versions, the account has two

```json functions.json
{"Functions": [
  {"FunctionName": "orders", "CodeSha256": "x", "Layers": [{"Arn": "arn:aws:lambda:eu-west-1:111122223333:layer:tools:2"}],
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"} # <- LWP064
]}
```

```json versions-of-tools.json
{"LayerVersions": [
  {"LayerVersionArn": "arn:aws:lambda:eu-west-1:111122223333:layer:tools:3", "Version": 3},
  {"LayerVersionArn": "arn:aws:lambda:eu-west-1:111122223333:layer:tools:1", "Version": 1}
]}
```

### silent: it is there

```json functions.json
{"Functions": [
  {"FunctionName": "orders", "CodeSha256": "x", "Layers": [{"Arn": "arn:aws:lambda:eu-west-1:111122223333:layer:tools:2"}],
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"}
]}
```

```json layers.json
{"Layers": [
  {"LayerName": "tools", "LayerArn": "arn:aws:lambda:eu-west-1:111122223333:layer:tools",
   "LatestMatchingVersion": {"LayerVersionArn": "arn:aws:lambda:eu-west-1:111122223333:layer:tools:2", "Version": 2}}
]}
```

### unknown: nobody asked for the versions, or it is another account's

```json functions.json
{"Functions": [
  {"FunctionName": "orders", "CodeSha256": "x", "Layers": [{"Arn": "arn:aws:lambda:eu-west-1:111122223333:layer:tools:2"}],
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"}, # ?- LWP064
  {"FunctionName": "bills", "CodeSha256": "x", "Layers": [{"Arn": "arn:aws:lambda:eu-west-1:444455556666:layer:tools:2"}],
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:bills"} # ?- LWP064
]}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/creating-deleting-layers.html
- https://docs.aws.amazon.com/lambda/latest/api/API_DeleteLayerVersion.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.layers import deleted
from lambdaward.model import Function, FunctionVersion, Unsure, Yes, show
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule

STANDARDS = Standards(cwe=("CWE-1104", "CWE-829"), mitre_attack=("T1195.002",))


@rule("LWP064", "deleted-layer", Severity.MEDIUM, Confidence.MEDIUM, standards=STANDARDS)
def deleted_layer(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Layer versions that functions run and that are no longer there. What is not known is asked once for each layer."""
    asked: set[str] = set()
    deployed = [function for function in analysis.estate.all(Function) if function.code_sha256 is not None]
    records: list[Function | FunctionVersion] = [*deployed, *analysis.estate.all(FunctionVersion)]
    for record in records:
        for index, link in enumerate(record.layers):
            key = show(link.value)
            match deleted(analysis.estate, link):
                case Yes(proof):
                    yield Found(
                        record=record,
                        place=record.place("Layers", index),
                        message=f"{record.shown} runs {key}, which is no longer there: {proof[0].text}",
                        key=key,
                        functions=(str(record.id),) if isinstance(record, Function) else (),
                    )
                case Unsure(unknowns) if key not in asked:
                    asked.add(key)
                    question = f"is {key}, which {record.shown} runs, still there?"
                    yield Doubt(
                        record=record, place=record.place("Layers", index), message=question, unknowns=unknowns, key=key
                    )
