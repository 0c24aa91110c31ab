"""SnapStart is set where Lambda does not support it.

## What it finds

Functions with SnapStart and a runtime, a package type, a file system or an amount of ephemeral storage (more than 512
MB) that SnapStart does not work with.

## Why it matters

The deployment fails, or the function starts cold although its owner believes otherwise.

## How to fix

Move to a runtime with SnapStart (Java 11, Python 3.12, .NET 8 or newer) without the feature named, or remove `SnapStart`.

## Examples

### fires: a runtime without SnapStart, and a mounted file system

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      SnapStart:
        ApplyOn: PublishedVersions # <- LWR008
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: java25
      SnapStart:
        ApplyOn: PublishedVersions # <- LWR008
      FileSystemConfigs:
        - Arn: arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0
          LocalMountPath: /mnt/data
```

### silent: supported, or not used

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      SnapStart:
        ApplyOn: PublishedVersions
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      SnapStart:
        ApplyOn: None
```

### unknown: a parameter gives the runtime

```yaml template.yaml
Parameters:
  Chosen:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: !Ref Chosen
      SnapStart:
        ApplyOn: PublishedVersions # ?- LWR008
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.catalog import runtime
from lambdaward.model import Function, No, Unknown, Unsure, Value, Verdict, Yes, all_of, any_of, is_equal, literal
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge, undecided

LARGEST_STORAGE = 512


@rule("LWR008", "snap-start-unsupported", Severity.LOW, standards=Standards(cfn_lint=("E2530",)), posture=("75",))
def snap_start_unsupported(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions with SnapStart and something that SnapStart does not work with."""
    for function in analysis.estate.all(Function):
        obstacles = {
            "its runtime": judge(function.runtime, _lacks_snap_start),
            "a container image": is_equal(function.package_type, "Image"),
            "a mounted file system": Yes() if function.file_systems else No(),
            "its ephemeral storage": judge(function.ephemeral_storage, _too_large),
        }
        verdict = all_of((is_equal(function.snap_start, "PublishedVersions"), any_of(obstacles.values())))
        reasons = ", ".join(name for name, obstacle in obstacles.items() if isinstance(obstacle, Yes))
        found = Found(
            record=function,
            place=function.place("SnapStart", "ApplyOn"),
            message=f"SnapStart of {function.shown} does not work with {reasons}",
        )
        yield from answer(verdict, found, f"does SnapStart work for {function.shown}?")


def _lacks_snap_start(value: Value) -> Verdict:
    if value is None:
        return No()
    name = literal(value)
    if name is None:
        return undecided(value)
    row = runtime(name)
    if row is None:
        return Unsure((Unknown(f"the runtime {name} is not in the catalogue"),))
    return No() if row.snap_start else Yes()


def _too_large(value: Value) -> Verdict:
    if isinstance(value, (int, float)):
        return Yes() if value > LARGEST_STORAGE else No()
    return No() if value is None else undecided(value)
