"""Files beside templates that are no source of resources, and may hold values for their deployment all the same."""

from __future__ import annotations

import re
from functools import lru_cache

from lambdaward.model import pattern

_NAMES = pattern(
    r"samconfig\.(?:toml|ya?ml)|\.env(?:\.[\w.-]+)?|[\w.-]+\.env|env(?:[._-][\w-]+)?\.json|"
    r"\.(?:npmrc|pypirc|netrc|git-credentials|pgpass)|"
    r"(?:[\w.-]*[._-])?buildspec[\w.-]*\.ya?ml|\.gitlab-ci\.ya?ml|\.travis\.ya?ml|bitbucket-pipelines\.ya?ml|"
    r"azure-pipelines[\w.-]*\.ya?ml|jenkinsfile|(?:docker-)?compose[\w.-]*\.ya?ml|(?:[\w.-]+\.)?dockerfile(?:\.[\w-]+)?|makefile|"
    r"cdk(?:\.context)?\.json|[\w.-]+\.tfstate(?:\.[\w.-]+)?|[\w.-]+\.(?:tfvars|tf)(?:\.json)?|(?:[\w.-]*\.)?tfplan|"
    r"(?:tf)?plan[\w.-]*\.json|serverless[\w.-]*\.(?:ya?ml|json|[jt]s)|pulumi(?:\.[\w-]+)?\.ya?ml|zappa_settings\.(?:json|ya?ml|toml)|"
    r"[\w.-]*param(?:eter)?s?[\w.-]*\.json",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def may_hold_values(name: str) -> bool:
    """Whether a file may hold values for a deployment, by its name: settings of tools, state, plans, build specifications."""
    return _NAMES.fullmatch(name) is not None
