"""Front doors that are no API Gateway: load balancers, VPC Lattice, CloudFront, web ACLs."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Block, Blocks, Items, Link, LinksTo, LinkTo, Prop
from lambdaward.model.function import ANY_FUNCTION
from lambdaward.model.network import SECURITY_GROUP, SUBNET
from lambdaward.model.record import BlockRecord, Record
from lambdaward.model.values import FlagValue, TextValue, Value

LOAD_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
LISTENER = "AWS::ElasticLoadBalancingV2::Listener"
TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
LATTICE_SERVICE = "AWS::VpcLattice::Service"
LATTICE_GROUP = "AWS::VpcLattice::TargetGroup"


class LoadBalancer(Record, frozen=True, kw_only=True):
    """A load balancer; `scheme` `internet-facing` when absent."""

    TYPES: ClassVar[tuple[str, ...]] = (LOAD_BALANCER,)

    scheme: Annotated[TextValue, Prop("Scheme", "text")] = None
    type: Annotated[TextValue, Prop("Type", "text")] = None
    security_groups: Annotated[tuple[Link, ...], LinksTo("SecurityGroups", (SECURITY_GROUP,))] = ()
    subnets: Annotated[tuple[Link, ...], LinksTo("Subnets", (SUBNET,))] = ()


class ListenerAction(BlockRecord, frozen=True):
    """One action of a listener or rule, in their order: an authentication, or a forward to target groups."""

    type: Annotated[TextValue, Prop("Type", "text")] = None
    group: Annotated[Link | None, LinkTo("TargetGroupArn", (TARGET_GROUP,))] = None
    groups: Annotated[tuple[Link, ...], LinksTo("ForwardConfig.TargetGroups", (TARGET_GROUP,), "TargetGroupArn")] = ()
    unauthenticated: Annotated[
        TextValue,
        Prop(
            "AuthenticateCognitoConfig.OnUnauthenticatedRequest|AuthenticateOidcConfig.OnUnauthenticatedRequest",
            "text",
        ),
    ] = None


class Listener(Record, frozen=True, kw_only=True):
    """A listener of a load balancer, with its default actions."""

    TYPES: ClassVar[tuple[str, ...]] = (LISTENER,)

    balancer: Annotated[Link | None, LinkTo("LoadBalancerArn", (LOAD_BALANCER,))] = None
    protocol: Annotated[TextValue, Prop("Protocol", "text")] = None
    actions: Annotated[tuple[ListenerAction, ...], Blocks("DefaultActions", ListenerAction)] = ()
    mutual_tls: Annotated[TextValue, Prop("MutualAuthentication.Mode", "text")] = None


class ListenerRule(Record, frozen=True, kw_only=True):
    """A rule of a listener: actions for the requests that match its conditions."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::ElasticLoadBalancingV2::ListenerRule",)

    listener: Annotated[Link | None, LinkTo("ListenerArn", (LISTENER,))] = None
    actions: Annotated[tuple[ListenerAction, ...], Blocks("Actions", ListenerAction)] = ()
    conditions: Annotated[tuple[Value, ...], Items("Conditions")] = ()


class TargetGroup(Record, frozen=True, kw_only=True):
    """A target group of a load balancer; here those of type `lambda`."""

    TYPES: ClassVar[tuple[str, ...]] = (TARGET_GROUP,)

    type: Annotated[TextValue, Prop("TargetType", "text")] = None
    functions: Annotated[tuple[Link, ...], LinksTo("Targets", ANY_FUNCTION, "Id")] = ()


class LatticeService(Record, frozen=True, kw_only=True):
    """A service of VPC Lattice; `auth` is `NONE` (default) or `AWS_IAM`."""

    TYPES: ClassVar[tuple[str, ...]] = (LATTICE_SERVICE,)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    auth: Annotated[TextValue, Prop("AuthType", "text")] = None


