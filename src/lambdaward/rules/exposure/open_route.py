"""Anybody on the internet can start a function through an API.

## What it finds

Routes of REST, HTTP and WebSocket APIs that run a function and ask nobody who they are, where the internet reaches the API.
Preflight requests (`OPTIONS`) don't count. The finding is medium when such a route takes requests that change something
(`POST`, `PUT`, `DELETE`, `ANY`...), low when all of them only read, or when an API key is asked for: a key tells clients
apart, but proves nothing.

## Why it matters

Whatever the function's code does not check itself, nobody checks: its role, its data and its bill are as safe as its first
line of code. A route that is meant to be public, such as a web hook or a sign-up page, still wants a signature checked or a
rate limited.

## How to fix

Give the API a default authorizer (a JWT, a user pool, IAM or a function of your own) and open single routes on purpose.

## Examples

### fires: an HTTP API with an open route for writing

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP}
  Run:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Orders.Arn}
  Create:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: POST /orders
      AuthorizationType: NONE # <- LWX012
      Target: !Sub integrations/${Run}
```

### fires: a method of a REST API, once for all of a function's routes

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE # <- LWX012
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
  Head:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: HEAD
      AuthorizationType: NONE
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
```

### silent: an authorizer, a private API, a preflight request

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP}
  Run:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Orders.Arn}
  Create:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Api, RouteKey: POST /orders, AuthorizationType: AWS_IAM, Target: !Sub "integrations/${Run}"}
  Preflight:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Api, RouteKey: OPTIONS /orders, AuthorizationType: NONE, Target: !Sub "integrations/${Run}"}
  Inside:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: inside, EndpointConfiguration: {Types: [PRIVATE]}}
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Inside
      ResourceId: !GetAtt Inside.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
```

### unknown: a parameter says what the route asks for

```yaml template.yaml
Parameters:
  Authorization:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP}
  Run:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Orders.Arn}
  Create:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: POST /orders
      AuthorizationType: !Ref Authorization # ?- LWX012
      Target: !Sub integrations/${Run}
```

## References

- https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
- https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
"""

from collections.abc import Iterator, Sequence

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import Route
from lambdaward.model import Function, No, Record, ResourceId, Verdict, Yes, all_of
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(
    owasp_serverless=("A2",),
    cwe=("CWE-306",),
    mitre_attack=("T1190",),
    prowler=(
        "apigateway_restapi_authorizers_enabled",
        "apigateway_restapi_public_with_authorizer",
        "apigatewayv2_api_authorizers_enabled",
    ),
    checkov=("CKV_AWS_59", "CKV_AWS_309"),
    cfn_nag=("W59",),
    cdk_nag=("AwsSolutions-APIG4",),
)


@rule("LWX012", "open-route", Severity.MEDIUM, standards=STANDARDS, posture=("25", "31"))
def open_route(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that anybody reaches by a route of an API: one finding for each function and API."""
    for (target, _), routes in _by_function(analysis).items():
        function = analysis.estate.get(Function, target)
        if function is None:
            continue
        verdicts = [(route, _open(analysis, route)) for route in routes]
        certain = [route for route, verdict in verdicts if isinstance(verdict, Yes)]
        if certain:
            yield _found(function, certain)
        for route, verdict in verdicts:
            if not certain and not isinstance(verdict, Yes | No):
                question = f"does {route.shown} of {route.api.shown} let anybody start {function.shown}?"
                yield from answer(verdict, _found(function, [route]), question)
                break


def _by_function(analysis: Analysis) -> dict[tuple[ResourceId | None, ResourceId], list[Route]]:
    table: dict[tuple[ResourceId | None, ResourceId], list[Route]] = {}
    for route in analysis.exposure.routes:
        if not route.preflight:
            table.setdefault((analysis.exposure.runs(route), route.api.id), []).append(route)
    return table


def _open(analysis: Analysis, route: Route) -> Verdict:
    return all_of((route.open, analysis.exposure.public(route.api)))


def _found(function: Function, routes: Sequence[Route]) -> Found:
    keyed = [route for route in routes if route.auth == "api-key"]
    writing = [route for route in routes if route.writes and route not in keyed]
    first = (writing or list(routes))[0]
    more = f" and {len(routes) - 1} more" if len(routes) > 1 else ""
    asks = "asks for an API key only" if len(keyed) == len(routes) else "asks nobody who they are"
    api: Record = first.api
    return Found(
        record=function,
        place=first.place,
        message=f"anybody on the internet can start {function.shown} by {first.shown}{more} of {api.shown}, which {asks}",
        severity=Severity.MEDIUM if writing else Severity.LOW,
        because=_because(writing, keyed, routes),
        evidence=tuple(Evidence(f"{route.shown} is open", route.place) for route in routes[:20]),
        key=api.id.name,
    )


def _because(writing: Sequence[Route], keyed: Sequence[Route], routes: Sequence[Route]) -> tuple[str, ...]:
    if writing:
        return (f"{writing[0].shown} takes requests that change something",)
    return ("an API key is asked for",) if len(keyed) == len(routes) else ("every open route only reads",)
