"""A container image built upon a runtime that AWS no longer supports.

## What it finds

Functions deployed as images whose Dockerfile builds upon AWS's base image for a runtime that has passed its deprecation date,
by the day of the scan.

## Why it matters

AWS stops patching the base image when the runtime is deprecated. Unlike with zips, nothing ever stops the function from being
deployed again with it, so nobody is reminded.

## How to fix

Build upon the base image of the newest runtime of the language, test the function, and deploy it.

## Examples

### fires: the last stage builds upon an old runtime

today: 2026-11-23

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Metadata: {DockerContext: ./app, Dockerfile: Dockerfile}
    Properties:
      PackageType: Image # <- LWP016
```

```text app/Dockerfile
ARG VERSION=3.8
FROM node:22 AS assets
FROM public.ecr.aws/lambda/python:${VERSION} AS base
FROM base
CMD ["app.handler"]
```

### silent: a supported one, and an image that is not AWS's

today: 2026-11-23

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Metadata: {DockerContext: ./app, Dockerfile: Dockerfile}
    Properties:
      PackageType: Image
  Billing:
    Type: AWS::Serverless::Function
    Metadata: {DockerContext: ./app, Dockerfile: Other}
    Properties:
      PackageType: Image
```

```text app/Dockerfile
FROM public.ecr.aws/lambda/python:3.13
```

```text app/Other
FROM alpine:3.20
```

### unknown: an argument gives the version

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Metadata: {DockerContext: ./app, Dockerfile: Dockerfile}
    Properties:
      PackageType: Image # ?- LWP016
```

```text app/Dockerfile
ARG VERSION
FROM public.ecr.aws/lambda/python:${VERSION}
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


@rule("LWP016", "deprecated-base-image", Severity.MEDIUM, standards=STANDARDS)
def deprecated_base_image(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Images upon AWS's base image for a runtime past its deprecation date."""
    for function in analysis.estate.all(Function):
        base, place = analysis.contents.base(function), function.place("PackageType")
        if isinstance(base, Unknown):
            question = f"is the runtime that the image of {function.shown} builds upon still supported?"
            yield Doubt(record=function, place=place, message=question, unknowns=(base,))
        elif (
            base is not None and (row := runtime(base.runtime)) and row.phase(analysis.given.today) >= Phase.DEPRECATED
        ):
            yield Found(
                record=function,
                place=place,
                message=f"the image of {function.shown} builds upon {base.image}: AWS has not supported {base.runtime} since "
                f"{row.deprecated}",
                evidence=(Evidence(f"{base.file} names it"),),
                remediation=f"Build upon the base image of {row.successor}." if row.successor else "",
            )
