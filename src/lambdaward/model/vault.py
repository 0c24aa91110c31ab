"""Secrets, parameters and keys."""

from typing import Annotated, ClassVar

from lambdaward.model.fields import Link, LinkTo, Prop, Secret
from lambdaward.model.function import ANY_FUNCTION
from lambdaward.model.record import Record
from lambdaward.model.values import FlagValue, NumberValue, TextValue, Value

SECRET = "AWS::SecretsManager::Secret"  # noqa: S105 - a type's name
KEY = "AWS::KMS::Key"


class StoredSecret(Record, frozen=True, kw_only=True):
    """A secret of Secrets Manager. `value` is what the template itself writes into it; `generated` lets AWS make one up."""

    TYPES: ClassVar[tuple[str, ...]] = (SECRET,)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    value: Annotated[Value, Secret("SecretString")] = None
    generated: Annotated[Value, Secret("GenerateSecretString")] = None
    kms_key: Annotated[Link | None, LinkTo("KmsKeyId", (KEY, "AWS::KMS::Alias"))] = None


class RotationSchedule(Record, frozen=True, kw_only=True):
    """When a secret is rotated, and by which function."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::SecretsManager::RotationSchedule",)

    secret: Annotated[Link | None, LinkTo("SecretId", (SECRET,))] = None
    function: Annotated[Link | None, LinkTo("RotationLambdaARN", ANY_FUNCTION)] = None
    days: Annotated[NumberValue, Prop("RotationRules.AutomaticallyAfterDays", "number")] = None


class SystemParameter(Record, frozen=True, kw_only=True):
    """A parameter of Systems Manager. CloudFormation cannot make a `SecureString`."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::SSM::Parameter",)

    name: Annotated[TextValue, Prop("Name", "text")] = None
    type: Annotated[TextValue, Prop("Type", "text")] = None
    value: Annotated[Value, Secret("Value")] = None


class Key(Record, frozen=True, kw_only=True):
    """A KMS key. `policy` is its document; a symmetric key is not rotated unless `rotation` is true."""

    TYPES: ClassVar[tuple[str, ...]] = (KEY, "AWS::KMS::ReplicaKey")

    policy: Annotated[Value, Prop("KeyPolicy")] = None
    rotation: Annotated[FlagValue, Prop("EnableKeyRotation", "flag")] = None
    spec: Annotated[TextValue, Prop("KeySpec", "text")] = None
    usage: Annotated[TextValue, Prop("KeyUsage", "text")] = None
    origin: Annotated[TextValue, Prop("Origin", "text")] = None


class KeyAlias(Record, frozen=True, kw_only=True):
    """A name for a KMS key."""

    TYPES: ClassVar[tuple[str, ...]] = ("AWS::KMS::Alias",)

    name: Annotated[TextValue, Prop("AliasName", "text")] = None
    key: Annotated[Link | None, LinkTo("TargetKeyId", (KEY,))] = None
