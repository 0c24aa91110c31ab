"""Who makes a request, and by which names policies know them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from functools import lru_cache

from msgspec import Struct

from lambdaward.iam.language import Textual
from lambdaward.iam.matching.arn import fields
from lambdaward.model import Text, text


class CallerKind(StrEnum):
    """What a caller is. `EXTERNAL` is a service or an identity provider, `SESSION` an assumed role, `FEDERATED` a session that
    an IAM user made with GetFederationToken."""

    ANONYMOUS = "anonymous"
    ROOT = "root"
    USER = "user"
    ROLE = "role"
    SESSION = "session"
    FEDERATED = "federated"
    EXTERNAL = "external"


class Grade(Enum):
    """What a resource policy's allow is worth, by how it names the caller: all by itself (`FULL`), within the caller's session
    policy (`ANYBODY`, for one of everybody), within its boundary as well (`LIMITED`), or only together with what the caller's
    account allows (`DELEGATED`)."""

    FULL = 4
    ANYBODY = 3
    LIMITED = 2
    DELEGATED = 1


class Caller(Struct, frozen=True):
    """Who asks. `account` is empty for services and anonymous callers. `name` is the user's, role's or provider's name without
    path, `linked` whether it is a service-linked role.

    A federated session is taken to be of the IAM user whose name it has: AWS names it after whoever made it.
    """

    kind: CallerKind
    arn: Textual = ""
    account: Textual = ""
    name: Textual = ""
    partition: Textual = "aws"
    linked: bool = False

    @property
    def in_account(self) -> bool:
        """Whether the caller belongs to an account, so that identity policies and SCPs apply to it."""
        return self.kind not in (CallerKind.ANONYMOUS, CallerKind.EXTERNAL)

    def keys(self) -> Mapping[str, Grade]:
        """The plain keys (see `key`) that name this caller, with what each is worth; empty when a part is not known."""
        if not (isinstance(self.arn, str) and isinstance(self.account, str)):
            return {}
        account = {self.account: Grade.DELEGATED} if self.account else {}
        match self.kind:
            case CallerKind.ROLE:
                return {self._role_key(): Grade.LIMITED, **account}
            case CallerKind.SESSION:
                return {self.arn: Grade.FULL, self._role_key(): Grade.LIMITED, **account}
            case CallerKind.FEDERATED:
                user = f"arn:{self.partition}:iam::{self.account}:user/{self.name}"
                return {self.arn: Grade.FULL, user: Grade.LIMITED, **account}
            case CallerKind.USER | CallerKind.EXTERNAL:
                return {self.arn: Grade.FULL, **account}
        return account

    def _role_key(self) -> str:
        return f"{self.partition}:role:{self.account}:{self.name}"


ANONYMOUS = Caller(CallerKind.ANONYMOUS)


def caller(arn: Textual) -> Caller:
    """Who an ARN, an account number or a service's name stands for."""
    return named(arn)[0] if isinstance(arn, str) else _read(arn)


@lru_cache(maxsize=4096)
def named(arn: str) -> tuple[Caller, Mapping[str, Grade]]:
    """Who a plain ARN, account number or name stands for, with `Caller.keys`."""
    read = _read(arn)
    return read, read.keys()


def _read(arn: Textual) -> Caller:
    if isinstance(arn, str) and arn.isdecimal() and len(arn) == 12:
        return Caller(CallerKind.ROOT, f"arn:aws:iam::{arn}:root", arn)
    parts = fields(arn)
    if len(parts) != 6 or parts[0] != "arn":
        return Caller(CallerKind.EXTERNAL, arn, name=arn)
    return _of_arn(arn, parts)


def _of_arn(arn: Textual, parts: tuple[str | Text, ...]) -> Caller:
    partition, service, account, resource = parts[1], parts[2], parts[4], parts[5]
    kind, *rest = pieces(resource)
    if (service, kind) == ("iam", "root"):
        return Caller(CallerKind.ROOT, arn, account, partition=partition)
    if service == "iam" and kind in ("user", "role") and rest:
        linked = kind == "role" and rest[0] == "aws-service-role"
        return Caller(CallerKind(kind), arn, account, rest[-1], partition=partition, linked=linked)
    if (service, kind) == ("sts", "assumed-role") and len(rest) == 2:
        linked = isinstance(rest[0], str) and rest[0].startswith("AWSServiceRoleFor")
        return Caller(CallerKind.SESSION, arn, account, rest[0], partition, linked)
    if (service, kind) == ("sts", "federated-user") and rest:
        return Caller(CallerKind.FEDERATED, arn, account, rest[-1], partition)
    return Caller(CallerKind.EXTERNAL, arn, name=arn)


def pieces(resource: str | Text) -> list[str | Text]:
    """The pieces of a resource between slashes, holes kept."""
    found: list[str | Text] = [""]
    for part in resource.parts if isinstance(resource, Text) else (resource,):
        first, *others = part.split("/") if isinstance(part, str) else (part,)
        found[-1] = text(found[-1], first)
        found += others
    return found


def key(principal: str) -> str:
    """The plain key of an AWS principal as written: an account's number, a role without its path, else the ARN."""
    parts = principal.split(":", 5)
    if len(parts) != 6:
        return principal
    _, partition, service, _, account, resource = parts
    if service == "iam" and resource == "root":
        return account
    if service == "iam" and resource.startswith("role/"):
        return f"{partition}:role:{account}:{resource.rsplit('/', 1)[-1]}"
    return principal
