"""Anybody on the internet can start a function through a load balancer.

## What it finds

Listeners and rules of internet-facing load balancers that forward to a function without an action that authenticates
(`authenticate-oidc`, `authenticate-cognito`, `jwt-validation`) or a client certificate, where a security group lets everybody in.

## Why it matters

Whatever the function's code does not check itself, nobody checks. A load balancer forwards every method and path that its rule
matches, and limits nothing.

## How to fix

Put an authenticating action before the forward, or make the load balancer internal.

## Examples

### fires: forwarded without a question

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Scheme: internet-facing, SecurityGroups: [!Ref Web]}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {TargetType: lambda, Targets: [{Id: !GetAtt Orders.Arn}]}
  Listener: # <- LWX025
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTPS
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
```

### silent: internal

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Scheme: internal, SecurityGroups: [!Ref Web]}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {TargetType: lambda, Targets: [{Id: !GetAtt Orders.Arn}]}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Protocol: HTTPS
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
```

### unknown: the load balancer is in another stack

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {TargetType: lambda, Targets: [{Id: !GetAtt Orders.Arn}]}
  Rule: # ?- LWX025
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !ImportValue Listener
      Priority: 1
      Actions: [{Type: forward, TargetGroupArn: !Ref Targets}]
      Conditions: [{Field: path-pattern, Values: [/orders]}]
```

## References

- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import called, evidence, functions

STANDARDS = Standards(owasp_serverless=("A2",), cwe=("CWE-306",), mitre_attack=("T1190",))


@rule("LWX025", "open-load-balancer", Severity.MEDIUM, standards=STANDARDS, folds=("LWX009",), posture=("31",))
def open_load_balancer(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Functions that anybody reaches through a load balancer."""
    for trigger in analysis.exposure.all:
        if trigger.kind == "alb":
            name = called(analysis, trigger.link)
            found = Found(
                record=trigger.record,
                place=trigger.place,
                message=f"anybody on the internet can start {name} through {trigger.shown}",
                evidence=evidence(trigger.anonymous),
                key=name,
                functions=functions(analysis, trigger.link),
            )
            yield from answer(trigger.anonymous, found, f"can anybody start {name} through {trigger.shown}?")
