"""A file in a package runs as its owner, whoever starts it.

## What it finds

Files with a setuid or setgid bit in the code and layers of functions, and, in container images, those that distributions do not
bring: `su`, `mount`, `passwd` and their like are as they should be.

Files that everybody may write are no finding: code, layers and images are read-only in the sandbox, whatever their rights say.

## Why it matters

Nothing that belongs into a function needs such a bit. The signature of AWS Signer is not over rights, so one can be set in a
signed package without breaking it. Lambda runs every program as a user without privileges; whether its sandbox heeds the bit
is not documented, and elsewhere the same package or image gives away its owner's rights.

## How to fix

Take the bit off (`chmod u-s,g-s FILE`) and build the package anew.

## Examples

### fires: in a zip, a layer and an image

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: # <- LWP066
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Code: orders.zip, Layers: [!Ref Tools]}
  Tools: # <- LWP066
    Type: AWS::Lambda::LayerVersion
    Properties: {Content: tools.zip}
  Pictures: # <- LWP066
    Type: AWS::Serverless::Function
    Properties: {PackageType: Image, ImageUri: pictures.tar}
```

```json orders.zip
{"index.py": "644", "bin/helper": "4755"}
```

```json tools.zip
{"bin/helper": "2755"}
```

```json pictures.tar
{"layers": [{"usr/bin/su": "4755"}, {"opt/helper": "4755"}]}
```

### silent: programs, and what a distribution brings

```yaml template.yaml
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Code: orders.zip}
  Pictures:
    Type: AWS::Serverless::Function
    Properties: {PackageType: Image, ImageUri: pictures.tar}
```

```json orders.zip
{"index.py": "666", "bin/helper": "755"}
```

```json pictures.tar
{"layers": [{"usr/bin/su": "4755", "usr/bin/passwd": "4755"}]}
```

### unknown: a package that cannot be read

```yaml template.yaml
Resources:
  Orders: # ?- LWP066
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Code: orders.zip}
```

```text orders.zip
not a zip
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
- https://attack.mitre.org/techniques/T1548/001/
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.rights import privileged
from lambdaward.model import Function, InputError, Layer, Unknown
from lambdaward.rules import Doubt, Found, Severity, Standards, rule

STANDARDS = Standards(cwe=("CWE-732", "CWE-250"), mitre_attack=("T1548.001",))
USUAL = frozenset(
    {
        "su", "sudo", "mount", "umount", "passwd", "chsh", "chfn", "chage", "gpasswd", "newgrp", "expiry", "wall", "write",
        "write.ul", "bsd-write", "unix_chkpwd", "pam_timestamp_check", "pam_extrausers_chkpwd", "ping", "ping6", "crontab",
        "fusermount", "fusermount3", "pkexec", "polkit-agent-helper-1", "dbus-daemon-launch-helper", "ssh-agent", "ssh-keysign",
        "dotlockfile", "usernetctl", "userhelper", "utempter", "bbsuid", "sudoedit", "newuidmap", "newgidmap", "screen",
    }
)  # fmt: skip
MOST = 5


@rule("LWP066", "privileged-file", Severity.LOW, standards=STANDARDS)
def privileged_file(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Files with a setuid or setgid bit."""
    records: list[Function | Layer] = [*analysis.estate.all(Function), *analysis.estate.all(Layer)]
    for record in records:
        found, unknowns = _in_package(analysis, record)
        if found:
            rest = f" and {len(found) - MOST} more" if len(found) > MOST else ""
            message = (
                f"{', '.join(found[:MOST])}{rest} of {record.shown}: it runs as its owner or group, whoever starts it"
            )
            users = analysis.estate.all(Function)
            own = [f for f in users if f.id == record.id or any(link.target == record.id for link in f.layers)]
            yield Found(
                record=record, place=record.place(), message=message, functions=tuple(str(each.id) for each in own)
            )
        elif unknowns:
            question = f"is there a file in {record.shown} that runs as its owner?"
            yield Doubt(record=record, place=record.place(), message=question, unknowns=unknowns)


def _in_package(analysis: Analysis, record: Function | Layer) -> tuple[tuple[str, ...], tuple[Unknown, ...]]:
    """The files that run as their owner, of an image those that distributions do not bring; and why there may be more."""
    read = analysis.contents.images(record) if isinstance(record, Function) else None
    if isinstance(read, Unknown):
        return (), ()
    if read is not None:
        files = (file for image in read.images for file in image.privileged)
        return tuple(file for file in files if file.rpartition("/")[2] not in USUAL), read.unknowns
    try:
        return privileged(record.code), ()
    except InputError as error:
        return (), (Unknown(error.problem, error.remedy),)
