"""An API answers beside its own domain name.

## What it finds

APIs with a custom domain name whose default endpoint (`execute-api`) is still on. The finding is medium when the domain asks for
client certificates: the default endpoint does not.

## Why it matters

What stands before the custom domain (client certificates, CloudFront, a web ACL, a TLS policy) does not stand before the default
endpoint. Whoever knows the API's id goes round it.

## How to fix

Set `DisableExecuteApiEndpoint: true` once no client calls the default endpoint any more.

## Examples

### fires: client certificates that can be gone round

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api: # <- LWX020
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP, Target: !GetAtt Orders.Arn}
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: orders.example.com
      MutualTlsAuthentication: {TruststoreUri: "s3://trust/orders.pem"}
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties: {ApiId: !Ref Api, DomainName: !Ref Domain, Stage: $default}
```

### silent: the default endpoint is off

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP, Target: !GetAtt Orders.Arn, DisableExecuteApiEndpoint: true}
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties: {DomainName: orders.example.com}
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties: {ApiId: !Ref Api, DomainName: !Ref Domain, Stage: $default}
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
    Properties:
      Name: orders
      ProtocolType: HTTP
      Target: !GetAtt Orders.Arn
      DisableExecuteApiEndpoint: !If [Production, true, false] # ?- LWX020
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties: {DomainName: orders.example.com}
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties: {ApiId: !Ref Api, DomainName: !Ref Domain, Stage: $default}
```

## References

- https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
- https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mutual-tls.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import CustomDomain, DomainMapping, HttpApi, RestApi, all_of, is_equal, negate
from lambdaward.rules import Doubt, Edit, Evidence, Fix, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import run_by

STANDARDS = Standards(cwe=("CWE-288",), owasp_serverless=("A2", "A6"))


@rule("LWX020", "default-endpoint", Severity.LOW, standards=STANDARDS, posture=("26",))
def default_endpoint(analysis: Analysis) -> Iterator[Found | Doubt]:
    """APIs that answer under their default endpoint beside a custom domain name."""
    for mapping in analysis.estate.all(DomainMapping):
        api = analysis.estate.follow(RestApi, mapping.api) or analysis.estate.follow(HttpApi, mapping.api)
        if api is None:
            continue
        domain = analysis.estate.follow(CustomDomain, mapping.domain)
        guarded = domain is not None and domain.mutual_tls is not None
        place = api.place("DisableExecuteApiEndpoint")
        found = Found(
            record=api,
            place=place,
            message=f"{api.shown} still answers under its default endpoint, beside its custom domain name",
            severity=Severity.MEDIUM if guarded else Severity.LOW,
            because=("the domain asks for client certificates, the default endpoint does not",) if guarded else (),
            evidence=(Evidence("the custom domain name", mapping.place()),),
            fix=Fix("turn the default endpoint off", (Edit(place, True),)),
            functions=run_by(analysis, api),
        )
        on = all_of((negate(is_equal(api.default_endpoint_off, True)), analysis.exposure.public(api)))
        yield from answer(on, found, f"does {api.shown} answer under its default endpoint?")
