"""The tag of a function's image means another image than the one that runs.

## What it finds

Functions of an account whose image is named by a tag that was moved since they were deployed. Give the answers of
`aws lambda get-function` (the digest that runs) and `aws ecr describe-images` (the digest that the tag means now).

## Why it matters

Lambda keeps the image that the tag meant on the day of the deployment. Whoever looks at the tag, or scans it, looks at another
image than the one that runs; and the next deployment of the same template takes the new one, reviewed or not.

## How to fix

Name the image by its digest (`repository@sha256:...`), and make tags of the repository immutable.

## Examples

### fires: the tag was moved

```json function.json
{"Configuration": {"FunctionName": "pictures", "PackageType": "Image", "CodeSha256": "x",
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:pictures"}, # <- LWP070
 "Code": {"ImageUri": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/pictures:7",
   "ResolvedImageUri": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/pictures@sha256:aaaa"}}
```

```json images.json
{"imageDetails": [
  {"registryId": "111122223333", "repositoryName": "pictures", "imageDigest": "sha256:bbbb", "imageTags": ["7", "latest"]},
  {"registryId": "111122223333", "repositoryName": "pictures", "imageDigest": "sha256:aaaa"}
]}
```

### silent: it means the same still

```json function.json
{"Configuration": {"FunctionName": "pictures", "PackageType": "Image", "CodeSha256": "x",
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:pictures"},
 "Code": {"ImageUri": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/pictures:7",
   "ResolvedImageUri": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/pictures@sha256:aaaa"}}
```

```json images.json
{"imageDetails": [
  {"registryId": "111122223333", "repositoryName": "pictures", "imageDigest": "sha256:aaaa", "imageTags": ["7"]}
]}
```

### unknown: nobody asked the registry

```json function.json
{"Configuration": {"FunctionName": "pictures", "PackageType": "Image", "CodeSha256": "x",
   "FunctionArn": "arn:aws:lambda:eu-west-1:111122223333:function:pictures"}, # ?- LWP070
 "Code": {"ImageUri": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/pictures:7",
   "ResolvedImageUri": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/pictures@sha256:aaaa"}}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
- https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
"""

import re
from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, No, StoredImage, Unknown, Unsure, Verdict, Yes, literal
from lambdaward.rules import Confidence, Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(cwe=("CWE-494",), mitre_attack=("T1525",))
NAMED = re.compile(
    r"(?P<registry>\d{12})\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?/(?P<repository>[^:@]+):(?P<tag>[^:@]+)"
)


@rule("LWP070", "moved-tag", Severity.LOW, Confidence.MEDIUM, standards=STANDARDS)
def moved_tag(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions whose image's tag means another image now."""
    for function in analysis.estate.all(Function):
        named = NAMED.fullmatch(literal(function.image_uri) or "")
        runs = (literal(function.resolved_image) or "").partition("@")[2]
        if named is None or not runs:
            continue
        means = {
            literal(image.digest) or ""
            for image in analysis.estate.all(StoredImage)
            if (image.registry, image.repository) == (named["registry"], named["repository"])
            and named["tag"] in image.tags
        }
        told = ", ".join(sorted(means))
        found = Found(
            record=function,
            place=function.place("Code", "ImageUri"),
            message=f"{function.shown} runs {runs}, and its tag {named['tag']} means {told} now",
        )
        question = f"does the tag {named['tag']} still mean the image that {function.shown} runs?"
        yield from answer(_moved(means, runs, named["repository"]), found, question)


def _moved(means: set[str], runs: str, repository: str) -> Verdict:
    settle = f"save what `aws ecr describe-images --repository-name {repository}` prints"
    if not means:
        return Unsure((Unknown("no answer tells what the tag means", settle),))
    if means == {runs}:
        return No()
    if runs in means:
        why = "the tag means several images, in several Regions"
        return Unsure((Unknown(why, f"{settle}, of the function's Region only"),))
    return Yes()
