"""Whether the code that a function runs was signed as its code-signing config asks today."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.model import (
    CodeSigningConfig,
    Estate,
    Fact,
    Function,
    No,
    SigningProfile,
    Unknown,
    Unsure,
    Verdict,
    Yes,
    any_of,
    is_equal,
    literal,
    show,
)

_NO_CONFIG = Unknown(
    "its code-signing config is in none of the answers", "save what `aws lambda get-code-signing-config` prints"
)


def runs_unchecked(estate: Estate, function: Function) -> Verdict:
    """Whether a function that an account described runs code, or a layer, that its config would refuse today: such code was there
    before the config, or before its last change; the proof names every part. Lambda only looks at signatures when code is
    deployed."""
    link = function.code_signing
    if function.code_sha256 is None or link is None:
        return No((Fact("it has no code-signing config, or is not deployed yet"),))
    config = estate.follow(CodeSigningConfig, link)
    if config is None:
        return Unsure((_NO_CONFIG,))
    enforced = is_equal(config.untrusted, "Enforce")
    if not isinstance(enforced, Yes):
        return enforced if isinstance(enforced, Unsure) else No((Fact(f"{config.shown} only warns"),))
    verdicts = tuple(_parts(estate, function, config))
    found = tuple(fact for verdict in verdicts if isinstance(verdict, Yes) for fact in verdict.proof)
    return Yes(found) if found else any_of(verdicts)


def _parts(estate: Estate, function: Function, config: CodeSigningConfig) -> Iterator[Verdict]:
    yield _judged(estate, config, "the code", literal(function.signing_profile) or "")
    for link, profile in zip(function.layers, function.layer_profiles, strict=False):
        yield _judged(estate, config, f"the layer {show(link.value)}", literal(profile) or "")


def _judged(estate: Estate, config: CodeSigningConfig, what: str, profile: str) -> Verdict:
    """Whether a part that a profile version signed (empty: nobody) would be refused under a config."""
    if not profile:
        return Yes((Fact(f"{what} is not signed"),))
    link = next((link for link in config.profiles if link.value == profile), None)
    if link is None:
        unknown = any(literal(link.value) is None for link in config.profiles)
        listed = Unknown("which profiles the config lists is not known before it is deployed")
        return (
            Unsure((listed,))
            if unknown
            else Yes((Fact(f"{what} was signed by {profile}, which the config does not list"),))
        )
    signer = estate.follow(SigningProfile, link)
    if signer is not None and literal(signer.status) == "Revoked":
        return Yes((Fact(f"{what} was signed by {profile}, which is revoked since"),))
    return No((Fact(f"{what} was signed by {profile}"),))
