"""A package looks for passwords, or spreads itself.

## What it finds

Files in code and layers in which several things come together that only thieves and worms have to do with: where browsers
keep passwords, the files of wallets, their extensions' names; or a search for tokens beside publishing packages, writing
workflows and asking for the metadata of a machine.

## Why it matters

Such code has nothing to look for in a function, but it ran where the function was built: on the machines of developers and
in pipelines, whose credentials open more than the function's role.

## How to fix

Do not run it. Look at the file; if nobody in the project wrote it, take the component out, build the function anew on a
clean machine, and change every secret that the function, its role or the machine that built it could read.

## Examples

### fires: a script that takes tokens, and publishes

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Code: src # <- LWP063
```

```js src/node_modules/lodahs/bundle.js
const steps = ["trufflehog filesystem /", "npm publish", ".github/workflows/check.yml", "http://169.254.169.254/latest"];
```

### silent: a tool that publishes

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Code: src
```

```js src/node_modules/releaser/index.js
run("npm publish");
```

### unknown: the package cannot be read

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Code: orders.zip # ?- LWP063
```

```text orders.zip
this is no archive
```

## References

- https://attack.mitre.org/techniques/T1555/003/
- https://attack.mitre.org/techniques/T1195/002/
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.packages.suspects import told

STANDARDS = Standards(
    owasp_serverless=("A9",),
    cwe=("CWE-506",),
    mitre_attack=(
        "T1555.003",
        "T1552.001",
        "T1195.002",
    ),
)
DOES = {
    "stealer": "looks for passwords of browsers and for wallets",
    "worm": "looks for tokens and spreads itself",
}


@rule("LWP063", "thief-in-package", Severity.HIGH, standards=STANDARDS)
def thief_in_package(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Code that looks for passwords, or spreads."""
    yield from told(analysis, DOES, "does {} hold code that looks for passwords or spreads?")
