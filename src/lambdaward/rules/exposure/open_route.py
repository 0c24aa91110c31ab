"""Anybody on the internet can start a function through an API.

## What it finds

Routes of REST, HTTP and WebSocket APIs that run a function and ask nobody who they are, where the internet reaches the API.
Preflight requests (`OPTIONS`) don't count. The finding is medium when such a route takes requests that change something
(`POST`, `PUT`, `DELETE`, `ANY`, a message to a WebSocket API), low when all of them only read, or when an API key is asked for:
a key tells clients apart, but proves nothing. A WebSocket API asks once, when a connection is made: one finding for all of it.

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

### fires: a WebSocket API, once for all of its routes

```yaml template.yaml
Resources:
  Chat:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
  Run:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Chat.Arn}
  Connect:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: $connect
      AuthorizationType: NONE # <- LWX012
      Target: !Sub integrations/${Run}
  Say:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Api, RouteKey: say, AuthorizationType: NONE, Target: !Sub "integrations/${Run}"}
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

from collections.abc import Iterable, Iterator, Sequence

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import Route
from lambdaward.model import Function, Record, ResourceId, Unsure, Verdict, Yes, all_of
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import called

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
    for record, routes in _groups(analysis):
        verdicts = [(route, _open(analysis, route)) for route in routes]
        certain = [route for route, verdict in verdicts if isinstance(verdict, Yes)]
        if certain:
            yield _found(analysis, record, certain)
            continue
        route, verdict = next((pair for pair in verdicts if isinstance(pair[1], Unsure)), verdicts[0])
        question = f"does {route.shown} of {route.api.shown} let anybody start {_names(analysis, [route])}?"
        yield from answer(verdict, _found(analysis, record, [route]), question)


def _groups(analysis: Analysis) -> Iterable[tuple[Record, list[Route]]]:
    """The routes that run functions, by function and API. A WebSocket API asks once for all of its routes."""
    table: dict[tuple[ResourceId, ResourceId], tuple[Record, list[Route]]] = {}
    for route in analysis.exposure.routes:
        function = analysis.estate.get(Function, analysis.exposure.runs(route))
        if function is not None and not route.preflight:
            record = route.api if route.kind == "websocket" else function
            table.setdefault((record.id, route.api.id), (record, []))[1].append(route)
    return table.values()


def _open(analysis: Analysis, route: Route) -> Verdict:
    return all_of((route.open, analysis.exposure.public(route.api)))


def _names(analysis: Analysis, routes: Sequence[Route]) -> str:
    names = [called(analysis, route.function).partition(":")[0] for route in routes]
    return ", ".join(dict.fromkeys(names))


def _found(analysis: Analysis, record: Record, routes: Sequence[Route]) -> Found:
    free = [route for route in routes if route.auth != "api-key"]
    writing = [route for route in free if route.writes]
    first = (writing or free or list(routes))[0]
    more = f" and {len(routes) - 1} more" if len(routes) > 1 else ""
    who = "anybody on the internet" if free else "whoever has an API key"
    return Found(
        record=record,
        place=first.place,
        message=f"{who} can start {_names(analysis, routes)} by {first.shown}{more} of {first.api.shown}",
        severity=Severity.MEDIUM if writing else Severity.LOW,
        because=(_because(first, writing=bool(writing)),),
        evidence=tuple(Evidence(f"{route.shown} asks nobody who they are", route.place) for route in routes[:20]),
        key=first.api.id.name,
        functions=tuple(dict.fromkeys(str(analysis.exposure.runs(route)) for route in routes)),
    )


def _because(route: Route, *, writing: bool) -> str:
    if route.kind == "websocket":
        return "a connection is open for every message, once it is made"
    if writing:
        return f"{route.shown} takes requests that change something"
    return (
        "an API key tells clients apart, but proves nothing"
        if route.auth == "api-key"
        else "every open route only reads"
    )
