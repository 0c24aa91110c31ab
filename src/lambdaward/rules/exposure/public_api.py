"""The internet reaches an API.

## What it finds

REST APIs that run functions and have a regional or edge-optimized endpoint.

## Why it matters

An API that only other systems of the same network call is one of fewer doors when its endpoint is private. Whether an API is
meant for the internet, its template doesn't say: this is an opinion.

## How to fix

For an API of your own network set `EndpointConfiguration: {Types: [PRIVATE]}`, and name your VPC endpoints in its policy.

## Examples

### fires: no endpoint type, which means edge-optimized

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api: # <- LWX015
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
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

### silent: private

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders, EndpointConfiguration: {Types: [PRIVATE]}}
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

### unknown: a parameter gives the type

```yaml template.yaml
Parameters:
  Endpoint:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      EndpointConfiguration:
        Types: [!Ref Endpoint] # ?- LWX015
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

## References

- https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import RestApi
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import run_by

STANDARDS = Standards(cwe=("CWE-668",), owasp_serverless=("A6",), prowler=("apigateway_restapi_public",))


@rule("LWX015", "public-api", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("26",))
def public_api(analysis: Analysis) -> Iterator[Found | Doubt]:
    """REST APIs on the internet that run functions."""
    for api in analysis.estate.all(RestApi):
        run = run_by(analysis, api)
        found = Found(
            record=api,
            place=api.place("EndpointConfiguration", "Types"),
            message=f"the internet reaches {api.shown}; is it meant for more than your own network?",
            functions=run,
        )
        if run:
            yield from answer(analysis.exposure.public(api), found, f"does the internet reach {api.shown}?")
