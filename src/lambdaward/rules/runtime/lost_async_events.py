"""Events of asynchronous invocations are lost when the function fails.

## What it finds

Functions that a service invokes asynchronously (S3, SNS, EventBridge and others, as permissions, rules and schedules
in the template show) and that have neither a dead-letter queue nor a destination for failures. Functions that are
only invoked synchronously lose nothing, and are silent.

## Why it matters

Lambda tries twice more and then drops the event. Whoever makes the function fail makes the event disappear without a
trace.

## How to fix

Give the function a failure destination (`EventInvokeConfig`), or a `DeadLetterConfig`.

## Examples

### fires: a bucket invokes the function

```yaml template.yaml
Resources:
  Orders: # <- LWR018
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Pictures:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: s3.amazonaws.com
```

### silent: a failure destination, a dead-letter queue, and a caller that waits

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Failures:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Orders
      Qualifier: $LATEST
      DestinationConfig:
        OnFailure: {Destination: !GetAtt Failed.Arn}
  Hourly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 hour)
      Targets:
        - {Id: orders, Arn: !GetAtt Orders.Arn}
        - {Id: billing, Arn: !GetAtt Billing.Arn}
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}
  Stock:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14}
  Api:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Stock
      Principal: apigateway.amazonaws.com
  Failed:
    Type: AWS::SQS::Queue
```

### unknown: a condition decides about the queue

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
      DeadLetterConfig: # ?- LWR018
        TargetArn: !If [Production, !GetAtt Failed.Arn, !Ref AWS::NoValue]
  Pictures:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      Principal: s3.amazonaws.com
  Failed:
    Type: AWS::SQS::Queue
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import EventInvokeConfig, Function, Verdict, all_of
from lambdaward.rules import Doubt, Evidence, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer, unlinked
from lambdaward.rules.reaching import asynchronous, function_of

STANDARDS = Standards(
    config=("lambda-dlq-check",),
    prowler=("awslambda_function_no_dead_letter_queue",),
    checkov=("CKV_AWS_116",),
    cdk_nag=("LambdaDLQ", "LambdaAsyncFailureDestination"),
    cwe=("CWE-778",),
)


@rule("LWR018", "lost-async-events", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("65", "66"))
def lost_async_events(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that are invoked asynchronously and drop the events that they fail on."""
    callers = asynchronous(analysis)
    for function in analysis.estate.all(Function):
        if function.id in callers:
            caller, place = callers[function.id]
            found = Found(
                record=function,
                place=function.place("DeadLetterConfig"),
                message=f"{function.shown} drops the events of {caller} that it fails on",
                evidence=(Evidence(f"{caller} invokes it asynchronously", place),),
            )
            yield from answer(_dropped(analysis, function), found, f"are failed events of {function.shown} kept?")


def _dropped(analysis: Analysis, function: Function) -> Verdict:
    configs = [
        config
        for config in analysis.estate.all(EventInvokeConfig)
        if function_of(analysis.estate, config.function) is function
    ]
    return all_of([unlinked(function.dead_letter), *(unlinked(config.on_failure) for config in configs)])
