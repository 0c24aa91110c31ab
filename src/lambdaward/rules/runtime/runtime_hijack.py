"""A variable that makes start-up load code from a place that can be written or that nothing guards.

## What it finds

Variables such as `AWS_LAMBDA_EXEC_WRAPPER`, `NODE_OPTIONS`, `LD_PRELOAD`, `PYTHONPATH` and `JAVA_TOOL_OPTIONS`, where the
function's runtime obeys them, judged by what they point to:

- high: `/tmp`, `/dev/shm` or a mounted file system, which the function or others can write, or a network address;
- medium: a program below `/opt` of a function that has no layer to bring it;
- low: a program below `/opt` that is not a well-known vendor's wrapper, where a layer comes from elsewhere.

Vendors' wrappers, the application's own layers and the function's own package are as they should be.

## Why it matters

The code runs before the handler, with the role's credentials, in every invocation. Changing one variable needs no new
code and no new signature, so that code signing does not see it. Code in a writable place survives in a warm
environment and turns one bad input into a lasting foothold.

## How to fix

Remove the variable, or point it to a file of the function's own package or of a layer whose content is pinned.

## Examples

### fires: a writable place, and a wrapper that no layer brings

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Environment:
        Variables:
          NODE_OPTIONS: --require /tmp/patch.js # <- LWR004
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Environment:
        Variables:
          AWS_LAMBDA_EXEC_WRAPPER: /opt/start # <- LWR004
```

### silent: a vendor's wrapper, own code, plain options, and another language's variable

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Layers: [!Ref Telemetry]
      Environment:
        Variables:
          AWS_LAMBDA_EXEC_WRAPPER: /opt/otel-instrument
          PYTHONPATH: /var/task/lib:lib
          NODE_OPTIONS: --require /tmp/patch.js
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Environment:
        Variables:
          NODE_OPTIONS: --enable-source-maps
  Telemetry:
    Type: AWS::Lambda::LayerVersion
    Properties:
      Content: {S3Bucket: layers, S3Key: telemetry.zip}
```

### unknown: a value that a parameter gives

```yaml template.yaml
Parameters:
  Preload:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: provided.al2023
      Environment:
        Variables:
          LD_PRELOAD: !Ref Preload # ?- LWR004
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
- https://attack.mitre.org/techniques/T1574/
"""

import posixpath
import re
from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.environment import variables
from lambdaward.catalog import Hook, hooks, runtime
from lambdaward.model import Function, No, Unsure, Value, Verdict, Yes, alternatives, environment_place, literal
from lambdaward.rules import Doubt, Found, Severity, Standards, doubt, rule
from lambdaward.rules.answering import judge, undecided

PATHS = re.compile(r"(?<![^\s:=;,])/[^\s:=;,]*")
REMOTE = re.compile(r"(?:https?|ftp|data):")
WRITABLE = ("/tmp", "/dev/shm", "/mnt")  # noqa: S108 - names of places, nothing is written
FINE = (Severity.INFO, "")
STANDARDS = Standards(cwe=("CWE-427", "CWE-426"), mitre_attack=("T1574", "T1525"), owasp_serverless=("A6",))


@rule("LWR004", "runtime-hijack", Severity.HIGH, standards=STANDARDS, posture=("n7",))
def runtime_hijack(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Variables that load code from a place that is not guarded."""
    for function in analysis.estate.all(Function):
        for name, value in variables(function):
            hook = hooks().variables.get(name)
            if hook and _obeys(function, hook):
                yield from _answer(function, name, value, hook)


def _obeys(function: Function, hook: Hook) -> bool:
    """Whether the function's runtime obeys a hook; an image or an unknown runtime may."""
    row = runtime(literal(function.runtime) or "")
    return row is None or not hook.families or row.family in hook.families


def _answer(function: Function, name: str, value: Value, hook: Hook) -> Iterator[Found | Doubt]:
    place = environment_place(function, name)
    match judge(value, lambda option: _suspect(function, hook, option)):
        case Yes():
            severity, where = max(_worst(function, hook, literal(option) or "") for option in alternatives(value))
            message = f"{name} of {function.shown} loads {hook.loads} from {where}"
            yield Found(record=function, place=place, message=message, severity=severity, because=(where,), key=name)
        case Unsure() as unsure:
            yield doubt(function, place, f"where does {name} of {function.shown} load code from?", unsure, key=name)


def _suspect(function: Function, hook: Hook, option: Value) -> Verdict:
    known = "" if option is None else literal(option)
    if known is None:
        return undecided(option)
    return No() if _worst(function, hook, known) is FINE else Yes()


def _worst(function: Function, hook: Hook, value: str) -> tuple[Severity, str]:
    """The worst place that a value names, with what is wrong about it; `FINE` when every place is as it should be."""
    if REMOTE.search(value):
        return Severity.HIGH, "a network address"
    paths = [posixpath.normpath("/" + path.lstrip("/")) for path in PATHS.findall(value)]
    return max((_judge_path(function, hook, path) for path in paths), default=FINE)


def _judge_path(function: Function, hook: Hook, path: str) -> tuple[Severity, str]:
    mounts = [mount.rstrip("/") for system in function.file_systems if (mount := literal(system.mount))]
    for folder in (*WRITABLE, *mounts):
        if path == folder or path.startswith(folder + "/"):
            return Severity.HIGH, f"{folder}, which can be written while functions run"
    if hook.search or not path.startswith("/opt/") or path in hooks().wrappers or function.runtime is None:
        return FINE
    if not function.layers:
        return Severity.MEDIUM, "/opt, where no layer of the function puts anything"
    if all(layer.target for layer in function.layers):
        return FINE
    return Severity.LOW, "a layer from elsewhere, by a program that is not a well-known vendor's"
