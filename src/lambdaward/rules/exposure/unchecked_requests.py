"""An API passes requests on unchecked.

## What it finds

REST APIs with routes that take requests for a function to change something, and have no request validator. HTTP APIs can't
validate.

## Why it matters

What the API lets through, the function's code must check: its size, its form, its missing parts. A validator with a model turns
malformed requests away before they cost anything or reach a parser. Many check in their code instead: this is an opinion.

## How to fix

Add a model for the request's body, and a `RequestValidator` with `ValidateRequestBody: true` to the routes.

## Examples

### fires: no validator

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api: # <- LWX016
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  Create:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: POST
      AuthorizationType: AWS_IAM
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
```

### silent: a validator, or a request without a body

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  Body:
    Type: AWS::ApiGateway::RequestValidator
    Properties: {RestApiId: !Ref Api, ValidateRequestBody: true}
  Create:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: POST
      AuthorizationType: AWS_IAM
      RequestValidatorId: !Ref Body
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: AWS_IAM
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Strict: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api: # ?- LWX016
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  Body:
    Type: AWS::ApiGateway::RequestValidator
    Properties: {RestApiId: !Ref Api, ValidateRequestBody: true}
  Create:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: POST
      AuthorizationType: AWS_IAM
      RequestValidatorId: !If [Strict, !Ref Body, !Ref AWS::NoValue]
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
```

## References

- https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import No, RestApi, any_of
from lambdaward.rules import Doubt, Evidence, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer
from lambdaward.rules.exposure.proof import run_by

STANDARDS = Standards(
    owasp_serverless=("A1",), cwe=("CWE-20",), checkov=("CKV2_AWS_53",), cdk_nag=("AwsSolutions-APIG2",)
)


@rule("LWX016", "unchecked-requests", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("27",))
def unchecked_requests(analysis: Analysis) -> Iterator[Found | Doubt]:
    """REST APIs that pass bodies on to functions without a validator."""
    for api in analysis.estate.all(RestApi):
        routes = [r for r in analysis.exposure.routes if r.api.id == api.id and r.writes and r.function]
        verdicts = [(route, absent(route.validator)) for route in routes]
        bare = [route for route, verdict in verdicts if not isinstance(verdict, No)]
        found = Found(
            record=api,
            place=api.place(),
            message=f"{api.shown} passes bodies on unchecked, as by {', '.join(r.shown for r in bare[:3])}",
            evidence=tuple(Evidence(f"{route.shown} has no validator", route.place) for route in bare[:20]),
            functions=run_by(analysis, api),
        )
        if routes:
            yield from answer(any_of(verdict for _, verdict in verdicts), found, f"does {api.shown} validate requests?")
