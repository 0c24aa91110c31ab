"""A repository of function images lets tags move, or scans nothing.

## What it finds

ECR repositories from which functions of the same templates take their images, with mutable tags or without a scan on
push.

## Why it matters

With mutable tags, whoever may push replaces the image behind a tag. Without a scan, known weaknesses in an image stay
unseen, unless the registry scans as a whole.

## How to fix

Set `ImageTagMutability` to `IMMUTABLE` and `ScanOnPush` to true, or turn enhanced scanning on for the registry.

## Examples

### fires: the defaults

```yaml template.yaml
Resources:
  Images: # <- LWP006
    Type: AWS::ECR::Repository
    Properties: {RepositoryName: pictures}
  Pictures:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Code:
        ImageUri: !Sub ${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${Images}:1
```

### silent: immutable and scanned, and a repository of no function

```yaml template.yaml
Resources:
  Images:
    Type: AWS::ECR::Repository
    Properties:
      ImageTagMutability: IMMUTABLE
      ImageScanningConfiguration: {ScanOnPush: true}
  Tools:
    Type: AWS::ECR::Repository
  Pictures:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Code:
        ImageUri: !Sub ${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${Images}:1
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Tags:
    Type: String
Resources:
  Images: # ?- LWP006
    Type: AWS::ECR::Repository
    Properties:
      ImageTagMutability: !Ref Tags
      ImageScanningConfiguration: {ScanOnPush: true}
  Pictures:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Code:
        ImageUri: !Sub ${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${Images}:1
```

## References

- https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
- https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, Ref, Repository, Yes, any_of, holes, is_equal, literal, negate
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(
    security_hub=("ECR.1", "ECR.2"),
    checkov=("CKV_AWS_51", "CKV_AWS_163"),
    cwe=("CWE-494", "CWE-1104"),
    mitre_attack=("T1525",),
)


@rule("LWP006", "image-repository", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("46",))
def image_repository(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Repositories of function images with mutable tags or without scans."""
    for repository in analysis.estate.all(Repository):
        users = [function for function in analysis.estate.all(Function) if _takes(function, repository)]
        if users:
            yield from _answer(repository, users)


def _answer(repository: Repository, users: list[Function]) -> Iterator[Found | Doubt]:
    mutable = negate(is_equal(repository.mutability, "IMMUTABLE"))
    unscanned = negate(is_equal(repository.scan_on_push, expected=True))
    flaws = [("lets tags move", mutable), ("scans no image when it is pushed", unscanned)]
    found = Found(
        record=repository,
        place=repository.place(),
        message=f"{repository.shown} " + " and ".join(text for text, flaw in flaws if isinstance(flaw, Yes)),
        functions=tuple(str(function.id) for function in users),
    )
    question = f"are the images of {repository.shown} immutable and scanned?"
    yield from answer(any_of((mutable, unscanned)), found, question)


def _takes(function: Function, repository: Repository) -> bool:
    """Whether a function takes its image from a repository: by reference, or by the repository's name."""
    if any(isinstance(hole, Ref) and hole.resource == repository.id for hole in holes(function.image_uri)):
        return True
    name, image = literal(repository.name), literal(function.image_uri)
    return bool(name and image and image.split("@")[0].split(":")[0].endswith(f"/{name}"))
