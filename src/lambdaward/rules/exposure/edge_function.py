"""A function runs at the edge, for every viewer.

## What it finds

Functions that a CloudFront distribution runs on requests or answers (Lambda@Edge).

## Why it matters

Such a function runs in every Region near a viewer, with one role everywhere; it takes no environment variables, no VPC and no
reserved concurrency, and its logs lie in the Region where it ran. It sees requests before any authorizer does. That is what it
is for: this only says which functions these are.

## How to fix

Give it a role that writes logs and nothing else, and collect its logs from all Regions.

## Examples

### fires: on requests of viewers

```yaml template.yaml
Resources:
  Rewrite:
    Type: AWS::Lambda::Function
    Properties: {}
  Live:
    Type: AWS::Lambda::Version
    Properties: {FunctionName: !Ref Rewrite}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultCacheBehavior:
          TargetOriginId: site
          LambdaFunctionAssociations: # <- LWX024
            - {EventType: viewer-request, LambdaFunctionARN: !Ref Live}
```

### silent: a distribution without functions

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultCacheBehavior: {TargetOriginId: site}
```

### unknown: a parameter says whether the distribution is on

```yaml template.yaml
Parameters:
  Live:
    Type: String
Resources:
  Rewrite:
    Type: AWS::Lambda::Function
    Properties: {}
  Version:
    Type: AWS::Lambda::Version
    Properties: {FunctionName: !Ref Rewrite}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: !Ref Live
        DefaultCacheBehavior:
          TargetOriginId: site
          LambdaFunctionAssociations: # ?- LWX024
            - {EventType: viewer-request, LambdaFunctionARN: !Ref Version}
```

## References

- https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-restrictions.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Kind, Severity, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import called, functions


@rule("LWX024", "edge-function", Severity.INFO, kind=Kind.ADVICE, posture=("34",))
def edge_function(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that distributions run."""
    for trigger in analysis.exposure.all:
        if trigger.kind == "edge":
            name = called(analysis, trigger.link)
            found = Found(
                record=trigger.record,
                place=trigger.place,
                message=f"{name} runs at the edge, for every viewer of {trigger.shown}",
                key=name,
                functions=functions(analysis, trigger.link),
            )
            yield from answer(trigger.public, found, f"does {name} run at the edge?")
