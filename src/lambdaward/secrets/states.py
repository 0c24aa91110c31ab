"""The values of a document, each with the name that says most about it, also where the name stands beside it.

States and plans of Terraform say themselves what is sensitive, and keep what it has made up: passwords, keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lambdaward.secrets.names import Says, says

_MOST = 200_000
_NAMES = ("name", "Name", "key", "Key", "ParameterKey")
_VALUES = ("value", "Value", "ParameterValue", "default", "Default", "constant_value")
_OF_A_RESOURCE = frozenset({"instances", "values", "change"})
# What Terraform's resources keep under a name that does not say so.
_MADE_UP: Mapping[str, Mapping[str, str]] = {
    "random_password": {"result": "password"},
    "aws_secretsmanager_secret_version": {"secret_string": "password"},
    "aws_iam_access_key": {"secret": "secret_access_key", "ses_smtp_password_v4": "password"},
    "aws_iam_user_login_profile": {"password": "password"},
    "aws_ssm_parameter": {"value": "", "insecure_value": ""},
}
_HASHES = ("bcrypt_hash", "value_wo_version", "secret_string_wo")


def values(document: object) -> Iterator[tuple[str, str]]:
    """Every text in a document with its name, in the order of the document."""
    stack: list[tuple[object, str, str]] = [(document, "", "")]
    told = 0
    while stack and told < _MOST:
        value, name, kind = stack.pop()
        if isinstance(value, dict):
            stack += reversed(list(_members(value, name, kind)))
        elif isinstance(value, list):
            stack += [(member, name, kind) for member in reversed(value)]
        elif isinstance(value, str) and value:
            told += 1
            yield name, value


def _members(value: dict[str, object], name: str, kind: str) -> Iterator[tuple[object, str, str]]:
    """The members of an object, each with its name and the type of the resource that it belongs to."""
    called = next((str(value[key]) for key in _NAMES if isinstance(value.get(key), str)), "")
    kind = str(value["type"]) if isinstance(value.get("type"), str) and _OF_A_RESOURCE & value.keys() else kind
    if value.get("sensitive") is True and says(name) is Says.NOTHING:
        name = "secret"
    for key, member in value.items():
        if key in _HASHES:
            continue
        if key in _MADE_UP.get(kind, {}):
            yield member, _MADE_UP[kind][key] or _of_parameter(value, called), kind
        elif key in _VALUES:
            yield member, called or name, kind
        else:
            yield member, key, kind


def _of_parameter(value: Mapping[str, object], called: str) -> str:
    """A parameter of Parameter Store is a secret when it is kept as one."""
    return "password" if value.get("type") == "SecureString" else called
