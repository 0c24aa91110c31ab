"""A function URL behind CloudFront is open to everybody beside it.

## What it finds

Function URLs that are the origin of a CloudFront distribution, and that anybody gets through without CloudFront. The finding is
low when the distribution sends a header of its own to the origin: the code may check it as a shared secret.

## Why it matters

The web ACL, the cache, the allowed countries and the log of the distribution guard nothing that can be gone round. The URL's
address is no secret: it shows in logs and certificates.

## How to fix

Set `AuthType: AWS_IAM` on the URL, give the distribution's origin an origin access control of type `lambda`, and let
`cloudfront.amazonaws.com` call it with the distribution's ARN as `SourceArn`.

## Examples

### fires: an open URL as the origin

```yaml template.yaml
Resources:
  Shop:
    Type: AWS::Lambda::Function
    Properties: {}
  ShopUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Shop.Arn
      AuthType: NONE # <- LWX026
  ByUrl:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Shop, Action: lambda:InvokeFunctionUrl, Principal: "*", FunctionUrlAuthType: NONE}
  Invoke:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Shop, Action: lambda:InvokeFunction, Principal: "*", InvokedViaFunctionUrl: true}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: shop, DomainName: !Select [2, !Split ["/", !GetAtt ShopUrl.FunctionUrl]]}]
        DefaultCacheBehavior: {TargetOriginId: shop}
```

### silent: signed requests only

```yaml template.yaml
Resources:
  Shop:
    Type: AWS::Lambda::Function
    Properties: {}
  ShopUrl:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !GetAtt Shop.Arn, AuthType: AWS_IAM}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins:
          - Id: shop
            DomainName: !Select [2, !Split ["/", !GetAtt ShopUrl.FunctionUrl]]
            OriginAccessControlId: !GetAtt Signing.Id
        DefaultCacheBehavior: {TargetOriginId: shop}
  Signing:
    Type: AWS::CloudFront::OriginAccessControl
    Properties:
      OriginAccessControlConfig:
        Name: shop
        OriginAccessControlOriginType: lambda
        SigningBehavior: always
        SigningProtocol: sigv4
```

### unknown: a parameter says what the URL asks for

```yaml template.yaml
Parameters:
  Auth:
    Type: String
Resources:
  Shop:
    Type: AWS::Lambda::Function
    Properties: {}
  ShopUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !GetAtt Shop.Arn
      AuthType: !Ref Auth # ?- LWX026
  ByUrl:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Shop, Action: lambda:InvokeFunctionUrl, Principal: "*", FunctionUrlAuthType: NONE}
  Invoke:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Shop, Action: lambda:InvokeFunction, Principal: "*", InvokedViaFunctionUrl: true}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{Id: shop, DomainName: !Select [2, !Split ["/", !GetAtt ShopUrl.FunctionUrl]]}]
        DefaultCacheBehavior: {TargetOriginId: shop}
```

## References

- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Distribution, DistributionOrigin, FunctionUrl, Ref, holes
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import called, evidence, functions

STANDARDS = Standards(owasp_serverless=("A6",), cwe=("CWE-288",), mitre_attack=("T1190",))


@rule(
    "LWX026",
    "bypassed-distribution",
    Severity.MEDIUM,
    standards=STANDARDS,
    folds=("LWX002", "LWX003", "LWX009"),
    posture=("n23",),
)
def bypassed_distribution(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Origins of distributions that anybody gets through without CloudFront."""
    for trigger in analysis.exposure.all:
        if not isinstance(trigger.record, FunctionUrl):
            continue
        for distribution, origin in _behind(analysis, trigger.record):
            name = called(analysis, trigger.link)
            found = Found(
                record=trigger.record,
                place=trigger.place,
                message=f"anybody can call {name} by its URL, past the distribution {distribution.shown}",
                severity=Severity.LOW if origin.headers else Severity.MEDIUM,
                because=("the distribution sends a header that the code may check",) if origin.headers else (),
                evidence=(Evidence("the URL is an origin", origin.place("DomainName")), *evidence(trigger.anonymous)),
                key=distribution.id.name,
                functions=functions(analysis, trigger.link),
            )
            yield from answer(trigger.anonymous, found, f"does anybody get to {name} past {distribution.shown}?")


def _behind(analysis: Analysis, url: FunctionUrl) -> Iterator[tuple[Distribution, DistributionOrigin]]:
    for distribution in analysis.estate.all(Distribution):
        for origin in distribution.origins:
            if any(isinstance(hole, Ref) and hole.resource == url.id for hole in holes(origin.domain)):
                yield distribution, origin
