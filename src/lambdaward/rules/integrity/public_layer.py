"""A layer is shared with everybody.

## What it finds

Layer versions that every AWS account may download. Sharing with an organization (`OrganizationId`), or with single
accounts, is as it should be.

## Why it matters

Everybody can read the layer's content: code, configuration, and whatever else was packed by mistake. Everybody can
also build upon it, so that it can't be withdrawn quietly.

## How to fix

Name the accounts that need the layer, or your organization in `OrganizationId`.

## Examples

### fires: for all accounts

```yaml template.yaml
Resources:
  Shared:
    Type: AWS::Lambda::LayerVersion
    Properties:
      Content: {S3Bucket: layers, S3Key: shared.zip}
  Everybody:
    Type: AWS::Lambda::LayerVersionPermission
    Properties:
      Action: lambda:GetLayerVersion
      LayerVersionArn: !Ref Shared
      Principal: "*" # <- LWP004
```

### silent: for the organization, and for one account

```yaml template.yaml
Resources:
  Shared:
    Type: AWS::Lambda::LayerVersion
    Properties:
      Content: {S3Bucket: layers, S3Key: shared.zip}
  Ours:
    Type: AWS::Lambda::LayerVersionPermission
    Properties:
      Action: lambda:GetLayerVersion
      LayerVersionArn: !Ref Shared
      OrganizationId: o-a1b2c3d4e5
      Principal: "*"
  Partner:
    Type: AWS::Lambda::LayerVersionPermission
    Properties:
      Action: lambda:GetLayerVersion
      LayerVersionArn: !Ref Shared
      Principal: "210987654321"
```

### unknown: a parameter names the principal

```yaml template.yaml
Parameters:
  Who:
    Type: String
Resources:
  Shared:
    Type: AWS::Lambda::LayerVersionPermission
    Properties:
      Action: lambda:GetLayerVersion
      LayerVersionArn: arn:aws:lambda:eu-west-1:123456789012:layer:shared:1
      Principal: !Ref Who # ?- LWP004
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, LayerPermission, all_of, is_equal, show
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer

STANDARDS = Standards(cwe=("CWE-732",), owasp_serverless=("A5", "A6"), mitre_attack=("T1530",))


@rule("LWP004", "public-layer", Severity.MEDIUM, standards=STANDARDS, posture=("32",))
def public_layer(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Layer versions that every account may use."""
    functions = analysis.estate.all(Function)
    for permission in analysis.estate.all(LayerPermission):
        layer = permission.layer
        name = layer.target.name if layer and layer.target else show(layer.value if layer else None)
        found = Found(
            record=permission,
            place=permission.place("Principal"),
            message=f"every AWS account may download the layer {name}",
            functions=tuple(
                str(function.id)
                for function in functions
                if layer and layer.target and any(used.target == layer.target for used in function.layers)
            ),
        )
        verdict = all_of((is_equal(permission.principal, "*"), absent(permission.organization)))
        yield from answer(verdict, found, f"who may download the layer {name}?")
