"""A container image builds upon an old base.

## What it finds

Functions deployed as images that lie on this machine, whose lowest layer is older than a year by the day of the scan. That
layer holds the operating system; when it was made is told by the image's history.

## Why it matters

Fixes of the operating system and of the runtime come as new base images. Lambda patches the runtime of zips by itself; in an
image it changes nothing: what is not built anew stays as it was.

## How to fix

Pull the base image and build anew, now and then, or let a tool do so.

## Examples

### fires: a base of two years ago

today: 2026-11-23

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image # <- LWP068
      ImageUri: orders.tar
```

```json orders.tar
{"history": ["2024-11-01T10:00:00Z", "2026-11-20T10:00:00Z"], "layers": [{"etc/os-release": "644"}, {"var/task/app.py": "644"}]}
```

### silent: a base of last month

today: 2026-11-23

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      ImageUri: orders.tar
```

```json orders.tar
{"history": ["2026-10-20T10:00:00Z", "2026-11-20T10:00:00Z"], "layers": [{"etc/os-release": "644"}, {"var/task/app.py": "644"}]}
```

### unknown: a builder that writes no times

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image # ?- LWP068
      ImageUri: orders.tar
```

```json orders.tar
{"history": ["1970-01-01T00:00:00Z"], "layers": [{"etc/os-release": "644"}]}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
- https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.findings import Setting
from lambdaward.model import Function, Unknown
from lambdaward.rules import Confidence, Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import setting

STANDARDS = Standards(owasp_serverless=("A9",), cwe=("CWE-1104",))
DAYS = Setting("days", 365, "How old the lowest layer of an image may be.")
NO_TIME = Unknown("its history tells no time", "look at the base that its Dockerfile names")


@rule(
    "LWP068",
    "old-base-image",
    Severity.LOW,
    Confidence.MEDIUM,
    kind=Kind.ADVICE,
    standards=STANDARDS,
    settings=(DAYS,),
)
def old_base_image(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Images whose lowest layer is old."""
    most = setting(analysis, "old-base-image", DAYS)
    for function in analysis.estate.all(Function):
        read, place = analysis.contents.images(function), function.place("PackageType")
        for image in () if read is None or isinstance(read, Unknown) else read.images:
            key, made = image.digest, image.base.made
            if made is None:
                question = f"how old is the base of the image of {function.shown}?"
                yield Doubt(record=function, place=place, message=question, unknowns=(NO_TIME,), key=key)
            elif (age := (analysis.given.today - made).days) > most:
                name = f" ({image.base.name})" if image.base.name else ""
                message = f"the lowest layer of the image of {function.shown}{name} is of {made}, {age} days ago"
                yield Found(record=function, place=place, message=message, key=key)
