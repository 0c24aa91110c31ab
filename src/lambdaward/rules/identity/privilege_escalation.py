"""A function's role can make itself an administrator, or act as another role.

## What it finds

Execution roles whose permissions, taken together over all of their policies, denies and boundary, complete a known way to more
privileges: new code or credentials of another role, a changed policy, a new key of a user.

## Why it matters

Each action looks harmless by itself. Together they mean that whoever is inside of the function is not bound by its role: he
passes a stronger one to a new function and invokes that.

## How to fix

Break the way at its narrowest point: name the roles in `iam:PassRole` with `iam:PassedToService`, name the functions that may
be changed, take out what the code does not call. A permissions boundary on the role ends them all.

## Examples

### fires: a new function with any role

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: orders
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [lambda:CreateFunction, lambda:InvokeFunction, iam:PassRole] # <- LWI005
                Resource: "*"
```

### fires: any policy for any user

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: orders
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: iam:AttachUserPolicy # <- LWI005
                Resource: "*"
```

### silent: no role can be passed

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: orders
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [lambda:CreateFunction, lambda:InvokeFunction, iam:PassRole]
                Resource: "*"
              - Effect: Deny
                Action: iam:PassRole
                Resource: "*"
```

### unknown: a parameter gives the roles that can be passed

```yaml template.yaml
Parameters:
  Roles: {Type: String}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt OrdersRole.Arn}
  OrdersRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: orders
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [lambda:CreateFunction, lambda:InvokeFunction]
                Resource: "*"
              - Effect: Allow
                Action: iam:PassRole # ?- LWI005
                Resource: !Ref Roles
```

## References

- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
- https://pathfinding.cloud
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lambdaward.analysis import Analysis
from lambdaward.analysis.roles import ExecutionRole
from lambdaward.catalog import Escalation, What, actions, escalations
from lambdaward.catalog import Evidence as Grade
from lambdaward.findings import Evidence
from lambdaward.model import Place, Role, Unknown, Unsure, Yes
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.identity.weight import about, open_question

if TYPE_CHECKING:
    from lambdaward.analysis.paths import Way

STANDARDS = Standards(
    owasp_serverless=("A5",),
    cwe=("CWE-269",),
    mitre_attack=("T1098", "T1548"),
    checkov=("CKV_AWS_110", "CKV_AWS_286"),
)
GAINS = (What.CREDENTIALS, What.PERMISSIONS, What.CODE)
MOST = 5


@rule(
    "LWI005",
    "privilege-escalation",
    Severity.HIGH,
    standards=STANDARDS,
    folds=("LWI003", "LWI006", "LWI013", "LWI018"),
    posture=("5",),
)
def privilege_escalation(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Execution roles that complete a way to more privileges."""
    methods = _methods()
    unlisted = _unlisted(methods)
    for role in analysis.roles.execution:
        ready = {method.id for method in analysis.paths.methods(role.role)}
        found = (analysis.paths.best(role.role, method, GAINS) for method in methods if method.id in ready)
        ways = [way for way in found if way is not None]
        sure = [way for way in ways if way.open]
        if sure:
            yield _found(analysis, role, sure)
        elif ways:
            yield from _asked(analysis, role, ways[0])
        elif unlisted:
            yield from open_question(role, role.role.place(), f"can {role.names} gain privileges?", unlisted)


def _methods() -> list[Escalation]:
    """The methods that give more privileges, those of Lambda and the best proven first. One that nobody has seen work and that
    needs more than permissions is too little to accuse a role of."""
    counted = [
        method
        for method in escalations()
        if any(gain.what in GAINS for gain in method.gains) and not (method.evidence is Grade.INFERRED and method.needs)
    ]
    grades = list(Grade)
    return sorted(
        counted,
        key=lambda method: (not method.id.startswith("lambda-"), grades.index(method.evidence), len(method.needs)),
    )


def _unlisted(methods: Iterable[Escalation]) -> tuple[Unknown, ...]:
    """Why not every method can be asked for: actions that the catalogue does not list."""
    found = (actions().index(step.action) for method in methods for step in method.steps if "*" not in step.action)
    return tuple(dict.fromkeys(one for one in found if isinstance(one, Unknown)))


def _found(analysis: Analysis, role: ExecutionRole, ways: list[Way]) -> Found:
    names = [way.method.name[0].lower() + way.method.name[1:] for way in ways]
    more = f"; and {len(names) - MOST} more" if len(names) > MOST else ""
    others = (f"the other ways: {'; '.join(names[1:MOST])}{more}",) if len(names) > 1 else ()
    narrow = all(_is_narrow(analysis, way) for way in ways)
    limit = ("it only reaches roles of this estate that do nothing without limit",) if narrow else ()
    facts = ways[0].verdict.proof if isinstance(ways[0].verdict, Yes) else ()
    return about(
        analysis,
        role,
        _place(analysis, role, ways[0]),
        f"the role of {role.names} can {names[0]}: {_gain(ways[0])}",
        Severity.MEDIUM if narrow else Severity.HIGH,
        because=(*limit, *others),
        evidence=tuple(Evidence(fact.text, fact.place) for fact in facts),
    )


def _is_narrow(analysis: Analysis, way: Way) -> bool:
    """Whether a way leads to one role of the estate, and that role may do nothing on every resource of a kind."""
    role = analysis.estate.get(Role, way.target.id) if way.target.here else None
    if role is None:
        return False
    return not any(isinstance(analysis.roles.somewhere_wide(g, g.mask), Yes) for g in analysis.roles.grants(role))


def _gain(way: Way) -> str:
    """What a way gives, for people."""
    match way.gain.what:
        case What.CREDENTIALS:
            return f"it then acts as {way.target.shown}"
        case What.CODE:
            return f"its code then runs in {way.target.shown}"
    return f"it then decides what {way.target.shown} may do"


def _place(analysis: Analysis, role: ExecutionRole, way: Way) -> Place:
    """Where the narrowest step is granted: the statement of the fewest actions."""
    powers = analysis.paths.powers(role.role)
    granted = [
        (grant.mask.bit_count(), grant.place(step.action))
        for step, answer in way.steps
        if isinstance(answer, Yes)
        for grant in powers.granting(step.action)
        if any(fact.place == grant.stated.place for fact in answer.proof)
    ]
    return min(granted, key=lambda pair: pair[0])[1] if granted else role.role.place()


def _asked(analysis: Analysis, role: ExecutionRole, way: Way) -> Iterator[Doubt]:
    if not isinstance(way.verdict, Unsure):
        return
    open_steps = [step.action for step, answer in way.steps if isinstance(answer, Unsure)]
    action = (open_steps or [step.action for step in way.method.steps])[0]
    place = next(
        (grant.place(action) for grant in analysis.paths.powers(role.role).granting(action)), role.role.place()
    )
    question = f"can {role.names} {way.method.name[0].lower()}{way.method.name[1:]}?"
    yield from open_question(role, place, question, way.verdict.unknowns)
