"""An API's `Domain`: its custom domain name, which of its paths lead to the API, and the DNS records for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from lambdaward.sources.cloudformation.node import MapNode, Node
from lambdaward.sources.cloudformation.sam.building import Draft, build, get_att
from lambdaward.sources.cloudformation.sam.hashing import hashed_id
from lambdaward.sources.cloudformation.sam.reading import dig, is_null, is_set, is_true, items, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.stack import Made, Stack

REGIONAL, EDGE, PRIVATE = "REGIONAL", "EDGE", "PRIVATE"
CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
SAME = ("SecurityPolicy", "EndpointAccessMode", "Policy", "OwnershipVerificationCertificateArn")
SEPARATORS = re.compile(r"[-_/]+")


class Domain(Struct, frozen=True):
    """A domain: the API that it is of, its settings, its kind of endpoint, and the logical id of its resource."""

    api: Resource
    config: MapNode
    endpoint: str
    id: str

    @property
    def made(self) -> Made:
        """What is made for the domain points at the domain."""
        return Made(self.api.key("Domain"), self.api.inherited)

    def get(self, name: str) -> Node | None:
        """A setting, or `None`."""
        return self.config.get(name)

    def held(self, *names: str) -> dict[str, Draft]:
        """Settings by name; those that are absent are left out."""
        return {name: self.config.entries[name] for name in names if is_set(self.config.get(name))}


def lower_rest_domain(stack: Stack, api: Resource, stage: str) -> None:
    """Add a REST API's domain. A private one is of another resource type, and is reached through VPC endpoints."""
    private = text(stack.known(dig(api.get("Domain"), "EndpointConfiguration"))) == PRIVATE
    domain = _domain(stack, api, "ApiGatewayDomainNameV2" if private else "ApiGatewayDomainName")
    if domain is None:
        return
    certificate = "RegionalCertificateArn" if domain.endpoint == REGIONAL else "CertificateArn"
    properties: dict[str, Draft] = {
        "DomainName": domain.get("DomainName"),
        certificate: domain.get("CertificateArn"),
        "EndpointConfiguration": {"Types": [domain.endpoint], **domain.held("IpAddressType")},
        "MutualTlsAuthentication": None if private else domain.get("MutualTlsAuthentication"),
        **domain.held(*SAME),
    }
    version = "V2" if private else ""
    _share(stack, domain.id, f"AWS::ApiGateway::DomainName{version}", properties, domain.made)
    kind, named = f"AWS::ApiGateway::BasePathMapping{version}", "DomainNameArn" if private else "DomainName"
    shared = {named: {"Ref": domain.id}, "RestApiId": {"Ref": api.id}, "Stage": {"Ref": stage}}
    for path in _paths(domain):
        plain = "".join(filter(str.isalnum, text(path)))
        raw = domain.get("NormalizeBasePath") is not None and not is_true(domain.get("NormalizeBasePath"))
        key = None if path is None else {"BasePath": build(text(path) if raw else plain, path.span)}
        stack.make(f"{api.id}{plain}BasePathMapping", kind, {**shared, **(key or {})}, domain.made)
    if private:
        _associate(stack, domain)
    _records(stack, domain)


def lower_http_domain(stack: Stack, api: Resource, stage: str, tags: Mapping[str, Draft]) -> None:
    """Add the domain of an HTTP or WebSocket API."""
    domain = _domain(stack, api, "ApiGatewayDomainNameV2")
    if domain is None:
        return
    config = {
        "CertificateArn": domain.get("CertificateArn"),
        "EndpointType": REGIONAL,
        **domain.held("OwnershipVerificationCertificateArn", "SecurityPolicy"),
    }
    properties: dict[str, Draft] = {
        "DomainName": domain.get("DomainName"),
        "DomainNameConfigurations": [config],
        "MutualTlsAuthentication": domain.get("MutualTlsAuthentication"),
        "Tags": tags,
    }
    _share(stack, domain.id, "AWS::ApiGatewayV2::DomainName", properties, domain.made)
    shared = {"DomainName": {"Ref": domain.id}, "ApiId": {"Ref": api.id}, "Stage": {"Ref": stage}}
    for path in _paths(domain):
        key = None if path is None else {"ApiMappingKey": build(text(path).strip("/"), path.span)}
        name = f"{api.id}{SEPARATORS.sub('', text(path))}ApiMapping"
        stack.make(name, "AWS::ApiGatewayV2::ApiMapping", {**shared, **(key or {})}, domain.made)
    _records(stack, domain)


