"""Identity providers that vouch for anybody in the world, and what the token of a stranger says.

Whoever has an account with such a provider gets a token; its subject begins with the stranger's own name. Where the audience
is what the stranger asks for, a condition on it keeps nobody out.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_secure-by-default.html
https://docs.github.com/en/actions/reference/security/oidc
https://docs.gitlab.com/ci/secrets/id_token_authentication/
https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens
https://buildkite.com/docs/agent/v3/cli-oidc
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

from lambdaward.iam.language import Condition


class Issuer(Struct, frozen=True):
    """What a stranger's token says: its `subject`, with the stranger's name put in, and whether it is for any audience."""

    subject: str
    any_audience: bool = True


ISSUERS: Mapping[str, Issuer] = MappingProxyType(
    {
        "token.actions.githubusercontent.com": Issuer("repo:{0}/{0}:ref:refs/heads/main"),
        "gitlab.com": Issuer("project_path:{0}/{0}:ref_type:branch:ref:main"),
        "agent.buildkite.com": Issuer("organization:{0}:pipeline:{0}:ref:refs/heads/main:commit:{0}:step:{0}"),
        "app.terraform.io": Issuer("organization:{0}:project:{0}:workspace:{0}:run_phase:apply"),
        "accounts.google.com": Issuer("{0}", any_audience=False),
        "cognito-identity.amazonaws.com": Issuer("{0}", any_audience=False),
        "graph.facebook.com": Issuer("{0}", any_audience=False),
        "www.amazon.com": Issuer("{0}", any_audience=False),
    }
)
_AUDIENCE, _SUBJECT = "aud", "sub"
# Keys of a request to take a role that are no claims of a token.
_OF_REQUESTS = frozenset({"aws", "sts", "saml"})


def issuer(provider: str) -> str:
    """The issuer that a federated principal names: a provider's ARN, or one of the names that need none. Empty for SAML."""
    return "" if ":saml-provider/" in provider else provider.rpartition(":oidc-provider/")[2].lower()


def strange_claims(conditions: Iterable[Condition], stranger: str) -> dict[str, str]:
    """The claims that conditions ask for, by key, as a stranger's token has them. An audience that anybody may ask for is the one
    that the condition wants."""
    found: dict[str, str] = {}
    for condition in conditions:
        name, _, claim = condition.key.rpartition(":")
        if name.lower() in _OF_REQUESTS or not name:
            continue
        known = ISSUERS.get(name.lower())
        wanted = [part.value for part in condition.values if isinstance(part.value, str)]
        found[condition.key] = stranger
        if claim.lower() == _SUBJECT and known is not None:
            found[condition.key] = known.subject.format(stranger)
        elif claim.lower() == _AUDIENCE and wanted and known is not None and known.any_audience:
            found[condition.key] = wanted[0].replace("*", "").replace("?", "x")
    return found
