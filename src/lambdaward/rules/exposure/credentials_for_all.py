"""Web pages of any origin may call with a user's credentials.

## What it finds

Function URLs and HTTP APIs whose CORS settings allow credentials for every origin: `*`, `https://*` or `http://*`.

## Why it matters

With an origin that matches a pattern, API Gateway answers with the asking page's own origin: the browser then sends the user's
cookies from any web page, and lets that page read the answer. To a plain `*` browsers give no credentials; whether a function
URL answers so or with the asking origin, AWS doesn't say, so that nothing should rest on it.

## How to fix

List the origins that may use credentials, or set `AllowCredentials: false`.

## Examples

### fires: credentials for everybody

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Orders.Arn
      AuthType: AWS_IAM
      Cors:
        AllowOrigins: ["*"]
        AllowCredentials: true # <- LWX021
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: orders
      ProtocolType: HTTP
      Target: !GetAtt Orders.Arn
      CorsConfiguration:
        AllowOrigins: ["https://*"]
        AllowCredentials: true # <- LWX021
```

### silent: one origin, or no credentials

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Orders.Arn
      AuthType: AWS_IAM
      Cors: {AllowOrigins: ["https://shop.example.com"], AllowCredentials: true}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: orders
      ProtocolType: HTTP
      Target: !GetAtt Orders.Arn
      CorsConfiguration: {AllowOrigins: ["*"]}
```

### unknown: a parameter gives the origin

```yaml template.yaml
Parameters:
  Origin:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  OrdersUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Orders.Arn
      AuthType: AWS_IAM
      Cors:
        AllowOrigins: [!Ref Origin]
        AllowCredentials: true # ?- LWX021
```

## References

- https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html
- https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
- https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import all_of, any_of, is_equal
from lambdaward.rules import Confidence, Doubt, Edit, Fix, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.cors import PATTERNS, sharing

STANDARDS = Standards(
    owasp_serverless=("A6",),
    cwe=("CWE-942",),
    prowler=("awslambda_function_url_cors_policy",),
    checkov=("CKV2_AWS_75",),
)


@rule("LWX021", "credentials-for-all", Severity.MEDIUM, standards=STANDARDS, folds=("LWX022",), posture=("23", "n21"))
def credentials_for_all(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Cross-origin settings that allow credentials for every origin."""
    for front in sharing(analysis):
        echoed = any(origin in PATTERNS for origin in front.record.cors_origins)
        place = front.place("AllowCredentials")
        found = Found(
            record=front.record,
            place=place,
            message=f"web pages of any origin may call {front.shown} with the user's credentials",
            confidence=Confidence.HIGH if echoed else Confidence.MEDIUM,
            because=("API Gateway answers with the origin that asks",) if echoed else (),
            fix=Fix("allow no credentials", (Edit(place, False),)),
            functions=front.functions,
        )
        everyone = any_of(is_equal(origin, any_) for origin in front.record.cors_origins for any_ in ("*", *PATTERNS))
        verdict = all_of((is_equal(front.record.cors_credentials, True), everyone))
        yield from answer(verdict, found, f"may any web page call {front.shown} with credentials?")
