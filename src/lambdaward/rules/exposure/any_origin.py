"""Web pages of any origin may read what a function answers.

## What it finds

Function URLs and HTTP APIs whose CORS settings allow every origin.

## Why it matters

CORS keeps nobody from calling; it says which web pages may read the answers in their visitors' browsers. For an API that is
open anyway, `*` gives nothing away. For one that rests on where the caller sits (a company's network), or on a token that a page
holds, a list of origins keeps other pages out.

## How to fix

List the origins of your own pages in `AllowOrigins`.

## Examples

### fires: every origin

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
        AllowOrigins: ["*"] # <- LWX022
```

### silent: one origin, or no CORS at all

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
      Cors: {AllowOrigins: ["https://shop.example.com"]}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: orders, ProtocolType: HTTP, Target: !GetAtt Orders.Arn}
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
        AllowOrigins: [!Ref Origin] # ?- LWX022
```

## References

- https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html
- https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import any_of, is_equal
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.cors import PATTERNS, sharing

STANDARDS = Standards(
    owasp_serverless=("A6",),
    cwe=("CWE-942",),
    prowler=("awslambda_function_url_cors_policy",),
    checkov=("CKV2_AWS_75",),
)


@rule("LWX022", "any-origin", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("23",))
def any_origin(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Cross-origin settings for every origin."""
    for front in sharing(analysis):
        found = Found(
            record=front.record,
            place=front.place("AllowOrigins"),
            message=f"web pages of any origin may read what {front.shown} answers",
            functions=front.functions,
        )
        everyone = any_of(is_equal(origin, any_) for origin in front.record.cors_origins for any_ in ("*", *PATTERNS))
        yield from answer(everyone, found, f"may any web page read what {front.shown} answers?")
