"""The signature beside a container image does not hold.

## What it finds

Functions deployed as images that lie on this machine as an OCI layout, with a signature of Notation about the image that does
not hold: damaged, about another image, by another key, or expired. Signatures of cosign, and those under roots that are not
AWS's, are
*unknown*. An image without any is silent: its signatures may be kept in the registry.

## Why it matters

Lambda verifies no signature of an image. If nobody else does before the deployment, an image that was changed after it was signed
runs like the one that was signed.

## How to fix

Find out where the image comes from. Build it anew, sign it, and let the pipeline refuse images whose signature does not hold
(`lambdaward verify LAYOUT`).

## Examples

### fires: a damaged envelope

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image # <- LWP072
      ImageUri: orders.tar
```

```json orders.tar
{"layers": [{"var/task/app.py": "644"}], "notation": "{}"}
```

### silent: no signature beside it

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
{"layers": [{"var/task/app.py": "644"}]}
```

### unknown: one of cosign

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image # ?- LWP072
      ImageUri: orders.tar
```

```json orders.tar
{"layers": [{"var/task/app.py": "644"}], "sigstore": "{}"}
```

## References

- https://docs.aws.amazon.com/signer/latest/developerguide/Welcome.html
- https://notaryproject.dev/docs/
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, No, negate
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(cwe=("CWE-347",), mitre_attack=("T1525", "T1195.002"))


@rule("LWP072", "broken-image-signature", Severity.MEDIUM, standards=STANDARDS)
def broken_image_signature(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Images whose signature does not hold."""
    for function in analysis.estate.all(Function):
        verdict = analysis.contents.signature(function, analysis.given.today)
        if verdict is None:
            continue
        why = verdict.proof[0].text if isinstance(verdict, No) else ""
        found = Found(
            record=function,
            place=function.place("PackageType"),
            message=f"the signature beside the image of {function.shown} does not hold: {why}",
        )
        yield from answer(negate(verdict), found, f"does the signature of the image of {function.shown} hold?")