def _domain(stack: Stack, api: Resource, prefix: str) -> Domain | None:
    config = stack.known(api.get("Domain"))
    if not isinstance(config, MapNode):
        return None
    name = config.get("DomainName")
    if is_null(name) or is_null(config.get("CertificateArn")):
        stack.problem(api.key("Domain"), f"the domain of {api.id} needs DomainName and CertificateArn", "give both")
        return None
    endpoint = text(stack.known(config.get("EndpointConfiguration"))) or REGIONAL
    logical_id = hashed_id(prefix, stack.resolved(name))
    stack.references[f"{api.id}.DomainName"] = logical_id
    return Domain(api, config, endpoint, logical_id)


def _share(stack: Stack, name: str, kind: str, properties: Mapping[str, Draft], made: Made) -> None:
    """Add a resource that belongs to the domain, unless another API has the same domain."""
    if name not in stack.made:
        stack.make(name, kind, properties, made)


def _paths(domain: Domain) -> list[Node] | list[None]:
    """The paths that lead to the API; `None` is the whole domain."""
    return [item for item in items(domain.get("BasePath")) if text(item)] or [None]


def _associate(stack: Stack, domain: Domain) -> None:
    """Let a VPC endpoint reach a private domain."""
    config = domain.get("AccessAssociation")
    if not isinstance(config, MapNode):
        return
    endpoint = config.get("VpcEndpointId")
    properties = {
        "DomainNameArn": {"Ref": domain.id},
        "AccessAssociationSourceType": "VPCE",
        "AccessAssociationSource": endpoint,
    }
    name = hashed_id("DomainNameAccessAssociation", [stack.resolved(endpoint), domain.id])
    made = Made(domain.api.key("Domain", "AccessAssociation"), domain.api.inherited)
    _share(stack, name, "AWS::ApiGateway::DomainNameAccessAssociation", properties, made)


def _records(stack: Stack, domain: Domain) -> None:
    """Add DNS records for the domain: one group of them for a hosted zone, or one for the domain alone."""
    config, at = domain.get("Route53"), domain.api.key("Domain", "Route53")
    if not isinstance(config, MapNode):
        return
    zone = {key: held for key, held in config.entries.items() if key in ("HostedZoneId", "HostedZoneName")}
    if not zone:
        stack.problem(at, f"Route53 of {domain.api.id} names no hosted zone", "give HostedZoneId or HostedZoneName")
        return
    first = stack.resolved((zone.get("HostedZoneId") or zone["HostedZoneName"]).value)
    alone = is_true(config.get("SeparateRecordSetGroup"))
    content = [first, stack.resolved(domain.get("DomainName"))] if alone else first
    name, records = hashed_id("RecordSetGroup", content), _record_sets(domain, config)
    if name in stack.made:
        for record in () if alone else records:
            stack.append(name, ("Properties", "RecordSets"), record, at)
        return
    made = Made(at, domain.api.inherited)
    stack.make(name, "AWS::Route53::RecordSetGroup", {**zone, "RecordSets": records}, made)


def _record_sets(domain: Domain, config: MapNode) -> list[Draft]:
    record = {
        "Name": domain.get("DomainName"),
        "AliasTarget": _alias(domain, config),
        "Region": config.get("Region"),
        "SetIdentifier": config.get("SetIdentifier"),
    }
    kinds = ["A", "AAAA"] if is_true(config.get("IpV6")) else ["A"]
    return [{**record, "Type": kind} for kind in kinds]


def _alias(domain: Domain, config: MapNode) -> dict[str, Draft]:
    """Where the records point to."""
    health = {"EvaluateTargetHealth": config.get("EvaluateTargetHealth")}
    if domain.endpoint == EDGE:
        given = config.get("DistributionDomainName")
        name = given if given is not None else get_att(domain.id, "DistributionDomainName")
        return {**health, "HostedZoneId": CLOUDFRONT_ZONE, "DNSName": name}
    if domain.endpoint == PRIVATE:
        zone = config.get("VpcEndpointHostedZoneId")
        return {**health, "HostedZoneId": zone, "DNSName": config.get("VpcEndpointDomainName")}
    regional = get_att(domain.id, "RegionalHostedZoneId")
    return {**health, "HostedZoneId": regional, "DNSName": get_att(domain.id, "RegionalDomainName")}