class LatticeNetwork(Record, frozen=True, kw_only=True):
    """A service network of VPC Lattice; `auth` is `NONE` (default) or `AWS_IAM`."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::VpcLattice::ServiceNetwork",)

    auth: Annotated[TextValue, Prop("AuthType", "text")] = None


class LatticeMembership(Record, frozen=True, kw_only=True):
    """A service in a service network."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::VpcLattice::ServiceNetworkServiceAssociation",)

    service: Annotated[Link | None, LinkTo("ServiceIdentifier", (LATTICE_SERVICE,))] = None
    network: Annotated[Link | None, LinkTo("ServiceNetworkIdentifier", ("AWS::VpcLattice::ServiceNetwork",))] = None


class LatticeListener(Record, frozen=True, kw_only=True):
    """A listener of a Lattice service, or one of its rules: which target groups get the requests."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::VpcLattice::Listener", "AWS::VpcLattice::Rule")

    service: Annotated[Link | None, LinkTo("ServiceIdentifier", (LATTICE_SERVICE,))] = None
    listener: Annotated[Link | None, LinkTo("ListenerIdentifier", ("AWS::VpcLattice::Listener",))] = None
    groups: Annotated[
        tuple[Link, ...],
        LinksTo(
            "DefaultAction.Forward.TargetGroups|Action.Forward.TargetGroups", (LATTICE_GROUP,), "TargetGroupIdentifier"
        ),
    ] = ()


class LatticeTargetGroup(Record, frozen=True, kw_only=True):
    """A target group of VPC Lattice; here those of type `LAMBDA`."""

    TYPES: ClassVar[tuple[str, ...]] = (LATTICE_GROUP,)

    type: Annotated[TextValue, Prop("Type", "text")] = None
    functions: Annotated[tuple[Link, ...], LinksTo("Targets", ANY_FUNCTION, "Id")] = ()


class DistributionOrigin(BlockRecord, frozen=True):
    """An origin of a distribution."""

    domain: Annotated[TextValue, Prop("DomainName", "text")] = None
    access_control: Annotated[
        Link | None, LinkTo("OriginAccessControlId", ("AWS::CloudFront::OriginAccessControl",))
    ] = None
    headers: Annotated[tuple[Value, ...], Items("OriginCustomHeaders")] = ()


class CacheBehavior(BlockRecord, frozen=True):
    """A cache behaviour with the functions that run at the edge."""

    viewer_protocol: Annotated[TextValue, Prop("ViewerProtocolPolicy", "text")] = None
    functions: Annotated[
        tuple[Link, ...], LinksTo("LambdaFunctionAssociations", ANY_FUNCTION, "LambdaFunctionARN")
    ] = ()


class Distribution(Record, frozen=True, kw_only=True):
    """A CloudFront distribution."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::CloudFront::Distribution",)

    origins: Annotated[tuple[DistributionOrigin, ...], Blocks("DistributionConfig.Origins", DistributionOrigin)] = ()
    default: Annotated[CacheBehavior | None, Block("DistributionConfig.DefaultCacheBehavior", CacheBehavior)] = None
    behaviors: Annotated[tuple[CacheBehavior, ...], Blocks("DistributionConfig.CacheBehaviors", CacheBehavior)] = ()
    web_acl: Annotated[Value, Prop("DistributionConfig.WebACLId")] = None
    enabled: Annotated[FlagValue, Prop("DistributionConfig.Enabled", "flag")] = None


class OriginAccessControl(Record, frozen=True, kw_only=True):
    """How CloudFront signs requests to an origin; `type` `lambda` for function URLs."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::CloudFront::OriginAccessControl",)

    type: Annotated[TextValue, Prop("OriginAccessControlConfig.OriginAccessControlOriginType", "text")] = None
    signing: Annotated[TextValue, Prop("OriginAccessControlConfig.SigningBehavior", "text")] = None


class WebAclAssociation(Record, frozen=True, kw_only=True):
    """A web ACL in front of a load balancer, REST API stage, GraphQL API or user pool."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::WAFv2::WebACLAssociation", "AWS::WAFRegional::WebACLAssociation")

    target: Annotated[
        Link | None,
        LinkTo(
            "ResourceArn",
            (
                "AWS::ApiGateway::Stage",
                LOAD_BALANCER,
                "AWS::AppSync::GraphQLApi",
                "AWS::Cognito::UserPool",
                "AWS::ApiGateway::RestApi",
            ),
        ),
    ] = None
