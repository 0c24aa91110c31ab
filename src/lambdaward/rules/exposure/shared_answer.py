"""An authorizer's answer for one route is kept and used for another.

## What it finds

Authorizers that run a function, whose answer API Gateway keeps for a while, that guard several routes, and that look only at
something that is the same on all of them, such as a token.

## Why it matters

API Gateway asks once and uses the answer for every route until it expires. A function that allows only what was asked for then
locks users out of other routes; so its authors let it allow everything (`*`), and the first route a user may call opens all of
them.

## How to fix

Let the function answer for the whole API on purpose, or make the route part of what the answer is kept for
(`$context.routeKey`; REST APIs: `context.httpMethod` and `context.path`), or keep no answers.

## Examples

### fires: a token for two methods, kept for five minutes by default

```yaml template.yaml
Resources:
  Guard:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  Check: # <- LWX027
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref Api
      Name: check
      Type: TOKEN
      IdentitySource: method.request.header.Authorization
      AuthorizerUri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Guard.Arn}/invocations
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Check
  Remove:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: DELETE
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Check
```

### silent: nothing is kept

```yaml template.yaml
Resources:
  Guard:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  Check:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref Api
      Name: check
      Type: TOKEN
      IdentitySource: method.request.header.Authorization
      AuthorizerResultTtlInSeconds: 0
      AuthorizerUri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Guard.Arn}/invocations
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Check
  Remove:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: DELETE
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Check
```

### unknown: a parameter says for how long

```yaml template.yaml
Parameters:
  Seconds:
    Type: Number
Resources:
  Guard:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
  Check: # ?- LWX027
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref Api
      Name: check
      Type: TOKEN
      IdentitySource: method.request.header.Authorization
      AuthorizerResultTtlInSeconds: !Ref Seconds
      AuthorizerUri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Guard.Arn}/invocations
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Check
  Remove:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: DELETE
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Check
```

## References

- https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html
- https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import Authorizer
from lambdaward.model import is_equal, negate, show
from lambdaward.rules import Doubt, Evidence, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(owasp_serverless=("A5",), cwe=("CWE-863",))

# What makes one route's answer differ from another's.
ROUTE = ("context.routekey", "context.httpmethod", "context.path", "context.resourcepath", "context.http.path")


@rule("LWX027", "shared-answer", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("n25",))
def shared_answer(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Authorizers whose answer is kept for several routes."""
    for authorizer in analysis.exposure.authorizers:
        routes = [route for route in analysis.exposure.routes if authorizer.guards(route)]
        if authorizer.kind != "authorizer" or len(routes) < 2 or _tells_routes_apart(authorizer):
            continue
        found = Found(
            record=authorizer.record,
            place=authorizer.place,
            message=f"what the authorizer {authorizer.shown} answers for one of {len(routes)} routes is kept for all of them",
            evidence=tuple(Evidence(f"{route.shown} uses it", route.place) for route in routes[:20]),
            key=authorizer.shown,
        )
        kept = negate(is_equal(authorizer.cache_seconds, 0))
        yield from answer(kept, found, f"for how long is an answer of {authorizer.shown} kept?")


def _tells_routes_apart(authorizer: Authorizer) -> bool:
    looks_at = " ".join(show(value) for value in authorizer.identity).lower()
    return any(word in looks_at for word in ROUTE)
