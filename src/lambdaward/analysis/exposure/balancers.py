"""Functions behind load balancers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaward.analysis.exposure.targets import target_of
from lambdaward.analysis.exposure.trigger import Trigger
from lambdaward.model import (
    Estate,
    Fact,
    Link,
    Listener,
    ListenerAction,
    ListenerRule,
    LoadBalancer,
    No,
    SecurityGroup,
    SecurityGroupIngress,
    SecurityGroupRule,
    TargetGroup,
    Unknown,
    Unsure,
    Verdict,
    Yes,
    all_of,
    any_of,
    is_equal,
    literal,
    negate,
)

LOGINS = {"authenticate-cognito": "login", "authenticate-oidc": "login", "jwt-validation": "jwt"}
ANYWHERE = ("0.0.0.0/0", "::/0")
UNSEEN = Unknown("the load balancer is not in what was scanned", "scan its template as well")


def balancer_triggers(estate: Estate) -> Iterator[Trigger]:
    """The trigger that each pair of a listener's forwarding and a function behind it is."""
    rules: tuple[Listener | ListenerRule, ...] = (*estate.all(Listener), *estate.all(ListenerRule))
    for rule in rules:
        listener = rule if isinstance(rule, Listener) else estate.follow(Listener, rule.listener)
        for group in _groups(estate, rule.actions):
            yield from (_trigger(estate, rule, listener, link) for link in group.functions)


def _trigger(estate: Estate, rule: Listener | ListenerRule, listener: Listener | None, link: Link) -> Trigger:
    auth = _asks(listener, rule.actions)
    public = reached(estate, listener)
    return Trigger(
        kind="alb",
        target=target_of(estate, link),
        link=link,
        record=rule,
        place=rule.place(),
        shown=f"load balancer, {rule.shown}",
        front=listener.balancer.target if listener and listener.balancer else None,
        auth=auth,
        public=public,
        anonymous=all_of((Yes() if auth == "none" else No(), public)),
    )


def _groups(estate: Estate, actions: Sequence[ListenerAction]) -> list[TargetGroup]:
    links = [link for action in actions for link in (*action.groups, *([action.group] if action.group else ()))]
    groups = {link.target: estate.follow(TargetGroup, link) for link in links}
    return [group for group in groups.values() if group and not isinstance(is_equal(group.type, "lambda"), No)]


def _asks(listener: Listener | None, actions: Sequence[ListenerAction]) -> str:
    """What a caller must show: the login that stands before the forwarding, or a certificate."""
    if listener is not None and literal(listener.mutual_tls) == "verify":
        return "certificate"
    for action in actions:
        login = LOGINS.get(literal(action.type) or "")
        if login and literal(action.unauthenticated) != "allow":
            return login
    return "none"


def reached(estate: Estate, listener: Listener | None) -> Verdict:
    """Whether the internet reaches a listener: its balancer faces it, and a security group lets it in."""
    balancer = estate.follow(LoadBalancer, listener.balancer) if listener else None
    if balancer is None:
        return Unsure((UNSEEN,))
    facing = negate(is_equal(balancer.scheme, "internal"))
    fact = Fact(f"{balancer.shown} faces the internet", balancer.place("Scheme"))
    return all_of((Yes((fact,)) if isinstance(facing, Yes) else facing, _let_in(estate, balancer)))


def _let_in(estate: Estate, balancer: LoadBalancer) -> Verdict:
    groups = [estate.follow(SecurityGroup, link) for link in balancer.security_groups]
    if not groups:
        return Unsure((Unknown("which security groups the load balancer has is not known"),))
    return any_of(_open_group(estate, group) for group in groups)


def _open_group(estate: Estate, group: SecurityGroup | None) -> Verdict:
    if group is None:
        return Unsure((Unknown("a security group of the load balancer is not in what was scanned"),))
    apart = [rule for rule in estate.all(SecurityGroupIngress) if rule.group and rule.group.target == group.id]
    rules = (*group.ingress, *(rule.rule for rule in apart if rule.rule is not None))
    return any_of(_open_rule(rule) for rule in rules)


def _open_rule(rule: SecurityGroupRule) -> Verdict:
    answer = any_of(is_equal(cidr, anywhere) for cidr in (rule.cidr, rule.ipv6_cidr) for anywhere in ANYWHERE)
    return Yes((Fact("a security group lets every address in", rule.at),)) if isinstance(answer, Yes) else answer
