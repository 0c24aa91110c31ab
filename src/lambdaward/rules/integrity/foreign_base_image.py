"""A MicroVM image builds upon somebody else's.

## What it finds

MicroVM images whose base image is neither of AWS, of the stack's own account nor of a trusted one.

## Why it matters

Everything in the base image is in every MicroVM that starts from it, in memory and on disk, with the MicroVM's role.

## How to fix

Build upon a base image of AWS, or upon one of your own; or name its owner as trusted.

## Examples

### fires: a base image of a stranger

```yaml template.yaml
Resources:
  Sandbox:
    Type: AWS::Lambda::MicrovmImage
    Properties:
      Name: sandbox
      BaseImageArn: arn:aws:lambda:eu-west-1:210987654321:microvm-image:tools # <- LWP011
```

### silent: one of AWS

```yaml template.yaml
Resources:
  Sandbox:
    Type: AWS::Lambda::MicrovmImage
    Properties:
      Name: sandbox
      BaseImageArn: !Sub arn:aws:lambda:${AWS::Region}:aws:microvm-image:al2023-1
```

### unknown: a parameter names it

```yaml template.yaml
Parameters:
  Base:
    Type: String
Resources:
  Sandbox:
    Type: AWS::Lambda::MicrovmImage
    Properties:
      Name: sandbox
      BaseImageArn: !Ref Base # ?- LWP011
```

## References

- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-microvmimage.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import MicrovmImage, show
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge
from lambdaward.rules.arns import foreign

STANDARDS = Standards(cwe=("CWE-829",), mitre_attack=("T1195.002",))


@rule("LWP011", "foreign-base-image", Severity.MEDIUM, Confidence.MEDIUM, standards=STANDARDS, posture=("n31",))
def foreign_base_image(analysis: Analysis) -> Iterator[Found | Doubt]:
    """MicroVM images upon images of accounts that are neither AWS's, own nor trusted."""
    for image in analysis.estate.all(MicrovmImage):
        base = image.base_image
        found = Found(
            record=image,
            place=image.place("BaseImageArn"),
            message=f"the MicroVM image {image.shown} builds upon an image of another account: {show(base)}",
        )
        if base is not None:
            verdict = judge(base, lambda option: foreign(analysis, option))
            yield from answer(verdict, found, f"whose is {show(base)}, which {image.shown} builds upon?")
