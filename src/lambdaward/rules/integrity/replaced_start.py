"""A function starts something else than its image says.

## What it finds

Functions deployed as images that lie on this machine, whose `ImageConfig` puts another entry point or command in place of the
image's.

## Why it matters

What was built, tested and signed is the image; what runs is decided beside it. `UpdateFunctionConfiguration` changes it
without a new image, and no signature and no digest sees that.

## How to fix

Nothing, where one image serves several functions. Else put the entry point and the command into the image.

## Examples

### fires: another entry point

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      ImageUri: orders.tar
      ImageConfig: {EntryPoint: [/bin/sh, -c]} # <- LWP071
```

```json orders.tar
{"config": {"Entrypoint": ["/lambda-entrypoint.sh"], "Cmd": ["app.handler"]}, "layers": [{"var/task/app.py": "644"}]}
```

### silent: the image's own, said again

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      ImageUri: orders.tar
      ImageConfig: {Command: [app.handler]}
```

```json orders.tar
{"config": {"Entrypoint": ["/lambda-entrypoint.sh"], "Cmd": ["app.handler"]}, "layers": [{"var/task/app.py": "644"}]}
```

### unknown: a parameter gives the command

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Parameters:
  Handler: {Type: String}
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      ImageUri: orders.tar
      ImageConfig: {Command: [!Ref Handler]} # ?- LWP071
```

```json orders.tar
{"config": {"Cmd": ["app.handler"]}, "layers": [{"var/task/app.py": "644"}]}
```

## References

- https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfig.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Function, No, Unknown, Value, Verdict, Yes, items, literal, show
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge, undecided

STANDARDS = Standards(mitre_attack=("T1525",))


@rule("LWP071", "replaced-start", Severity.INFO, kind=Kind.ADVICE, standards=STANDARDS)
def replaced_start(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that start something else than their image says."""
    for function in analysis.estate.all(Function):
        read = analysis.contents.images(function)
        if read is None or isinstance(read, Unknown) or len(read.images) != 1:
            continue
        [image] = read.images
        for name, given, own in (
            ("EntryPoint", function.image_entry_point, image.entry_point),
            ("Command", function.image_command, image.command),
        ):
            if given is None:
                continue
            found = Found(
                record=function,
                place=function.place("ImageConfig", name),
                message=f"{function.shown} starts {show(given)} in place of its image's {' '.join(own) or 'nothing'}",
                key=name,
            )
            yield from answer(_differs(given, own), found, f"does {function.shown} start what its image says ({name})?")


def _differs(given: Value, own: tuple[str, ...]) -> Verdict:
    def judged(option: Value) -> Verdict:
        words = tuple(literal(word) for word in items(option))
        if None in words:
            return undecided(option)
        return No() if option is None or words == own else Yes()

    return judge(given, judged)
