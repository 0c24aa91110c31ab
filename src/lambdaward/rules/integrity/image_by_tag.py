"""A function's image is named by a tag.

## What it finds

Functions whose image is named by a tag instead of a digest.

## Why it matters

Lambda keeps the image that the tag meant on the day of the deployment, but the next deployment of the same template
takes whatever the tag means then: what was reviewed and what runs can differ.

## How to fix

Name the image by its digest: `repository@sha256:...`.

## Examples

### fires: a tag

```yaml template.yaml
Resources:
  Pictures:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Code:
        ImageUri: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/pictures:latest # <- LWP005
```

### silent: a digest

```yaml template.yaml
Resources:
  Pictures:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Code:
        ImageUri: !Sub
          - 123456789012.dkr.ecr.eu-west-1.amazonaws.com/pictures@sha256:${Digest}
          - Digest: 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a
```

### unknown: a parameter names the image

```yaml template.yaml
Parameters:
  Image:
    Type: String
Resources:
  Pictures:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Code:
        ImageUri: !Ref Image # ?- LWP005
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, No, Text, Unknown, Value, Verdict, Yes, literal, parts, show
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge, undecided

STANDARDS = Standards(cwe=("CWE-494",), mitre_attack=("T1525",))


@rule("LWP005", "image-by-tag", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("n11",))
def image_by_tag(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions whose image is named by a tag."""
    for function in analysis.estate.all(Function):
        message = f"the image of {function.shown} is named by a tag: {show(function.image_uri)}"
        found = Found(record=function, place=function.place("Code", "ImageUri"), message=message)
        yield from answer(judge(function.image_uri, _by_tag), found, f"is the image of {function.shown} pinned?")


def _by_tag(value: Value) -> Verdict:
    if value is None or "@sha256:" in show(value):
        return No()
    if literal(value) is None and any(isinstance(part, Unknown) for part in parts(value)):
        return undecided(value)
    return Yes() if isinstance(value, (str, Text)) else undecided(value)
