"""A permission grants more than to invoke.

## What it finds

Permissions whose action is more than invoking: `lambda:*`, changing the function's code or configuration, or reading it. The
severity follows from the action and from whom it is granted to: critical where everybody can change the function.

## Why it matters

Who can change a function's code runs code of their own with its role; who can add permissions lets others in; who can read a
function downloads its package. `lambda:GetFunction` answers with the address of the code and with every environment variable.

## How to fix

Grant `lambda:InvokeFunction`, and nothing else, in a function's policy. Who deploys gets the rest in a policy of their own role.

## Examples

### fires: another account may change the code, everybody may do everything

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Deployer:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:UpdateFunctionCode # <- LWX007
      Principal: "210987654321"
  Everybody:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:* # <- LWX007
      Principal: "*"
```

### fires: a statement of a whole document

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Policy:
    Type: AWS::Lambda::ResourcePolicy
    Properties:
      ResourceArn: !GetAtt Orders.Arn
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "lambda:Update*", Resource: !GetAtt Orders.Arn} # <- LWX007
          - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: "lambda:*", Resource: !GetAtt Orders.Arn}
```

### silent: to invoke, and what Lambda@Edge needs

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Partner:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:InvokeFunction
      Principal: "210987654321"
  Replication:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: lambda:GetFunction
      Principal: replicator.lambda.amazonaws.com
```

### unknown: a parameter names the action

```yaml template.yaml
Parameters:
  Granted:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Partner:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Orders
      Action: !Ref Granted # ?- LWX007
      Principal: "210987654321"
```

## References

- https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
- https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from lambdaward.analysis import Analysis
from lambdaward.analysis.exposure import INVOKE, INVOKE_URL, allows, everybody
from lambdaward.analysis.guards import Admitted
from lambdaward.model import No, Permission, Verdict, Yes, any_of, literal, show
from lambdaward.rules import Doubt, Edit, Fix, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.arns import foreign, lets_stranger
from lambdaward.rules.exposure.documents import stated
from lambdaward.rules.exposure.proof import about, service_of

STANDARDS = Standards(
    owasp_serverless=("A5",), cwe=("CWE-269", "CWE-732"), mitre_attack=("T1098", "T1525"), cfn_nag=("W24",)
)

# Actions that hand the function over to whoever may call them, and those that show what is in it.
POWERS = {
    "control": (
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
        "lambda:AddPermission",
        "lambda:PutResourcePolicy",
        "lambda:PutFunctionCodeSigningConfig",
        "lambda:CreateFunctionUrlConfig",
        "lambda:UpdateFunctionUrlConfig",
        "lambda:UpdateAlias",
    ),
    "read": ("lambda:GetFunction", "lambda:GetFunctionConfiguration"),
}
EDGE = "replicator.lambda.amazonaws.com"

SEVERITY = {
    ("everybody", "control"): Severity.CRITICAL,
    ("everybody", "read"): Severity.HIGH,
    ("stranger", "control"): Severity.HIGH,
    ("stranger", "read"): Severity.MEDIUM,
    ("somebody", "control"): Severity.MEDIUM,
}


@rule(
    "LWX007",
    "control-granted",
    Severity.LOW,
    standards=STANDARDS,
    folds=("LWX001", "LWX005", "LWX006", "LWX009"),
    posture=("18",),
)
def control_granted(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Permissions for more than invoking."""
    for permission in analysis.estate.all(Permission):
        if service_of(permission) == EDGE:
            continue
        whom, what = _whom(analysis, permission), _what(permission)
        action = show(permission.action)
        found = replace(
            about(
                analysis,
                permission,
                "Action",
                f"{permission.shown} grants {action} on {{}} to {show(permission.principal)}",
            ),
            severity=SEVERITY.get((whom, what), Severity.LOW),
            because=_because(whom, what, action),
            fix=_narrowed(permission),
        )
        yield from answer(_more(permission), found, f"what does {permission.shown} grant?")
    for admitted, whole in stated(analysis):
        yield from _of_document(analysis, admitted, whole)


def _of_document(analysis: Analysis, admitted: Admitted, found: Found) -> Iterator[Found | Doubt]:
    """What a statement of a whole document grants to everybody or to a stranger; what the own account may, its roles say."""
    verdicts = ((what, _lets(analysis, admitted, actions)) for what, actions in POWERS.items())
    what, verdict = next((pair for pair in verdicts if not isinstance(pair[1], No)), ("", No()))
    whom = "everybody" if admitted.everybody else "stranger"
    statement = admitted.stated.statement
    action = "NotAction" if statement.not_action else ", ".join(show(part.value) for part in statement.actions or ())
    granted = replace(
        found,
        message=f"{admitted.stated.shown} grants {action} on {found.message} to {show(admitted.principal.value)}",
        severity=SEVERITY.get((whom, what), Severity.LOW),
        because=_because(whom, what, action),
    )
    yield from answer(verdict, granted, f"what does {admitted.stated.shown} grant on {found.message}?")


def _lets(analysis: Analysis, admitted: Admitted, actions: Iterable[str]) -> Verdict:
    """Whether a statement lets everybody, or a stranger that it names, take one of some actions."""
    if admitted.everybody:
        return any_of(analysis.guards.everybody(admitted, action) for action in actions)
    return lets_stranger(analysis, admitted, actions)


def _narrowed(permission: Permission) -> Fix | None:
    """The fix for a wildcard; whoever wrote another action meant it."""
    if permission.action not in ("lambda:*", "*"):
        return None
    return Fix("grant no more than to invoke", (Edit(permission.place("Action"), INVOKE),))


def _more(permission: Permission) -> Verdict:
    """Whether a permission's action is more than to invoke."""
    known = literal(permission.action)
    if known is None:
        return allows(permission, POWERS["control"][0])
    narrow = known.lower() in {INVOKE.lower(), INVOKE_URL.lower(), "lambda:invokeasync", "lambda:invoke*"}
    return No() if narrow else Yes()


def _what(permission: Permission) -> str:
    """What an action is good for: to control the function, to read it, or neither."""
    found = (
        word
        for word, actions in POWERS.items()
        if any(isinstance(allows(permission, action), Yes) for action in actions)
    )
    return next(found, "other")


def _whom(analysis: Analysis, permission: Permission) -> str:
    """Whom a permission is for: everybody, a stranger, the own account or somebody unknown; services change no functions."""
    if isinstance(everybody(permission), Yes):
        return "everybody"
    if service_of(permission):
        return "service"
    match foreign(analysis, permission.principal):
        case Yes():
            return "stranger"
        case No():
            return "own"
    return "somebody"


def _because(whom: str, what: str, action: str) -> tuple[str, ...]:
    means = {"control": "hands the function over", "read": "gives away its code and environment"}.get(what)
    who = {
        "everybody": "every AWS account",
        "stranger": "an account that is not this one",
        "somebody": "somebody whose account is not known",
    }.get(whom)
    return (f"{action} {means}", f"granted to {who}") if means and who else ()
