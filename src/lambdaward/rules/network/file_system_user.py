"""A function mounts a file system as root.

## What it finds

EFS access points of functions whose POSIX user is 0.

## Why it matters

As root, the function reads, changes and deletes the files of everybody on that file system, whatever their
permissions say.

## How to fix

Give the access point a user of its own in `PosixUser`, and a folder of its own in `RootDirectory`.

## Examples

### fires: user 0

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      FileSystemConfigs:
        - {Arn: !GetAtt Files.Arn, LocalMountPath: /mnt/files}
  Files:
    Type: AWS::EFS::AccessPoint
    Properties:
      FileSystemId: fs-0123456789abcdef0
      PosixUser:
        Uid: "0" # <- LWN008
        Gid: "0"
```

### silent: a user of its own

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      FileSystemConfigs:
        - {Arn: !GetAtt Files.Arn, LocalMountPath: /mnt/files}
  Files:
    Type: AWS::EFS::AccessPoint
    Properties:
      FileSystemId: fs-0123456789abcdef0
      PosixUser: {Uid: "1001", Gid: "1001"}
```

### unknown: a parameter gives the user

```yaml template.yaml
Parameters:
  User:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      FileSystemConfigs:
        - {Arn: !GetAtt Files.Arn, LocalMountPath: /mnt/files}
  Files:
    Type: AWS::EFS::AccessPoint
    Properties:
      FileSystemId: fs-0123456789abcdef0
      PosixUser:
        Uid: !Ref User # ?- LWN008
        Gid: "1001"
```

## References

- https://docs.aws.amazon.com/efs/latest/ug/enforce-identity-access-points.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import is_equal
from lambdaward.rules import Doubt, Evidence, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.mounts import mounts

STANDARDS = Standards(security_hub=("EFS.4",), cwe=("CWE-250",), mitre_attack=("T1005",))


@rule("LWN008", "file-system-user", Severity.MEDIUM, standards=STANDARDS, posture=("n19",))
def file_system_user(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Access points through which functions are root."""
    for function, mount, point in mounts(analysis.estate):
        found = Found(
            record=point,
            place=point.place("PosixUser", "Uid"),
            message=f"{function.shown} is root on the file system behind {point.shown}",
            evidence=(Evidence(f"{function.shown} mounts it", mount),),
            functions=(str(function.id),),
            key=function.id.name,
        )
        yield from answer(is_equal(point.user, "0"), found, f"as whom does {function.shown} use {point.shown}?")
