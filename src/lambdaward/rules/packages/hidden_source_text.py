"""Source code holds text that nobody sees.

## What it finds

Scripts in code and layers with many invisible letters in a row (variation selectors, letters without width, the tag block),
which carry a payload, and with letters that turn the order of the code behind them (right-to-left overrides) and nothing
that turns it back. Single ones, as emoji and texts in Hebrew or Arabic have them, are as they should be.

## Why it matters

What a reviewer sees is not what runs: a program can be hidden in what looks like an empty line, and a comparison can say the
opposite of what it shows.

## How to fix

Look at the file with an editor that shows such letters. If nobody in the project wrote them, treat the component as malware.

## Examples

### fires: a payload of letters without width

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Code: src # <- LWP061
```

```python src/theme.py
BLANK = "made:invisible"
```

### silent: an emoji

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Code: src
```

```python src/theme.py
HEART = "\u2764\ufe0f"
```

### unknown: the package cannot be read

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.14
      Code: orders.zip # ?- LWP061
```

```text orders.zip
this is no archive
```

## References

- https://trojansource.codes
- https://attack.mitre.org/techniques/T1027/
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.packages.suspects import told

STANDARDS = Standards(
    owasp_serverless=("A9",),
    cwe=(
        "CWE-1007",
        "CWE-506",
    ),
    mitre_attack=(
        "T1027",
        "T1195.002",
    ),
)
DOES = {
    "hidden-text": "holds text that nobody sees",
}


@rule("LWP061", "hidden-source-text", Severity.HIGH, standards=STANDARDS)
def hidden_source_text(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Scripts with hidden text."""
    yield from told(analysis, DOES, "does {} hold source with hidden text?")
