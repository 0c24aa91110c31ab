"""Nothing filters requests before an API.

## What it finds

REST APIs, GraphQL APIs and load balancers on the internet that run functions, and that no web ACL of AWS WAF guards. HTTP APIs
and function URLs can't have one of their own.

## Why it matters

A web ACL stops floods, known bad addresses and common attacks before they reach the code. It costs money and blocks the wrong
requests now and then: this is an opinion.

## How to fix

Associate a web ACL with the API's stage, the GraphQL API or the load balancer.

## Examples

### fires: no web ACL

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api: # <- LWX017
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

### silent: a web ACL on the stage

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
      AuthorizationType: AWS_IAM
      Integration:
        Type: AWS_PROXY
        Uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations
  Filter:
    Type: AWS::WAFv2::WebACLAssociation
    Properties:
      ResourceArn: !Sub arn:aws:apigateway:${AWS::Region}::/restapis/${Api}/stages/live
      WebACLArn: !Sub arn:aws:wafv2:${AWS::Region}:${AWS::AccountId}:regional/webacl/orders/1
```

### unknown: a web ACL on something that a parameter names

```yaml template.yaml
Parameters:
  Guarded:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api: # ?- LWX017
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
  Filter:
    Type: AWS::WAFv2::WebACLAssociation
    Properties:
      ResourceArn: !Ref Guarded
      WebACLArn: !Sub arn:aws:wafv2:${AWS::Region}:${AWS::AccountId}:regional/webacl/orders/1
```

## References

- https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import (
    Estate,
    GraphQLApi,
    GraphQLSource,
    LoadBalancer,
    No,
    Record,
    Ref,
    ResourceId,
    RestApi,
    RestStage,
    Unsure,
    Verdict,
    WebAclAssociation,
    Yes,
    holes,
    unknowns,
)
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import run_by

STANDARDS = Standards(
    security_hub=("APIGateway.4",),
    cwe=("CWE-693",),
    owasp_serverless=("A6",),
    prowler=("apigateway_restapi_waf_acl_attached",),
    checkov=("CKV2_AWS_29", "CKV2_AWS_33"),
    cdk_nag=("AwsSolutions-APIG3",),
)


@rule("LWX017", "no-web-acl", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS, posture=("28",))
def no_web_acl(analysis: Analysis) -> Iterator[Found | Doubt]:
    """APIs and load balancers on the internet without a web ACL."""
    for front, functions in _fronts(analysis):
        found = Found(
            record=front,
            place=front.place(),
            message=f"no web ACL filters what reaches functions through {front.shown}",
            functions=functions,
        )
        yield from answer(_bare(analysis.estate, front), found, f"does a web ACL guard {front.shown}?")


def _fronts(analysis: Analysis) -> Iterator[tuple[Record, tuple[str, ...]]]:
    """What a web ACL can guard, where the internet reaches functions through it."""
    for api in analysis.estate.all(RestApi):
        if (run := run_by(analysis, api)) and not isinstance(analysis.exposure.public(api), No):
            yield api, run
    for graph in analysis.estate.all(GraphQLApi):
        sources = (s for s in analysis.estate.all(GraphQLSource) if s.function and s.api and s.api.target == graph.id)
        targets = tuple(str(source.function.target) for source in sources if source.function and source.function.target)
        if targets and graph.visibility != "PRIVATE":
            yield graph, targets
    for balancer in analysis.estate.all(LoadBalancer):
        pulls = [trigger for trigger in analysis.exposure.all if trigger.front == balancer.id]
        if any(not isinstance(trigger.public, No) for trigger in pulls):
            yield balancer, tuple(dict.fromkeys(str(trigger.target.function) for trigger in pulls))


def _bare(estate: Estate, front: Record) -> Verdict:
    """Whether no association of a web ACL refers to what it could guard, or to a stage of it."""
    stages = {stage.id for stage in estate.all(RestStage) if stage.api and stage.api.target == front.id}
    guarded: set[ResourceId] = {front.id, *stages}
    links = [association.target for association in estate.all(WebAclAssociation) if association.target]
    if any(link.target in guarded or _refers(link.value, guarded) for link in links):
        return No()
    doubts = tuple(doubt for link in links if link.target is None for doubt in unknowns(link.value))
    return Unsure(doubts) if doubts else Yes()


def _refers(value: object, guarded: set[ResourceId]) -> bool:
    return any(isinstance(hole, Ref) and hole.resource in guarded for hole in holes(value))  # type: ignore[arg-type]
