"""A variable that turns the verification of TLS certificates off.

## What it finds

`NODE_TLS_REJECT_UNAUTHORIZED=0`, `PYTHONHTTPSVERIFY=0`, `GIT_SSL_NO_VERIFY` and their like in a function's environment,
where the function's runtime obeys them.

## Why it matters

The function then talks to whoever answers, so that anyone on the path reads and changes its traffic, credentials
included. The variable holds for every connection of the process, not only for the one it was set for.

## How to fix

Remove the variable. Give the function the certificate of the private authority instead, with `NODE_EXTRA_CA_CERTS` or
`SSL_CERT_FILE`.

## Examples

### fires: certificates are not checked

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Environment:
        Variables:
          NODE_TLS_REJECT_UNAUTHORIZED: "0" # <- LWR005
```

### silent: checked, with a private authority

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Environment:
        Variables:
          NODE_TLS_REJECT_UNAUTHORIZED: "1"
          NODE_EXTRA_CA_CERTS: /var/task/authority.pem
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Verify:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Environment:
        Variables:
          NODE_TLS_REJECT_UNAUTHORIZED: !Ref Verify # ?- LWR005
```

## References

- https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue
- https://cwe.mitre.org/data/definitions/295.html
"""

from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType

from lambdaward.analysis import Analysis
from lambdaward.analysis.environment import variables
from lambdaward.model import Function, No, Value, Verdict, Yes, environment_place, literal
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge, undecided

# Each variable with the values that turn verification off; none means any value at all.
OFF: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "NODE_TLS_REJECT_UNAUTHORIZED": frozenset({"0"}),
        "PYTHONHTTPSVERIFY": frozenset({"0"}),
        "GIT_SSL_NO_VERIFY": frozenset({"1", "true"}),
        "NPM_CONFIG_STRICT_SSL": frozenset({"false"}),
    }
)
STANDARDS = Standards(cwe=("CWE-295",), owasp_serverless=("A3", "A6"), mitre_attack=("T1557",))


@rule("LWR005", "tls-verification-off", Severity.MEDIUM, standards=STANDARDS, posture=("n7",))
def tls_verification_off(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Variables that turn certificate checks off."""
    for function in analysis.estate.all(Function):
        for name, value in variables(function):
            if name in OFF:
                place = environment_place(function, name)
                message = f"{name} of {function.shown} turns the verification of TLS certificates off"
                found = Found(record=function, place=place, message=message, key=name)
                question = f"does {name} of {function.shown} turn the verification of TLS certificates off?"
                yield from answer(judge(value, partial(_off, name)), found, question)


def _off(name: str, option: Value) -> Verdict:
    if option is None:
        return No()
    known = literal(option)
    if known is None:
        return undecided(option)
    return Yes() if known.lower() in OFF[name] else No()
