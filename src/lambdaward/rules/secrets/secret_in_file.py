"""A file for deployment holds a secret.

## What it finds

Secrets in the files beside templates that hold values for a deployment: build specifications and pipelines, `samconfig.toml`,
`.env` files, parameter files, context of the CDK, state and plans of Terraform, the state of the Serverless Framework, settings
of containers and registries. What git ignores is not read, unless `--no-gitignore` says so.

## Why it matters

State and plans have every value in plain text, however it is kept later, and such files are copied to wherever a pipeline runs.
Whoever reads the repository, its history, the bucket with the state or a build's artifacts has the secret.

## How to fix

Take the secret out of the file and change it. A build reads it from Secrets Manager or Parameter Store when it runs (`env:
secrets-manager` of a build specification); state belongs into an encrypted bucket that few may read, and holds none when a
secret's value is written with an ephemeral or write-only argument.

## Examples

### fires: a build specification, parameters of SAM, a state

```yaml template.yaml
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: {}
```

```yaml buildspec.yml
version: 0.2
env:
  variables:
    DB_PASSWORD: made:password # <- LWS013
```

```text samconfig.toml
version = 0.1
[default.deploy.parameters]
parameter_overrides = "Stage=prod DbPassword=made:password" # <- LWS013
```

### silent: references

```yaml template.yaml
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: {}
```

```yaml buildspec.yml
version: 0.2
env:
  secrets-manager:
    DB_PASSWORD: orders/database:password
  parameter-store:
    API_KEY: /orders/api-key
phases:
  build:
    commands:
      - sam deploy --parameter-overrides DbPassword=$DB_PASSWORD
```

### unknown: a state that ends too early

```yaml template.yaml
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: {}
```

```text terraform.tfstate
{"version": 4, "outputs": {"db_password": {"value":  # ?- LWS013
```

## References

- https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
- https://developer.hashicorp.com/terraform/language/manage-sensitive-data
"""

from collections import Counter
from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Unsure
from lambdaward.rules import Doubt, Found, Severity, Standards, doubt, rule
from lambdaward.rules.secrets.leaks import in_file
from lambdaward.secrets import Sureness

STANDARDS = Standards(cwe=("CWE-312", "CWE-798"), owasp_serverless=("A3",), mitre_attack=("T1552.001",))


@rule("LWS013", "secret-in-file", Severity.HIGH, standards=STANDARDS)
def secret_in_file(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Secrets in files beside templates."""
    for record, searched in analysis.secrets.beside():
        keys: Counter[str] = Counter()
        for sighting in searched.sightings:
            if sighting.leak.sureness is not Sureness.LOW:
                keys[sighting.leak.kind] += 1
                yield in_file(record, sighting, keys[sighting.leak.kind])
        if searched.unknowns:
            question = f"is there a secret in all of {record.shown}?"
            yield doubt(record, record.place(1), question, Unsure(searched.unknowns), key="unread")
