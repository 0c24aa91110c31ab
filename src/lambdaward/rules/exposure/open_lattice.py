"""Whatever is in a service network may start a function.

## What it finds

Services of VPC Lattice that forward to a function, and ask nobody who they are: neither the service nor every network that it is
in has `AuthType: AWS_IAM`.

## Why it matters

A service network joins VPCs, also of other accounts. Without authentication every host in every one of them starts the function;
one that was broken into is enough.

## How to fix

Set `AuthType: AWS_IAM` on the service, with a policy that names its callers.

## Examples

### fires: no authentication

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Service:
    Type: AWS::VpcLattice::Service
    Properties:
      AuthType: NONE # <- LWX035
  Targets:
    Type: AWS::VpcLattice::TargetGroup
    Properties: {Type: LAMBDA, Targets: [{Id: !GetAtt Orders.Arn}]}
  Listener:
    Type: AWS::VpcLattice::Listener
    Properties:
      ServiceIdentifier: !Ref Service
      Protocol: HTTPS
      DefaultAction: {Forward: {TargetGroups: [{TargetGroupIdentifier: !Ref Targets}]}}
```

### silent: the network asks

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Service:
    Type: AWS::VpcLattice::Service
    Properties: {AuthType: NONE}
  Network:
    Type: AWS::VpcLattice::ServiceNetwork
    Properties: {AuthType: AWS_IAM}
  Membership:
    Type: AWS::VpcLattice::ServiceNetworkServiceAssociation
    Properties: {ServiceIdentifier: !Ref Service, ServiceNetworkIdentifier: !Ref Network}
  Targets:
    Type: AWS::VpcLattice::TargetGroup
    Properties: {Type: LAMBDA, Targets: [{Id: !GetAtt Orders.Arn}]}
  Listener:
    Type: AWS::VpcLattice::Listener
    Properties:
      ServiceIdentifier: !Ref Service
      Protocol: HTTPS
      DefaultAction: {Forward: {TargetGroups: [{TargetGroupIdentifier: !Ref Targets}]}}
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Auth:
    Type: String
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {}
  Service:
    Type: AWS::VpcLattice::Service
    Properties:
      AuthType: !Ref Auth # ?- LWX035
  Targets:
    Type: AWS::VpcLattice::TargetGroup
    Properties: {Type: LAMBDA, Targets: [{Id: !GetAtt Orders.Arn}]}
  Listener:
    Type: AWS::VpcLattice::Listener
    Properties:
      ServiceIdentifier: !Ref Service
      Protocol: HTTPS
      DefaultAction: {Forward: {TargetGroups: [{TargetGroupIdentifier: !Ref Targets}]}}
```

## References

- https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import (
    LatticeMembership,
    LatticeNetwork,
    LatticeService,
    TextValue,
    Unknown,
    Unsure,
    Verdict,
    Yes,
    all_of,
    any_of,
    is_equal,
    negate,
)
from lambdaward.rules import Doubt, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer
from lambdaward.rules.exposure.proof import called, functions

STANDARDS = Standards(owasp_serverless=("A2",), cwe=("CWE-306",))
UNSEEN = Unsure((Unknown("a service network of the service is not in what was scanned", "scan its template as well"),))


@rule("LWX035", "open-lattice", Severity.LOW, standards=STANDARDS, posture=("31",))
def open_lattice(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Services of VPC Lattice that run functions for every host of their networks."""
    for service in analysis.estate.all(LatticeService):
        links = [trigger.link for trigger in analysis.exposure.all if trigger.front == service.id]
        names = ", ".join(dict.fromkeys(called(analysis, link) for link in links))
        found = Found(
            record=service,
            place=service.place("AuthType"),
            message=f"every host in a network of {service.shown} may start {names}",
            functions=tuple(dict.fromkeys(name for link in links for name in functions(analysis, link))),
        )
        verdict = all_of((_asks_nobody(service.auth), _some_network_open(analysis, service)))
        if links:
            yield from answer(verdict, found, f"does {service.shown} ask who starts {names}?")


def _asks_nobody(auth: TextValue) -> Verdict:
    return negate(is_equal(auth, "AWS_IAM"))


def _some_network_open(analysis: Analysis, service: LatticeService) -> Verdict:
    """Whether a network that the service is in asks nobody; networks that join it elsewhere don't ask either."""
    estate = analysis.estate
    members = [m for m in estate.all(LatticeMembership) if m.service and m.service.target == service.id]
    networks = [estate.follow(LatticeNetwork, member.network) for member in members]
    if not networks:
        return Yes()
    return any_of(_asks_nobody(network.auth) if network else UNSEEN for network in networks)
