"""A layer has newer versions.

## What it finds

Layers of an older version than the newest one that is known in their Region. Of AWS's layers (Lambda Insights, AppConfig,
Parameters and Secrets), what is known is the table of the CDK, with its date; there may be newer ones yet. Of an account's
own, it is what `aws lambda list-layers` or `list-layer-versions` answered.

## Why it matters

A version of a layer never changes. Fixes of the extension and of the libraries in it come as new versions, and a function keeps
the one it names until somebody changes the number.

## How to fix

Name the newest version, and look at it now and then, or let a tool do so. `lambdaward lock --diff` tells what is new in it.

## Examples

### fires: an old version

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Layers:
        - arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:2 # <- LWP056
```

### fires: an old version of an own layer

```json functions.json
{"Functions": [
  {"FunctionName": "orders", "CodeSha256": "x", "Layers": [{"Arn": "arn:aws:lambda:eu-west-1:111122223333:layer:tools:2"}],
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"} # <- LWP056
]}
```

```json layers.json
{"Layers": [
  {"LayerName": "tools", "LayerArn": "arn:aws:lambda:eu-west-1:111122223333:layer:tools",
   "LatestMatchingVersion": {"LayerVersionArn": "arn:aws:lambda:eu-west-1:111122223333:layer:tools:5", "Version": 5}}
]}
```

### silent: a newer version than any that is known, and a layer of somebody else

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Layers:
        - arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:9000
        - arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Extension:2
```

### unknown: the Region is not known, and versions count anew in each

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Layers:
        - !Sub arn:aws:lambda:${AWS::Region}:580247275435:layer:LambdaInsightsExtension:2 # ?- LWP056
```

## References

- https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Lambda-Insights-extension-versions.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.layers import newest
from lambdaward.catalog import layer_arn, publisher
from lambdaward.model import Function, Unknown, show
from lambdaward.rules import Confidence, Doubt, Found, Kind, Severity, Standards, rule

STANDARDS = Standards(cwe=("CWE-1104",), owasp_serverless=("A9",))
NO_REGION = Unknown("the Region is not known, and versions count anew in each", "give --region")


@rule("LWP056", "old-layer", Severity.LOW, Confidence.MEDIUM, kind=Kind.ADVICE, standards=STANDARDS)
def old_layer(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Layers that have newer versions."""
    for function in analysis.estate.all(Function):
        for index, link in enumerate(function.layers):
            arn = layer_arn(show(link.value))
            if arn is None or not arn.version:
                continue
            place, key = function.place("Layers", index), show(link.value)
            if not arn.region and publisher(arn.account, arn.name, arn.region) == "AWS":
                question = f"is {key} of {function.shown} the newest version?"
                yield Doubt(record=function, place=place, message=question, unknowns=(NO_REGION,), key=key)
            elif int(arn.version) < (known := newest(analysis.estate, arn)):
                message = f"{function.shown} runs version {arn.version} of {arn.name}; {known} is known in {arn.region}"
                yield Found(record=function, place=place, message=message, key=key)
