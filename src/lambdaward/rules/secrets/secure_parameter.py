"""A secure parameter is resolved where CloudFormation does not do so.

## What it finds

`{{resolve:ssm-secure:...}}` in the properties of functions, layers and their configuration.

## Why it matters

CloudFormation resolves secure strings for a few properties only, mostly passwords of databases. In a function the
deployment fails; the usual next step is to make the parameter a plain one.

## How to fix

Put the parameter's name into a variable, and fetch it when the function runs.

## Examples

### fires: in a variable

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          TOKEN: "{{resolve:ssm-secure:/orders/token:1}}" # <- LWS005
```

### silent: the name of the parameter

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          TOKEN_NAME: /orders/token
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Test: !Equals [!Ref Stage, test]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          TOKEN: !If [Test, none, "{{resolve:ssm-secure:/orders/token:1}}"] # ?- LWS005
```

## References

- https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.environment import variables
from lambdaward.model import Dynamic, Function, No, Value, Verdict, Yes, environment_place, holes
from lambdaward.rules import Doubt, Found, Severity, rule
from lambdaward.rules.answering import answer, judge


@rule("LWS005", "secure-parameter", Severity.LOW, posture=("35",))
def secure_parameter(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Secure strings that CloudFormation will not resolve."""
    for function in analysis.estate.all(Function):
        for name, value in variables(function):
            message = f"CloudFormation resolves no secure parameter for {name} of {function.shown}"
            found = Found(record=function, place=environment_place(function, name), message=message, key=name)
            question = f"does {name} of {function.shown} refer to a secure parameter?"
            yield from answer(judge(value, _secure), found, question)


def _secure(option: Value) -> Verdict:
    return Yes() if any(isinstance(hole, Dynamic) and hole.service == "ssm-secure" for hole in holes(option)) else No()
