"""A function's role may take off or loosen code signing.

## What it finds

Execution roles that may detach the code-signing config of a function of this estate, put another one in its place, change the
config itself, or let others use its signing profile, where the config refuses unsigned code.

## Why it matters

Code signing holds as long as nobody may take it off. Whoever runs code in such a function, by a flaw or a dependency, detaches
the config and then deploys what he likes, to it or to the next function.

## How to fix

Take these actions out of the role: only a pipeline needs them, and not often. A service control policy can deny them to all but a
role of last resort.

## Examples

### fires: a role that may detach a config

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Runtime: python3.14, CodeSigningConfigArn: !Ref Signing}
  Helper:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Role: !GetAtt Role.Arn}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: helper
          PolicyDocument:
            Statement: # <- LWP053
              Effect: Allow
              Action: lambda:DeleteFunctionCodeSigningConfig
              Resource: "*"
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}
```

### silent: another function only, and a config that warns anyway

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Runtime: python3.14, CodeSigningConfigArn: !Ref Signing}
  Pictures:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: pictures, Runtime: python3.14, CodeSigningConfigArn: !Ref Loose}
  Helper:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Role: !GetAtt Role.Arn}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: helper
          PolicyDocument:
            Statement:
              Effect: Allow
              Action: lambda:DeleteFunctionCodeSigningConfig
              Resource: !Sub arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:pictures
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}
  Loose:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Warn}
```

### unknown: a parameter names the function

```yaml template.yaml
Parameters:
  Which:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders, Runtime: python3.14, CodeSigningConfigArn: !Ref Signing}
  Helper:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.14, Role: !GetAtt Role.Arn}
  Role: # ?- LWP053
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: helper
          PolicyDocument:
            Statement:
              Effect: Allow
              Action: lambda:DeleteFunctionCodeSigningConfig
              Resource: !Sub arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Which}
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}
```

## References

- https://docs.aws.amazon.com/lambda/latest/dg/governance-code-signing.html
- https://attack.mitre.org/techniques/T1562/
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.analysis.roles import ExecutionRole
from lambdaward.findings import Evidence
from lambdaward.model import CodeSigningConfig, Function, SigningProfile, Unsure, Value, Verdict, Yes, is_equal, show
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.identity.weight import about

STANDARDS = Standards(cwe=("CWE-269", "CWE-347"), mitre_attack=("T1562", "T1525"), owasp_serverless=("A5",))
Step = tuple[str, Value, str]


@rule("LWP053", "loosens-signing", Severity.MEDIUM, standards=STANDARDS)
def loosens_signing(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Execution roles that may take off or loosen code signing."""
    for config in analysis.estate.all(CodeSigningConfig):
        if isinstance(is_equal(config.untrusted, "Enforce"), Yes):
            for role in analysis.roles.execution:
                yield from _answer(analysis, config, role)


def _answer(analysis: Analysis, config: CodeSigningConfig, role: ExecutionRole) -> Iterator[Found | Doubt]:
    """The first step that is surely allowed; else the first that may be."""
    doubt: tuple[Step, Unsure] | None = None
    for step in _steps(analysis, config):
        verdict: Verdict = analysis.access.allows(role.role, step[0], step[1])
        if isinstance(verdict, Yes):
            yield _found(analysis, config, role, step, verdict)
            return
        if isinstance(verdict, Unsure) and doubt is None:
            doubt = step, verdict
    if doubt is not None:
        (action, _, what), unsure = doubt
        question = f"may {role.names} {what} ({action})?"
        yield Doubt(
            record=role.role, place=role.role.place(), message=question, unknowns=unsure.unknowns, key=str(config.id)
        )


def _found(analysis: Analysis, config: CodeSigningConfig, role: ExecutionRole, step: Step, verdict: Yes) -> Found:
    place = next((fact.place for fact in verdict.proof if fact.place), role.role.place())
    evidence = tuple(Evidence(fact.text, fact.place) for fact in verdict.proof)
    message = f"the role of {role.names} may {step[2]} ({step[0]}): {config.shown} then refuses nothing"
    return about(analysis, role, place, message, Severity.MEDIUM, evidence=evidence)


def _steps(analysis: Analysis, config: CodeSigningConfig) -> Iterator[Step]:
    """What loosens a config: an action, on what, and in words."""
    arn = analysis.access.names.arn
    for function in analysis.estate.all(Function):
        if function.code_signing and function.code_signing.target == config.id:
            on = arn(function.id)
            yield "lambda:DeleteFunctionCodeSigningConfig", on, f"detach code signing from {function.shown}"
            yield "lambda:PutFunctionCodeSigningConfig", on, f"put another config on {function.shown}"
    yield "lambda:UpdateCodeSigningConfig", arn(config.id), f"let {config.shown} only warn, or trust others"
    for link in config.profiles:
        profile = analysis.estate.follow(SigningProfile, link)
        if profile is not None:
            yield (
                "signer:AddProfilePermission",
                arn(profile.id),
                f"let others sign with {show(profile.name or profile.shown)}",
            )
