"""Every VPC endpoint reaches a private API.

## What it finds

Private REST APIs that run functions, whose resource policy lets callers through from any VPC endpoint: nothing in it names an
endpoint (`aws:SourceVpce`), a VPC (`aws:SourceVpc`), an account or an organization.

## Why it matters

Private means that requests come through some VPC endpoint for `execute-api`, not through one of yours. Anybody can make such an
endpoint in an account of their own, and reach the API through it. The policy alone says whose endpoints count.

## How to fix

Deny what does not come from your own endpoints: `StringNotEquals: {aws:SourceVpce: vpce-...}`.

## Examples

### fires: a policy for everybody

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      EndpointConfiguration: {Types: [PRIVATE]}
      Policy: # <- LWX034
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*"}]
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
```

### silent: one endpoint, or callers that sign

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      EndpointConfiguration: {Types: [PRIVATE]}
      Policy:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*"}
          - Effect: Deny
            Principal: "*"
            Action: execute-api:Invoke
            Resource: execute-api:/*
            Condition: {StringNotEquals: {aws:SourceVpce: vpce-0a1b2c3d}}
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
```

### unknown: a parameter says whether the API is private

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
      EndpointConfiguration: {Types: [!Ref Endpoint]}
      Policy: # ?- LWX034
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*"}]
  List:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: GET
      AuthorizationType: NONE
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
```

## References

- https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
- https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import RestApi, Yes, all_of, any_of, is_equal
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import run_by

STANDARDS = Standards(owasp_serverless=("A5",), cwe=("CWE-284",), mitre_attack=("T1190",))


@rule("LWX034", "private-for-all", Severity.MEDIUM, standards=STANDARDS, posture=("26",))
def private_for_all(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Private APIs that every VPC endpoint reaches, with a route that asks nobody."""
    for api in analysis.estate.all(RestApi):
        routes = [
            route for route in analysis.exposure.routes if route.api.id == api.id and analysis.exposure.runs(route)
        ]
        opened = [route for route in routes if isinstance(route.open, Yes) and not route.preflight]
        documented = api.policy is None and api.document is not None and api.document.policy is not None
        if not opened or (api.policy is None and not documented):
            continue
        found = Found(
            record=api,
            place=api.place("Body", "x-amazon-apigateway-policy") if documented else api.place("Policy"),
            message=f"anybody's VPC endpoint reaches the private API {api.shown}, and {opened[0].shown} asks nobody",
            evidence=tuple(Evidence(f"{route.shown} asks nobody who they are", route.place) for route in opened[:20]),
            functions=run_by(analysis, api),
        )
        private = any_of(is_equal(word, "PRIVATE") for word in api.endpoint_types)
        verdict = all_of((private, analysis.guards.foreign_endpoint(api)))
        yield from answer(verdict, found, f"whose VPC endpoints reach {api.shown}?")
