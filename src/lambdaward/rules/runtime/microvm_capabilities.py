"""MicroVMs run with every capability of the operating system.

## What it finds

MicroVM images with `AdditionalOsCapabilities: [ALL]`.

## Why it matters

With every capability, code inside the MicroVM can load kernel modules, change the network and read every process's memory. The
MicroVM itself stays the boundary; but whatever runs in one MicroVM, runs without boundaries among itself. An agent that runs
strangers' code beside its own credentials wants one.

## How to fix

Leave `AdditionalOsCapabilities` out, unless the image runs containers or mounts file systems of its own.

## Examples

### fires: all of them

```yaml template.yaml
Resources:
  Sandbox:
    Type: AWS::Lambda::MicrovmImage
    Properties:
      Name: sandbox
      AdditionalOsCapabilities: [ALL] # <- LWR024
```

### silent: none

```yaml template.yaml
Resources:
  Sandbox:
    Type: AWS::Lambda::MicrovmImage
    Properties: {Name: sandbox}
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Docker:
    Type: String
Conditions:
  RunsDocker: !Equals [!Ref Docker, "yes"]
Resources:
  Sandbox:
    Type: AWS::Lambda::MicrovmImage
    Properties:
      Name: sandbox
      AdditionalOsCapabilities: !If [RunsDocker, [ALL], !Ref AWS::NoValue] # ?- LWR024
```

## References

- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-microvmimage.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import MicrovmImage, any_of, is_equal
from lambdaward.rules import Doubt, Edit, Fix, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(cwe=("CWE-250",), owasp_serverless=("A6",))


@rule("LWR024", "microvm-capabilities", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("n31",))
def microvm_capabilities(analysis: Analysis) -> Iterator[Found | Doubt]:
    """MicroVM images whose code gets every capability."""
    for image in analysis.estate.all(MicrovmImage):
        place = image.place("AdditionalOsCapabilities")
        found = Found(
            record=image,
            place=place,
            fix=Fix("take no additional capabilities", (Edit(place, None),)),
            message=f"MicroVMs of {image.shown} run with every capability of the operating system",
        )
        everything = any_of(is_equal(capability, "ALL") for capability in image.capabilities)
        yield from answer(everything, found, f"with which capabilities do MicroVMs of {image.shown} run?")
