"""The resource's name inside of a name, ARN, URL or image address. Holes are already spelled as tokens without separators."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct


class Named(Struct, frozen=True):
    """What a written reference may be called: the candidates for its name, the account it is in (empty when not said) and a
    function's qualifier."""

    candidates: tuple[str, ...]
    account: str = ""
    qualifier: str = ""


def named(written: str) -> Named:
    """The names that a written reference may mean, the likelier first."""
    inner = _invocation(written)
    if inner.startswith(("http://", "https://")):
        *_, account, name = ("", "", *inner.rstrip("/").split("/"))
        return Named((name,), account)
    if not inner.startswith("arn:"):
        if ".dkr.ecr." in inner and "/" in inner:
            return Named((inner.split("/", 1)[1].split("@")[0].split(":")[0],), inner.split(".", 1)[0])
        name, _, qualifier = inner.partition(":")
        return Named((inner, name), qualifier=qualifier)
    fields = inner.split(":", 5)
    return _of_arn(fields[2], fields[4], fields[5]) if len(fields) == 6 else Named(())


def _invocation(written: str) -> str:
    """The function's ARN inside of the ARN that API Gateway invokes it by."""
    start, end = written.find("/functions/"), written.rfind("/invocations")
    return written[start + len("/functions/") : end] if 0 <= start < end else written


def _of_arn(service: str, account: str, resource: str) -> Named:
    if service == "lambda":
        return _of_function(account, resource)
    if service == "s3":
        return Named((resource.split("/", 1)[0],))
    return Named(_BY_SERVICE.get(service, _anything)(resource), account)


def _of_function(account: str, resource: str) -> Named:
    kind, _, rest = resource.partition(":")
    name, _, qualifier = rest.partition(":")
    return Named((name,) if kind in ("function", "layer", "capacity-provider") else (), account, qualifier)


def _secret(resource: str) -> tuple[str, ...]:
    """Secrets Manager puts a hyphen and six random characters behind the name."""
    name = resource.removeprefix("secret:")
    return (name, name[:-7]) if name[-7:-6] == "-" else (name,)


def _log_group(resource: str) -> tuple[str, ...]:
    return (resource.removeprefix("log-group:").split(":")[0],)


def _parameter(resource: str) -> tuple[str, ...]:
    """A name that begins with a slash loses it in the ARN."""
    name = resource.removeprefix("parameter/")
    return (f"/{name}", name)


def _last(resource: str) -> tuple[str, ...]:
    return (resource.rsplit("/", 1)[-1],)


def _second(resource: str) -> tuple[str, ...]:
    return tuple(resource.removeprefix("/").split("/")[1:2])


def _anything(resource: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((resource.partition("/")[2], resource.partition(":")[2], resource)))


_BY_SERVICE: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "secretsmanager": _secret,
    "logs": _log_group,
    "ssm": _parameter,
    "iam": _last,
    "events": _last,
    "dynamodb": _second,
    "kinesis": _second,
    "signer": _second,
}
