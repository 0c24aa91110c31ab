"""Nothing but the account's quota limits how often an API is called.

## What it finds

Stages of REST, HTTP and WebSocket APIs that run functions, without a rate limit on the stage or, for REST APIs, in a usage plan.

## Why it matters

Without a limit of its own an API takes as many requests as the account's quota for the Region, and starves every other API of
it. What the right limit is, only its owner knows: this is an opinion.

## How to fix

Set `ThrottlingRateLimit` and `ThrottlingBurstLimit` on the stage.

## Examples

### fires: no limit

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP, Target: !GetAtt Orders.Arn}
  Live: # <- LWX019
    Type: AWS::ApiGatewayV2::Stage
    Properties: {ApiId: !Ref Api, StageName: live}
```

### silent: a limit

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP, Target: !GetAtt Orders.Arn}
  Live:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: live
      DefaultRouteSettings: {ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50}
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Production: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP, Target: !GetAtt Orders.Arn}
  Live: # ?- LWX019
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: live
      DefaultRouteSettings: !If [Production, {ThrottlingRateLimit: 100}, !Ref AWS::NoValue]
```

## References

- https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
- https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Estate, HttpStage, Record, RestStage, UsagePlan, Value, all_of
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer
from lambdaward.rules.exposure.stages import stages

STANDARDS = Standards(cfn_nag=("W64",), cwe=("CWE-770",), owasp_serverless=("A6",), mitre_attack=("T1499",))


@rule("LWX019", "no-throttling", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("30",))
def no_throttling(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Stages of APIs that run functions, without a rate limit."""
    for stage, api, functions in stages(analysis):
        found = Found(
            record=stage,
            place=stage.place(),
            message=f"nothing but the account's quota limits how often {api.shown} is called",
            functions=functions,
        )
        bare = all_of(absent(limit) for limit in _limits(analysis.estate, stage, api))
        yield from answer(bare, found, f"is there a limit on how often {api.shown} is called?")


def _limits(estate: Estate, stage: RestStage | HttpStage, api: Record) -> Iterator[Value]:
    """What may limit the requests of a stage."""
    if isinstance(stage, HttpStage):
        yield stage.rate
        return
    yield from (setting.rate for setting in stage.methods)
    for plan in estate.all(UsagePlan):
        if any(link.target == api.id for link in plan.apis):
            yield plan.throttle
