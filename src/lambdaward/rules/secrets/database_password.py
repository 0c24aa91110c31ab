"""A database password stands in the template.

## What it finds

Passwords of databases, caches and brokers that are written into the template, directly or as a parameter's default. A
parameter without a default, a dynamic reference and a password that AWS manages are silent.

## Why it matters

Everybody who can read the repository, the pipeline's logs or the stack's template knows the password, and it is in
the history for ever. It is rarely changed, as that takes a deployment.

## How to fix

Let the service keep the password in Secrets Manager (`ManageMasterUserPassword: true`), or generate a secret and
refer to it with `{{resolve:secretsmanager:...}}`. Change the password that was written down.

## Examples

### fires: a literal, and a default

```yaml template.yaml
Parameters:
  Password:
    Type: String
    Default: change-me
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: change-me # <- LWS003
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties:
      MasterUserPassword: !Ref Password # <- LWS003
```

### silent: managed, resolved, or given at deployment

```yaml template.yaml
Parameters:
  Password:
    Type: String
    NoEcho: true
Resources:
  Managed:
    Type: AWS::RDS::DBInstance
    Properties: {ManageMasterUserPassword: true}
  Resolved:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: "{{resolve:secretsmanager:orders:SecretString:password}}"
  Given:
    Type: AWS::RDS::DBInstance
    Properties: {MasterUserPassword: !Ref Password}
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Test: !Equals [!Ref Stage, test]
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      MasterUserPassword: !If [Test, change-me, "{{resolve:secretsmanager:orders}}"] # ?- LWS003
```

## References

- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lambdaward.analysis import Analysis
from lambdaward.analysis.environment import reveal
from lambdaward.model import No, Record, Resource, Value, Verdict, Yes, dig
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge

# Where each type of resource takes a password. A number is a place in a list.
PASSWORDS: Mapping[str, tuple[str | int, ...]] = MappingProxyType(
    {
        "AWS::AmazonMQ::Broker": ("Users", 0, "Password"),
        "AWS::DMS::Endpoint": ("Password",),
        "AWS::DocDB::DBCluster": ("MasterUserPassword",),
        "AWS::ElastiCache::ReplicationGroup": ("AuthToken",),
        "AWS::OpenSearchService::Domain": ("AdvancedSecurityOptions", "MasterUserOptions", "MasterUserPassword"),
        "AWS::RDS::DBCluster": ("MasterUserPassword",),
        "AWS::RDS::DBInstance": ("MasterUserPassword",),
        "AWS::Redshift::Cluster": ("MasterUserPassword",),
        "AWS::RedshiftServerless::Namespace": ("AdminUserPassword",),
    }
)
STANDARDS = Standards(
    cis_compute=("4.3",), cwe=("CWE-798", "CWE-312"), owasp_serverless=("A3",), mitre_attack=("T1552.001",)
)


@rule("LWS003", "database-password", Severity.HIGH, standards=STANDARDS, posture=("42",))
def database_password(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Database passwords that are written into the template."""
    for resource in analysis.estate.resources.values():
        if resource.type in PASSWORDS:
            yield from _answer(resource, PASSWORDS[resource.type])


def _answer(resource: Resource, path: tuple[str | int, ...]) -> Iterator[Found | Doubt]:
    record = Record(id=resource.id, shown=resource.shown)
    value: Value = resource.properties
    for key in path:
        value = reveal(dig(reveal(value), key))
    found = Found(
        record=record, place=record.place(*path), message=f"the password of {resource.shown} stands in the template"
    )
    yield from answer(judge(value, _written), found, f"does the password of {resource.shown} stand in the template?")


def _written(option: Value) -> Verdict:
    """Whether a password is written down: not when it is absent, given at deployment, or a reference."""
    return Yes() if isinstance(reveal(option), (str, int)) and reveal(option) != "" else No()
