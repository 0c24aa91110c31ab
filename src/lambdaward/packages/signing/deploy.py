"""What Lambda answers when a package is deployed to a function with a code-signing config: its rules, followed on this machine.

Where an answer comes from is said with it: `seen` in answers of AWS that were recorded, `stated` in AWS's documentation,
`inferred` from both. Lambda looks at signatures when code is deployed, and never again: what runs already is not looked at when
a config is attached, a signature expires or a profile is revoked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from lambdaward.model import No, Unknown, Unsure, Yes
from lambdaward.packages.signing.verify import Check, Step, Verification

REFUSAL = "CodeVerificationFailedException"
_INTEGRITY = (Check.ENVELOPE, Check.DIGEST, Check.SIGNATURE)


class Policy(StrEnum):
    """What a config does with code that nobody it trusts has signed."""

    ENFORCE = "Enforce"
    WARN = "Warn"


class Outcome(StrEnum):
    """Whether Lambda takes the code."""

    TAKEN = "taken"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Source(StrEnum):
    """What an answer rests on."""

    SEEN = "seen"
    STATED = "stated"
    INFERRED = "inferred"


class Config(Struct, frozen=True):
    """A code-signing config: the profile versions that may sign, and its policy, `None` when that is not known. It is `open` when
    it lists a profile version that is not known, as one that the same template makes."""

    profiles: tuple[str, ...]
    policy: Policy | None
    open: bool = False


class Part(Struct, frozen=True):
    """What is deployed: the function's package or one layer, by its name, verified; `None` when its content is not there."""

    name: str
    verification: Verification | None


class Answer(Struct, frozen=True):
    """What Lambda answers about one part. `status` is what CloudTrail says of the signature; `signing` whether the function
    shows a signing job and profile afterwards. `unknowns` say why an answer is not known."""

    part: str
    outcome: Outcome
    because: str
    source: Source
    error: str = ""
    status: str = ""
    signing: bool = False
    unknowns: tuple[Unknown, ...] = ()


def deployed(config: Config | None, parts: Sequence[Part], *, image: bool = False) -> tuple[Answer, ...]:
    """The answer about each part. Lambda takes the code when it takes all of them."""
    if config is None:
        return tuple(
            _taken(part, "without a code-signing config, no signature is looked at", Source.SEEN) for part in parts
        )
    if image:
        why = Unknown(
            "code signing is not for container images, says AWS; what a config does there was not tried", "take it off"
        )
        return tuple(_unknown(part, (why,)) for part in parts)
    return tuple(_answer(config, part) for part in parts)


def outcome(answers: Iterable[Answer]) -> Outcome:
    """The answer about all parts together."""
    found = {answer.outcome for answer in answers}
    return next((each for each in (Outcome.REFUSED, Outcome.UNKNOWN) if each in found), Outcome.TAKEN)


def _answer(config: Config, part: Part) -> Answer:
    verification = part.verification
    if verification is None:
        return _unknown(part, (Unknown("its content is not here", "give its file: a layer's with --layer"),))
    steps = {step.check: step for step in verification.steps}
    readable = steps[Check.ARCHIVE].verdict
    if isinstance(readable, Unsure):
        return _unknown(part, readable.unknowns)
    if isinstance(steps[Check.PRESENT].verdict, No):
        return _untrusted(config, part, "it is not signed", "MISMATCH", Source.SEEN)
    broken = next(
        (steps[check] for check in _INTEGRITY if check in steps and isinstance(steps[check].verdict, No)), None
    )
    if broken is not None:
        text = f"{_first(broken)}: a signature that does not fit is refused under either policy"
        source = Source.SEEN if broken.check is Check.DIGEST else Source.INFERRED
        return Answer(part.name, Outcome.REFUSED, text, source, error=REFUSAL)
    if isinstance(steps[Check.CHAIN].verdict, No):
        return _strange_chain(config, part, steps[Check.CHAIN])
    return _claimed(config, part, verification, steps)


def _claimed(config: Config, part: Part, verification: Verification, steps: dict[Check, Step]) -> Answer:
    """A package whose signature is whole: by whom, until when, and whether it was revoked."""
    profile = verification.envelope.profile if verification.envelope else ""
    if profile not in config.profiles and config.open:
        why = Unknown(
            f"whether the config lists {profile} is not known before it is deployed", "give its answer with --config"
        )
        return _unknown(part, (why,))
    if profile not in config.profiles:
        return _untrusted(
            config, part, f"its profile version is none of the config's: {profile}", "MISMATCH", Source.STATED
        )
    if isinstance(steps[Check.EXPIRY].verdict, No):
        return _untrusted(config, part, _first(steps[Check.EXPIRY]), "EXPIRED", Source.STATED)
    revoked = steps.get(Check.REVOCATION)
    if revoked is not None and isinstance(revoked.verdict, No):
        return _untrusted(config, part, _first(revoked), "REVOKED", Source.STATED)
    if revoked is not None and isinstance(revoked.verdict, Unsure) and config.policy is not Policy.WARN:
        return _unknown(part, revoked.verdict.unknowns)
    text = "its signature is whole, by a profile version of the config"
    return Answer(part.name, Outcome.TAKEN, text, Source.SEEN, status="VALID", signing=True)


def _strange_chain(config: Config, part: Part, chain: Step) -> Answer:
    """Nobody saw what Lambda says of a chain that leads elsewhere; under `Enforce` it can't be a trusted signature."""
    if config.policy is Policy.ENFORCE:
        return Answer(part.name, Outcome.REFUSED, _first(chain), Source.INFERRED, error=REFUSAL)
    return _unknown(
        part, (Unknown(f"{_first(chain)}; what Lambda then says was not seen", "deploy it to a test function"),)
    )


def _untrusted(config: Config, part: Part, why: str, status: str, source: Source) -> Answer:
    """A package that the config does not trust: what becomes of it is the config's policy."""
    if config.policy is Policy.ENFORCE:
        return Answer(part.name, Outcome.REFUSED, why, source, error=REFUSAL, status=status)
    if config.policy is Policy.WARN:
        text = f"{why}; the config only warns"
        return Answer(part.name, Outcome.TAKEN, text, source, status=status)
    return _unknown(part, (Unknown(f"{why}, and the config's policy is not known", "give the parameter that decides"),))


def _taken(part: Part, why: str, source: Source) -> Answer:
    return Answer(part.name, Outcome.TAKEN, why, source)


def _unknown(part: Part, unknowns: tuple[Unknown, ...]) -> Answer:
    return Answer(part.name, Outcome.UNKNOWN, unknowns[0].reason, Source.INFERRED, unknowns=unknowns)


def _first(step: Step) -> str:
    match step.verdict:
        case Unsure(unknowns):
            return unknowns[0].reason
        case Yes(proof) | No(proof):
            return proof[0].text
