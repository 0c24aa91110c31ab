"""A container image has a runtime in it that AWS no longer supports.

## What it finds

Functions deployed as images that lie on this machine, with a runtime past its deprecation date by the day of the scan: Python,
Node.js, Java, Ruby or .NET by the files of the image that are not deleted, and by the variables that official images set. An
image is found where `ImageUri` names an archive or OCI layout (as SAM reads it), and where `docker save` wrote it to
`.aws-sam/build/NAME.tar`.

## Why it matters

A runtime that is deprecated gets no more fixes. With images nothing ever stops the function from being deployed again with it, so
nobody is reminded; and the Dockerfile does not tell when it says `latest`, or builds upon an image of one's own.

## How to fix

Build upon an image with the newest runtime of the language, test the function, and deploy it.

## Examples

### fires: an old Python in the base, and an old Node.js by its variable

today: 2026-11-23

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image # <- LWP067
      ImageUri: orders.tar
  Billing:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image # <- LWP067
      ImageUri: billing.tar
```

```json orders.tar
{"layers": [{"var/lang/bin/python3.8": "755"}, {"var/task/app.py": "644"}]}
```

```json billing.tar
{"config": {"Env": ["NODE_VERSION=16.20.2"]}, "layers": [{"usr/src/app/index.js": "644"}]}
```

### silent: a supported one, and the Python that a distribution brings for itself

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
{"layers": [{"usr/bin/python2.7": "755", "var/lang/bin/python3.14": "755"}]}
```

### unknown: the image is not here

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image # ?- LWP067
      ImageUri: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:7
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
- https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.catalog import Phase, runtime
from lambdaward.findings import Evidence
from lambdaward.model import Function, Unknown
from lambdaward.rules import Doubt, Found, Severity, Standards, rule

STANDARDS = Standards(owasp_serverless=("A9",), cwe=("CWE-1104",))


@rule("LWP067", "old-runtime-in-image", Severity.MEDIUM, standards=STANDARDS, folds=("LWP016",))
def old_runtime_in_image(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Images with a runtime past its deprecation date. A Dockerfile that tells the base is asked by another rule."""
    for function in analysis.estate.all(Function):
        read, place = analysis.contents.images(function), function.place("PackageType")
        if isinstance(read, Unknown):
            if analysis.contents.base(function) is None:
                question = f"is a runtime in the image of {function.shown} that is no longer supported?"
                yield Doubt(record=function, place=place, message=question, unknowns=(read,))
            continue
        for inside in dict.fromkeys(inside for image in (read.images if read else ()) for inside in image.runtimes):
            row = runtime(inside.runtime)
            if row is not None and row.phase(analysis.given.today) >= Phase.DEPRECATED:
                yield Found(
                    record=function,
                    place=place,
                    message=f"{inside.runtime} is in the image of {function.shown}: AWS has not supported it since "
                    f"{row.deprecated}",
                    evidence=(Evidence(f"{inside.shown_by} shows it"),),
                    remediation=f"Build upon an image with {row.successor}." if row.successor else "",
                    key=inside.runtime,
                )
