"""An API keeps no log of who calls it.

## What it finds

Stages of REST, HTTP and WebSocket APIs that run functions, without access logs.

## Why it matters

After an incident the access log says which address called what, when, and with whose token. The function's own log says only
what its code prints.

## How to fix

Set `AccessLogSetting` (HTTP APIs: `AccessLogSettings`) with a log group and a format that has the caller and the route.

## Examples

### fires: a stage without

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP, Target: !GetAtt Orders.Arn}
  Live: # <- LWX018
    Type: AWS::ApiGatewayV2::Stage
    Properties: {ApiId: !Ref Api, StageName: live}
```

### silent: a stage with

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP, Target: !GetAtt Orders.Arn}
  Logs:
    Type: AWS::Logs::LogGroup
  Live:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: live
      AccessLogSettings: {DestinationArn: !GetAtt Logs.Arn, Format: "$context.identity.sourceIp $context.routeKey"}
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
  Logs:
    Type: AWS::Logs::LogGroup
  Live:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: live
      AccessLogSettings: !If # ?- LWX018
        - Production
        - {DestinationArn: !GetAtt Logs.Arn, Format: "$context.identity.sourceIp $context.routeKey"}
        - !Ref AWS::NoValue
```

## References

- https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
- https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer
from lambdaward.rules.exposure.stages import stages

STANDARDS = Standards(
    security_hub=("APIGateway.9",),
    cwe=("CWE-778",),
    owasp_serverless=("A10",),
    prowler=("apigateway_restapi_logging_enabled", "apigatewayv2_api_access_logging_enabled"),
    checkov=("CKV_AWS_76", "CKV_AWS_95"),
    cfn_nag=("W45", "W46", "W69"),
    trivy=("AWS-0001",),
    cdk_nag=("AwsSolutions-APIG1",),
)


@rule("LWX018", "no-access-logs", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("29",))
def no_access_logs(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Stages of APIs that run functions, without access logs."""
    for stage, api, functions in stages(analysis):
        found = Found(
            record=stage,
            place=stage.place("AccessLogSettings"),
            message=f"the stage {stage.shown} of {api.shown} keeps no log of who calls it",
            functions=functions,
        )
        yield from answer(absent(stage.access_logs), found, f"does the stage {stage.shown} of {api.shown} keep a log?")
