"""A VPC endpoint lets every account's resources through.

## What it finds

VPC endpoints, in the VPC of a function, without a policy: AWS then allows everything.

## Why it matters

Through the endpoint of S3, for one, a function that was taken over writes to a stranger's bucket, although it has no
way to the internet. The endpoint's policy is the only place that can say which accounts' buckets are meant.

## How to fix

Give the endpoint a `PolicyDocument` that names your resources, or conditions such as `aws:ResourceOrgID`.

## Examples

### fires: no policy

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig: {SubnetIds: [!Ref Subnet], SecurityGroupIds: [sg-0a]}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc}
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Buckets: # <- LWN006
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcId: !Ref Vpc, ServiceName: com.amazonaws.eu-west-1.s3}
```

### silent: a policy, and a VPC without functions

```yaml template.yaml
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig: {SubnetIds: [!Ref Subnet], SecurityGroupIds: [sg-0a]}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc}
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Buckets:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: com.amazonaws.eu-west-1.s3
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: "arn:aws:s3:::orders/*"}
  Elsewhere:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcId: vpc-0b, ServiceName: com.amazonaws.eu-west-1.s3}
```

### unknown: a condition decides

```yaml template.yaml
Parameters:
  Stage:
    Type: String
Conditions:
  Test: !Equals [!Ref Stage, test]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      VpcConfig: {SubnetIds: [!Ref Subnet], SecurityGroupIds: [sg-0a]}
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc}
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Buckets:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: com.amazonaws.eu-west-1.s3
      PolicyDocument: !If # ?- LWN006
        - Test
        - !Ref AWS::NoValue
        - Statement: [{Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: "arn:aws:s3:::orders/*"}]
```

## References

- https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
"""

from collections.abc import Iterator

from lambdaward.analysis import Analysis
from lambdaward.model import Estate, Function, ResourceId, Subnet, VpcEndpoint
from lambdaward.rules import Doubt, Found, Kind, Severity, Standards, rule
from lambdaward.rules.answering import absent, answer

STANDARDS = Standards(cwe=("CWE-284",), mitre_attack=("T1537", "T1567"))


@rule("LWN006", "endpoint-policy", Severity.LOW, kind=Kind.ADVICE, standards=STANDARDS, posture=("n17",))
def endpoint_policy(analysis: Analysis) -> Iterator[Found | Doubt]:
    """Endpoints in a function's VPC that let everything through."""
    vpcs = _vpcs_of_functions(analysis.estate)
    for endpoint in analysis.estate.all(VpcEndpoint):
        if endpoint.vpc and endpoint.vpc.target in vpcs:
            message = f"{endpoint.shown} lets functions reach the resources of every account"
            found = Found(record=endpoint, place=endpoint.place("PolicyDocument"), message=message)
            yield from answer(absent(endpoint.policy), found, f"what does {endpoint.shown} let through?")


def _vpcs_of_functions(estate: Estate) -> set[ResourceId]:
    links = (subnet for f in estate.all(Function) if f.vpc for subnet in f.vpc.subnets)
    subnets = (estate.follow(Subnet, link) for link in links)
    return {subnet.vpc.target for subnet in subnets if subnet and subnet.vpc and subnet.vpc.target}
