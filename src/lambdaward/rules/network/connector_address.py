"""A network connector gives its interfaces public addresses.

## What it finds

Network connectors with `ElasticIpConfiguration: {Type: ServiceManaged}`.

## Why it matters

Each interface of MicroVMs and web functions behind such a connector has an address on the internet. Through an internet gateway
they then reach the internet without a NAT gateway, and without whatever filters the traffic there.

## How to fix

Leave `ElasticIpConfiguration` out, and let traffic leave by a NAT gateway or a firewall.

## Examples

### fires: addresses that the service manages

```yaml template.yaml
Resources:
  Out:
    Type: AWS::Lambda::NetworkConnector
    Properties:
      Name: out
      Configuration:
        VpcEgressConfiguration:
          SubnetIds: [subnet-0a]
          ElasticIpConfiguration:
            Type: ServiceManaged # <- LWN010
```

### silent: private addresses

```yaml template.yaml
Resources:
  Out:
    Type: AWS::Lambda::NetworkConnector
    Properties:
      Name: out
      Configuration:
        VpcEgressConfiguration: {SubnetIds: [subnet-0a]}
```

### unknown: a parameter decides

```yaml template.yaml
Parameters:
  Addresses:
    Type: String
Resources:
  Out:
    Type: AWS::Lambda::NetworkConnector
    Properties:
      Name: out
      Configuration:
        VpcEgressConfiguration:
          SubnetIds: [subnet-0a]
          ElasticIpConfiguration:
            Type: !Ref Addresses # ?- LWN010
```

## References

- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-networkconnector.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import NetworkConnector, is_equal
from lambdaward.rules import Doubt, Edit, Fix, Found, Severity, Standards, rule
from lambdaward.rules.answering import answer

STANDARDS = Standards(cwe=("CWE-668",), owasp_serverless=("A6",))


@rule("LWN010", "connector-address", Severity.LOW, standards=STANDARDS, posture=("n31",))
def connector_address(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Network connectors with public addresses."""
    for connector in analysis.estate.all(NetworkConnector):
        addresses = connector.place("Configuration", "VpcEgressConfiguration", "ElasticIpConfiguration")
        found = Found(
            record=connector,
            place=addresses / "Type",
            fix=Fix("give it no public addresses", (Edit(addresses, None),)),
            message=f"what runs behind the network connector {connector.shown} has addresses on the internet",
        )
        verdict = is_equal(connector.addresses, "ServiceManaged")
        yield from answer(verdict, found, f"has {connector.shown} public addresses?")
