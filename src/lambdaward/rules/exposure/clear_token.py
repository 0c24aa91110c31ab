"""An event source token stands in the template.

## What it finds

Permissions whose `EventSourceToken` is written out, or is the default of a parameter.

## Why it matters

The token is what proves an Alexa skill to the function. Who can read the template, its history or the stack can use a skill of
their own that shows the same token.

## How to fix

Give the token in a parameter with `NoEcho: true` and no default, or resolve it from Secrets Manager.

## Examples

### fires: written out

```yaml template.yaml
Resources:
  Skill:
    Type: AWS::Lambda::Function
    Properties: {}
  Alexa:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Skill
      Action: lambda:InvokeFunction
      Principal: alexa-connectedhome.amazon.com
      EventSourceToken: amzn1.ask.skill.1 # <- LWX011
```

### silent: given at deployment

```yaml template.yaml
Parameters:
  Token:
    Type: String
    NoEcho: true
Resources:
  Skill:
    Type: AWS::Lambda::Function
    Properties: {}
  Alexa:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Skill
      Action: lambda:InvokeFunction
      Principal: alexa-connectedhome.amazon.com
      EventSourceToken: !Ref Token
  AlexaInProduction:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Skill
      Action: lambda:InvokeFunction
      Principal: alexa-connectedhome.amazon.com
      EventSourceToken: "{{resolve:secretsmanager:skill:SecretString:token}}"
```

### unknown: written out for one stage

```yaml template.yaml
Parameters:
  Stage:
    Type: String
  Token:
    Type: String
    NoEcho: true
Conditions:
  Test: !Equals [!Ref Stage, test]
Resources:
  Skill:
    Type: AWS::Lambda::Function
    Properties: {}
  Alexa:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Skill
      Action: lambda:InvokeFunction
      Principal: alexa-connectedhome.amazon.com
      EventSourceToken: !If [Test, amzn1.ask.skill.1, !Ref Token] # ?- LWX011
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/services-alexa.html
- https://developer.amazon.com/docs/custom-skills/host-a-custom-skill-as-an-aws-lambda-function.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.environment import reveal
from lambdaward.model import No, Permission, Value, Verdict, Yes, literal
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer, judge
from lambdaward.rules.exposure.proof import about

STANDARDS = Standards(owasp_serverless=("A3",), cwe=("CWE-798",), mitre_attack=("T1552.001",), cfn_nag=("F45",))


@rule("LWX011", "clear-token", Severity.LOW, standards=STANDARDS, posture=("19",))
def clear_token(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Permissions with an event source token that can be read in the template."""
    for permission in analysis.estate.all(Permission):
        message = f"the token by which {{}} knows its callers stands in {permission.shown}"
        found = about(analysis, permission, "EventSourceToken", message)
        question = f"is the token of {permission.shown} written out?"
        yield from answer(judge(permission.event_source_token, _written), found, question)


def _written(token: Value) -> Verdict:
    return No() if literal(reveal(token)) is None else Yes()
