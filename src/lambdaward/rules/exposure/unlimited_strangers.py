"""Nothing limits what strangers' calls cost.

## What it finds

Functions that anybody can start by a function URL, a load balancer or a permission for everybody, and that have no reserved
concurrency. None of these three ways limits how often it lets somebody through.

## Why it matters

Whoever finds the way in can run the function as often as the account's concurrency allows. The owner pays for each run, and the
account's other functions in the Region get none of the concurrency that the flood takes.

## How to fix

Set `ReservedConcurrentExecutions` to the most that the function ever needs, and close the way in if strangers need not use it.

## Examples

### fires: a permission for everybody, and no limit

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Everybody:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: "*" # <- LWX009
```

### fires: an open URL, and no limit

```yaml template.yaml
Resources:
  Hook:
    Type: AWS::Lambda::Function
    Properties: {}
  HookUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Hook.Arn
      AuthType: NONE # <- LWX009
  ByUrl:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Hook, Action: lambda:InvokeFunctionUrl, Principal: "*", FunctionUrlAuthType: NONE}
  Invoke:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Hook, Action: lambda:InvokeFunction, Principal: "*", InvokedViaFunctionUrl: true}
```

### silent: a limit, or no stranger

```yaml template.yaml
Resources:
  Limited:
    Type: AWS::Lambda::Function
    Properties: {ReservedConcurrentExecutions: 5}
  Everybody:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Limited
      Action: lambda:InvokeFunction
      Principal: "*"
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
```

### unknown: a condition decides on the limit

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Production: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      ReservedConcurrentExecutions: !If [Production, 10, !Ref AWS::NoValue]
  Everybody:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: "*" # ?- LWX009
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
- https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import target_of
from lambdaward.model import Function, Link, Permission, Place, Record, Yes
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer
from lambdaward.rules.exposure.proof import called, functions

STANDARDS = Standards(cwe=("CWE-770",), owasp_serverless=("A6",), mitre_attack=("T1496", "T1499"))

# What lets strangers through without counting them. API Gateway throttles by itself, CloudFront caches.
UNCOUNTED = ("url", "alb")


@rule("LWX009", "unlimited-strangers", Severity.LOW, standards=STANDARDS, posture=("24",))
def unlimited_strangers(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that anybody can start as often as they like."""
    for record, place, link in _openings(analysis):
        function = analysis.estate.get(Function, target_of(analysis.estate, link).function)
        if function is None:
            continue
        name = called(analysis, link)
        limit = function.place("ReservedConcurrentExecutions")
        found = Found(
            record=record,
            place=place,
            message=f"strangers can start {name}, and nothing limits how often",
            evidence=(Evidence(f"{function.shown} has no reserved concurrency", limit),),
            functions=functions(analysis, link),
        )
        yield from answer(absent(function.reserved_concurrency), found, f"is there a limit on how often {name} runs?")


def _openings(analysis: Analysis) -> Iterator[tuple[Record, Place, Link]]:
    """What surely lets strangers through; whether the rest does is asked by the rules on it."""
    for trigger in analysis.exposure.all:
        if trigger.kind in UNCOUNTED and isinstance(trigger.anonymous, Yes):
            yield trigger.record, trigger.place, trigger.link
    for permission in analysis.estate.all(Permission):
        if permission.function and isinstance(analysis.exposure.grants.direct(permission), Yes):
            yield permission, permission.place("Principal"), permission.function
