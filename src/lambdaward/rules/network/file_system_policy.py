"""Whoever reaches a function's file system may mount it.

## What it finds

EFS file systems that functions mount, without a file system policy.

## Why it matters

Without a policy, EFS asks nobody who they are: every host that reaches the mount target on port 2049 mounts the file
system and writes what the function will read, code included.

## How to fix

Add a `FileSystemPolicy` that allows `elasticfilesystem:ClientMount` to the function's role only, and denies
unencrypted transport.

## Examples

### fires: no policy

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      FileSystemConfigs:
        - {Arn: !GetAtt Files.Arn, LocalMountPath: /mnt/files}
  Files:
    Type: AWS::EFS::AccessPoint
    Properties: {FileSystemId: !Ref Disk}
  Disk: # <- LWN009
    Type: AWS::EFS::FileSystem
    Properties: {Encrypted: true}
```

### silent: a policy, and a file system of no function

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      FileSystemConfigs:
        - {Arn: !GetAtt Files.Arn, LocalMountPath: /mnt/files}
  Files:
    Type: AWS::EFS::AccessPoint
    Properties: {FileSystemId: !Ref Disk}
  Disk:
    Type: AWS::EFS::FileSystem
    Properties:
      FileSystemPolicy:
        Statement:
          - Effect: Allow
            Principal: {AWS: !GetAtt Role.Arn}
            Action: elasticfilesystem:ClientMount
  Other:
    Type: AWS::EFS::FileSystem
    Properties: {Encrypted: true}
  Role:
    Type: AWS::IAM::Role
    Properties: {}
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Test: !Equals [!Ref Stage, test]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      FileSystemConfigs:
        - {Arn: !GetAtt Files.Arn, LocalMountPath: /mnt/files}
  Files:
    Type: AWS::EFS::AccessPoint
    Properties: {FileSystemId: !Ref Disk}
  Disk:
    Type: AWS::EFS::FileSystem
    Properties:
      FileSystemPolicy: !If # ?- LWN009
        - Test
        - !Ref AWS::NoValue
        - Statement: [{Effect: Deny, Principal: "*", Action: "*"}]
```

## References

- https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import ElasticFileSystem
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer
from lambdaward.rules.mounts import mounts

STANDARDS = Standards(cwe=("CWE-306",), mitre_attack=("T1005", "T1574"))


@rule("LWN009", "file-system-policy", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("n19",))
def file_system_policy(analysis: Analysis) -> Iterator[Found | Doubt]:
    """File systems of functions that anybody in reach may mount."""
    points = {point.id: point for _, _, point in mounts(analysis.estate)}.values()
    systems = (analysis.estate.follow(ElasticFileSystem, point.file_system) for point in points)
    for system in {found.id: found for found in systems if found}.values():
        message = f"whoever reaches {system.shown} may mount it, without credentials"
        found = Found(record=system, place=system.place("FileSystemPolicy"), message=message)
        yield from answer(absent(system.policy), found, f"who may mount {system.shown}?")
