"""A layer has the name of a well-known one, from another account.

## What it finds

Layers whose names begin like those of AWS or another well-known publisher, from an account that this publisher is not known to
publish from, in that Region, and that is neither the stack's own nor trusted.

## Why it matters

People look at a layer's name, and Lambda at its account. Whoever publishes `Datadog-Extension` from an account of his own gets
his code into functions, with their roles, by a wrong digit in an example.

## How to fix

Compare the account with the publisher's own installation page. If it is a copy that you made, name the account as trusted.

## Examples

### fires: a known name from a stranger's account

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Layers:
        - arn:aws:lambda:eu-west-1:210987654321:layer:Datadog-Extension:60 # <- LWP050
```

### silent: the publisher's account, a copy of the own account, and a name of its own

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Layers:
        - !Sub arn:aws:lambda:${AWS::Region}:464622532012:layer:Datadog-Extension:60
        - !Sub arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:layer:LambdaInsightsExtension:1
        - arn:aws:lambda:eu-west-1:210987654321:layer:tools:3
```

### unknown: the account is the placeholder of AWS's documentation

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Layers:
        - arn:aws:lambda:eu-west-1:123456789012:layer:LambdaInsightsExtension:14 # ?- LWP050
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/adding-layers.html
- https://attack.mitre.org/techniques/T1036/005/
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.layers import origin
from lambdaward.catalog import owners
from lambdaward.model import Function, show
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.arns import foreign

STANDARDS = Standards(cwe=("CWE-829", "CWE-345"), mitre_attack=("T1195.002", "T1036.005"))


@rule("LWP050", "impostor-layer", Severity.HIGH, Confidence.MEDIUM, standards=STANDARDS, folds=("LWP003",))
def impostor_layer(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Layers that are called like a publisher's, and come from elsewhere."""
    for function in analysis.estate.all(Function):
        for index, layer in enumerate(function.layers):
            found = origin(layer)
            if layer.target is not None or not found.alike:
                continue
            others = owners(found.account)
            known = (f"{' and '.join(others)} publish other layers from that account",) if others else ()
            said = Found(
                record=function,
                place=function.place("Layers", index),
                message=f"{function.shown} runs {show(layer.value)}, which is called like a layer of {found.alike} "
                f"and comes from account {found.account}",
                because=(*known, *analysis.layers.behind(layer).facts),
                key=show(layer.value),
            )
            question = (
                f"whose is {show(layer.value)} of {function.shown}, which is called like a layer of {found.alike}?"
            )
            yield from answer(foreign(analysis, layer.value), said, question)
