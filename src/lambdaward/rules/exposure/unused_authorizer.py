"""An authorizer is attached to no route.

## What it finds

Authorizers of REST, HTTP and WebSocket APIs that no route uses, while a route of the same API asks nobody who they are.

## Why it matters

Somebody wrote the authorizer to guard the API, and it guards nothing: every request passes beside it.

## How to fix

Attach the authorizer to the routes, best as the API's default authorizer, or remove it.

## Examples

### fires: defined and never used

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP}
  Guard: # <- LWX014
    Type: AWS::ApiGatewayV2::Authorizer
    Properties:
      ApiId: !Ref Api
      Name: guard
      AuthorizerType: JWT
      JwtConfiguration: {Issuer: "https://id.example.com", Audience: [orders]}
  Run:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Orders.Arn}
  Create:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Api, RouteKey: POST /orders, Target: !Sub "integrations/${Run}"}
```

### silent: used

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP}
  Guard:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties:
      ApiId: !Ref Api
      Name: guard
      AuthorizerType: JWT
      JwtConfiguration: {Issuer: "https://id.example.com", Audience: [orders]}
  Run:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Orders.Arn}
  Create:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: POST /orders
      AuthorizationType: JWT
      AuthorizerId: !Ref Guard
      Target: !Sub integrations/${Run}
```

### unknown: a parameter says what the routes use

```yaml template.yaml
Parameters:
  Authorizer:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP}
  Guard: # ?- LWX014
    Type: AWS::ApiGatewayV2::Authorizer
    Properties:
      ApiId: !Ref Api
      Name: guard
      AuthorizerType: JWT
      JwtConfiguration: {Issuer: "https://id.example.com", Audience: [orders]}
  Run:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Orders.Arn}
  List:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Api, RouteKey: GET /orders, Target: !Sub "integrations/${Run}"}
  Create:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: POST /orders
      AuthorizationType: JWT
      AuthorizerId: !Ref Authorizer
      Target: !Sub integrations/${Run}
```

## References

- https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
- https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
"""

from collections.abc import Iterator, Sequence

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import Route
from lambdaward.model import Link, Unknown, Unsure, Verdict, Yes
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(owasp_serverless=("A2",), cwe=("CWE-306",))


@rule("LWX014", "unused-authorizer", Severity.MEDIUM, standards=STANDARDS, posture=("n24",))
def unused_authorizer(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Authorizers that guard no route of an API with open routes."""
    for authorizer in analysis.exposure.authorizers:
        routes = [route for route in analysis.exposure.routes if route.api.id == authorizer.api and not route.preflight]
        opened = [route for route in routes if isinstance(route.open, Yes)]
        if not opened or any(authorizer.guards(route) for route in routes):
            continue
        found = Found(
            record=authorizer.record,
            place=authorizer.place,
            message=f"the authorizer {authorizer.shown} guards no route, while {opened[0].shown} asks nobody who they are",
            evidence=tuple(Evidence(f"{route.shown} is open", route.place) for route in opened[:20]),
            key=authorizer.shown,
        )
        yield from answer(_unused(routes), found, f"does a route use the authorizer {authorizer.shown}?")


def _unused(routes: Sequence[Route]) -> Verdict:
    """Yes, unless a route's authorizer is one that can't be told."""
    untold = [r for r in routes if isinstance(r.authorizer, Link) and r.authorizer.target is None]
    if untold:
        return Unsure((Unknown(f"which authorizer {untold[0].shown} uses is not known"),))
    return Yes()
