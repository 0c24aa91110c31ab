"""A layer comes from somebody else's account.

## What it finds

Layers of another account than the stack's own, unless the account is a trusted one (the setting `trusted-accounts`)
or AWS itself publishes the layer from it. Layers of other well-known publishers are low.

## Why it matters

A layer's code runs in the function, with its role. A version never changes, but somebody else decides what is in the
next one, and may remove this one, after which nobody can look into it any more.

## How to fix

Build the layer yourself, or copy its content into a layer of your own. If you trust the account, say so in the
configuration.

## Examples

### fires: a layer of a stranger

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Layers:
        - arn:aws:lambda:eu-west-1:210987654321:layer:tools:3 # <- LWP003
```

### silent: own layers, and those of AWS

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Layers:
        - !Ref Shared
        - !Sub arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:layer:tools:3
        - !Sub arn:aws:lambda:${AWS::Region}:580247275435:layer:LambdaInsightsExtension:14
  Shared:
    Type: AWS::Lambda::LayerVersion
    Properties:
      Content: {S3Bucket: layers, S3Key: shared.zip}
```

### unknown: a layer that a parameter names, and a placeholder

```yaml template.yaml
Parameters:
  Tools:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Layers:
        - !Ref Tools # ?- LWP003
        - arn:aws:lambda:eu-west-1:123456789012:layer:tools:3 # ?- LWP003
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.arns import account
from lambdaward.analysis.layers import origin
from lambdaward.model import Function, Yes, show
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.arns import foreign

STANDARDS = Standards(
    prowler=("awslambda_function_using_cross_account_layers",), cwe=("CWE-829",), mitre_attack=("T1195.002",)
)


@rule("LWP003", "foreign-layer", Severity.MEDIUM, Confidence.MEDIUM, standards=STANDARDS, posture=("45",))
def foreign_layer(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Layers from accounts that are neither own, trusted nor AWS's."""
    for function in analysis.estate.all(Function):
        for index, layer in enumerate(function.layers):
            owner = origin(layer).publisher
            written = layer.target is None or isinstance(layer.value, str)
            if written and owner != "AWS":
                yield from _answer(analysis, function, index, owner)


def _answer(analysis: Analysis, function: Function, index: int, owner: str) -> Iterator[Found | Doubt]:
    layer = function.layers[index]
    verdict = foreign(analysis, layer.value)
    published = (f"{owner} publishes this layer from that account",) if owner else ()
    found = Found(
        record=function,
        place=function.place("Layers", index),
        message=f"{function.shown} runs code of account {account(layer.value)}: {show(layer.value)}",
        severity=Severity.LOW if owner else Severity.MEDIUM,
        because=(*published, *(analysis.layers.behind(layer).facts if isinstance(verdict, Yes) else ())),
        key=show(layer.value),
    )
    yield from answer(verdict, found, f"whose layer is {show(layer.value)} of {function.shown}?")
