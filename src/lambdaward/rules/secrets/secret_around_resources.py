"""A template holds a secret beside its resources.

## What it finds

Secrets in a template's outputs, mappings, metadata, descriptions and comments, and defaults of parameters that no resource shows
already. An output is looked at with what it refers to: the value of a parameter that is hidden elsewhere stands in it in plain
text, and so does a secret that AWS makes when it creates a resource (the secret access key of a user, the secret of an app
client).

## Why it matters

Whoever may call `cloudformation:GetTemplate` reads the template; outputs and parameters also come with `DescribeStacks`, and
what is exported with `ListExports`. `NoEcho` hides a parameter, but neither its default in the template nor an output that
gives it away. The finding names who may.

## How to fix

Take the secret out and change it: the template and its history have it. An output gives the name or ARN of a stored secret, never
its value; a parameter has no default, or is the name of a secret.

## Examples

### fires: a default that no resource shows, a mapping, an output

```yaml template.yaml
Parameters:
  DbPassword:
    Type: String
    NoEcho: true
    Default: made:password # <- LWS012
Mappings:
  Settings:
    prod:
      ApiToken: made:github-token # <- LWS012
Resources:
  AccessKey:
    Type: AWS::IAM::AccessKey
    Properties: {UserName: ci}
Outputs:
  DatabaseUrl:
    Value: postgres://orders:made:password@db.internal/orders # <- LWS012
  Key:
    Value: !GetAtt AccessKey.SecretAccessKey # <- LWS012
```

### silent: names of secrets, and defaults that are none

```yaml template.yaml
Parameters:
  DbPassword:
    Type: String
    NoEcho: true
  SecretName:
    Type: String
    Default: orders/database
  ApiKey:
    Type: AWS::SSM::Parameter::Value<String>
    Default: /orders/api-key
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: {}
Outputs:
  SecretArn:
    Value: !Ref Secret
```

### unknown: an output that gives away what is given at deployment

```yaml template.yaml
Parameters:
  DbPassword:
    Type: String
    NoEcho: true
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: {}
Outputs:
  DbPassword:
    Value: !Ref DbPassword # ?- LWS012
```

## References

- https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
- https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html
"""

from collections.abc import Iterator, Mapping

from lambdaward.analysis import Analysis
from lambdaward.model import Place, Record, Ref, Resource, dig, holes
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.secrets.leaks import asked, few, found, told
from lambdaward.secrets import Sureness

_MADE = {
    ("AWS::IAM::AccessKey", "SecretAccessKey"): ("the secret access key", None),
    ("AWS::Cognito::UserPoolClient", "ClientSecret"): ("the client secret", None),
    # It is made to be handed to clients, and ends within a year.
    ("AWS::AppSync::ApiKey", "ApiKey"): ("the API key", Severity.MEDIUM),
}
STANDARDS = Standards(cwe=("CWE-312", "CWE-798"), owasp_serverless=("A3",), mitre_attack=("T1552.001",))


@rule("LWS012", "secret-around-resources", Severity.HIGH, standards=STANDARDS, posture=("35",))
def secret_around_resources(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Secrets in the sections of templates that declare no resources."""
    for held in analysis.secrets.around:
        section, *inner = map(str, held.place.path)
        where = f"{' '.join((section, *inner[:1]))} of {held.record.shown}"
        if held.leak and held.leak.sureness is not Sureness.LOW:
            able = tuple(told(few(analysis.secrets.tellers(held.place))))
            yield found(held, held.leak, where, able, key=".".join((section, *inner)))
        elif not held.leak:
            yield from asked(held, f"does {where} give away a secret?")
    for part in analysis.estate.parts.values():
        yield from _given_away(analysis, part)


def _given_away(analysis: Analysis, part: Resource) -> Iterator[Found]:
    """Outputs with a secret that only deployment makes."""
    outputs = part.properties.get("Outputs")
    for name in outputs if isinstance(outputs, Mapping) else ():
        place = Place(part.id, ("Outputs", name, "Value"))
        for hole in holes(dig(outputs, name, "Value")):
            made = isinstance(hole, Ref) and _MADE.get((analysis.estate.type_of(hole.resource), hole.attribute))
            if made and isinstance(hole, Ref):
                yield Found(
                    record=Record(id=part.id, shown=part.shown),
                    place=place,
                    message=f"Outputs {name} of {part.shown} gives away {made[0]} of {hole.resource.name}",
                    severity=made[1],
                    evidence=tuple(told(few(analysis.secrets.tellers(place)))),
                    key=f"Outputs.{name}",
                )
