"""What is said of a value: a leak, a reference to where a secret is kept, or clear of secrets and why."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from msgspec import Struct

from lambdaward.model import Redacted


class Sureness(IntEnum):
    """How sure it is that a value is a secret."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2


class Store(StrEnum):
    """Where a reference leads: what keeps the secret, or what fills the value in."""

    SECRETS_MANAGER = "secrets-manager"
    PARAMETER_STORE = "parameter-store"
    KMS = "kms"
    APP_CONFIG = "appconfig"
    VAULT = "vault"
    FILE = "file"
    AWS = "aws"
    TEMPLATE = "template"
    CIPHERTEXT = "ciphertext"


class Reference(Struct, frozen=True):
    """A value that says where a secret is, and is none itself. `target` is the name, path or ARN as far as it is one."""

    store: Store
    target: str


class Leak(Struct, frozen=True):
    """A secret in plain sight. `kind` says what it is (`password`, `private-key`, `github-token`), `value` is the secret
    alone, and `via` what it was found through, from outside to inside (`base64`, `json password`)."""

    kind: str
    sureness: Sureness
    value: Redacted
    via: tuple[str, ...] = ()


class Clear(Struct, frozen=True):
    """No secret, and why. `open` is whether nothing that is known here settled it: it may be a token of a form that only a
    large set of formats tells."""

    reason: str
    open: bool = False


Answer = Leak | Reference | Clear


def leak(kind: str, sureness: Sureness, value: str, *via: str) -> Leak:
    """A leak of a text."""
    return Leak(kind, sureness, Redacted(value), via)


def inside(answer: Answer, step: str) -> Answer:
    """The answer about something that was found inside something else."""
    return Leak(answer.kind, answer.sureness, answer.value, (step, *answer.via)) if isinstance(answer, Leak) else answer
