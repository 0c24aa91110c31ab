"""What Lambda answers to a deployment: the question of `lambdaward verify --config` and `--function`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from lambdaward.cli.streams import stdout
from lambdaward.model import (
    CodeSigningConfig,
    Estate,
    Function,
    InputError,
    Layer,
    LocalCode,
    UsageError,
    is_equal,
    literal,
    show,
)
from lambdaward.model.verdict import Yes
from lambdaward.packages import signing

if TYPE_CHECKING:
    from lambdaward.packages.signing import Answer, Config, Part, Trust, Verification

TAKEN, REFUSED, UNKNOWN = 0, 1, 4
_CODES = {signing.Outcome.TAKEN: TAKEN, signing.Outcome.REFUSED: REFUSED, signing.Outcome.UNKNOWN: UNKNOWN}
_LIMIT = 1 << 20


class _Publishers(Struct, frozen=True, rename="pascal"):
    signing_profile_version_arns: tuple[str, ...] = ()


class _Policies(Struct, frozen=True, rename="pascal"):
    untrusted_artifact_on_deployment: signing.Policy = signing.Policy.WARN


class _Config(Struct, frozen=True, rename="pascal"):
    allowed_publishers: _Publishers = _Publishers()
    code_signing_policies: _Policies = _Policies()


class _Answer(Struct, frozen=True, rename="pascal"):
    code_signing_config: _Config


def asked(  # noqa: PLR0913 - the options, by name
    packages: Sequence[Verification],
    trust: Trust,
    *,
    config: str | None,
    function: str | None,
    project: str,
    layers: Sequence[str],
) -> tuple[Answer, ...]:
    """The answers about one package (of a function, its own when none is given) and its layers. Raises `UsageError` and
    `InputError` for what cannot be used."""
    least = 0 if function else 1
    if not least <= len(packages) <= 1 or (config and function):
        raise UsageError("a deployment is of one package, under `--config` or of `--function`")
    given = _given(layers)
    if config:
        package = signing.Part(packages[0].package, packages[0])
        parts = [package, *(signing.Part(f"layer {name}", signing.verify(path, trust)) for name, path in given.items())]
        return signing.deployed(_read(config), parts)
    estate = _estate(project)
    found = _function(estate, function or "")
    own = signing.Part(packages[0].package, packages[0]) if packages else _code(found, trust)
    parts = [own, *_layers(estate, found, given, trust)]
    image = isinstance(is_equal(found.package_type, "Image"), Yes)
    return signing.deployed(_config_of(estate, found), parts, image=image)


def _given(layers: Sequence[str]) -> dict[str, Path]:
    pairs = [value.rpartition("=") for value in layers]
    if not all(name and path for name, _, path in pairs):
        raise UsageError("`--layer` is NAME=FILE, or ARN=FILE")
    return {name: Path(path) for name, _, path in pairs}


def _read(path: str) -> Config:
    remedy = "give the JSON that `aws lambda get-code-signing-config` printed"
    try:
        with Path(path).open("rb") as file:
            answer = msgspec.json.decode(file.read(_LIMIT), type=_Answer)
    except OSError as error:
        raise InputError(path, f"it cannot be read ({error.strerror})", remedy) from None
    except (msgspec.MsgspecError, RecursionError):
        raise InputError(path, "it is no code-signing config", remedy) from None
    read = answer.code_signing_config
    return signing.Config(
        read.allowed_publishers.signing_profile_version_arns,
        read.code_signing_policies.untrusted_artifact_on_deployment,
    )


def _estate(project: str) -> Estate:
    from lambdaward import api  # noqa: PLC0415 - only for projects

    return api.load(project)


def _function(estate: Estate, name: str) -> Function:
    found = [each for each in estate.all(Function) if name in (each.id.name, each.shown, each.name)]
    if len(found) != 1:
        raise UsageError(f"{len(found)} functions are called `{name}` in what was read, not one")
    return found[0]


def _config_of(estate: Estate, function: Function) -> Config | None:
    """The config of a function, `None` when it has none."""
    if function.code_signing is None:
        return None
    config = estate.follow(CodeSigningConfig, function.code_signing)
    if config is None:
        return signing.Config((), None, open=True)
    known = [literal(profile.value) for profile in config.profiles]
    policy = "Warn" if config.untrusted is None else literal(config.untrusted)
    return signing.Config(
        tuple(arn for arn in known if arn is not None),
        signing.Policy(policy) if policy in list(signing.Policy) else None,
        open=None in known,
    )


def _code(function: Function, trust: Trust) -> Part:
    """The package of a function, as the project holds it: a zip, or code in the template, which nobody can have signed."""
    code = function.code
    if isinstance(code, LocalCode) and code.kind == "zip":
        path = Path(code.root, code.path)
        return signing.Part(path.name, signing.verify(path, trust))
    if isinstance(code, LocalCode) and code.kind == "inline":
        reading = signing.Reading(b"", 1, len(code.inline), (), (), (), ())
        return signing.Part("the code in the template", signing.judge(function.shown, reading, trust))
    return signing.Part(f"the package of {function.shown}", None)


def _layers(estate: Estate, function: Function, given: Mapping[str, Path], trust: Trust) -> Iterator[Part]:
    """The layers of a function: content that is given, or that the project holds as a zip."""
    for link in function.layers:
        own = estate.follow(Layer, link)
        names = (show(link.value), *((own.id.name, str(own.id)) if own else ()))
        path = next((given[name] for name in names if name in given), None) or _zip(own)
        yield signing.Part(f"layer {names[-1]}", signing.verify(path, trust) if path else None)


def _zip(layer: Layer | None) -> Path | None:
    code = layer.code if layer else None
    return Path(code.root, code.path) if isinstance(code, LocalCode) and code.kind == "zip" else None


def report(answers: Sequence[Answer], form: str) -> int:
    """Print the answers; the exit code that they mean."""
    outcome = signing.outcome(answers)
    with stdout(form) as stream:
        stream.writelines(_json(answers) if form == "json" else _lines(answers))
    return _CODES[outcome]


def _lines(answers: Sequence[Answer]) -> Iterator[str]:
    from lambdaward.reports.text import visible  # noqa: PLC0415 - only where something is printed

    said = {
        "taken": "Lambda takes the code",
        "refused": "Lambda refuses the code",
        "unknown": "it is not known what Lambda says",
    }
    yield said[signing.outcome(answers)] + "\n"
    for answer in answers:
        detail = [answer.error, f"signature status {answer.status}" if answer.status else "", answer.source.value]
        yield (
            visible(f"  {answer.outcome.value:8} {answer.part}: {answer.because} ({', '.join(filter(None, detail))})")
            + "\n"
        )
        for unknown in answer.unknowns:
            yield visible(f"           to settle it: {unknown.settle}") + "\n"


def _json(answers: Sequence[Answer]) -> Iterator[str]:
    from lambdaward.reports.json import dumps  # noqa: PLC0415 - only where it is printed

    yield dumps(
        {
            "version": 1,
            "outcome": signing.outcome(answers).value,
            "parts": [msgspec.to_builtins(each) for each in answers],
        }
    )
