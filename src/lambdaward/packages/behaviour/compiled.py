"""What compiled Python does, by the names and constants in it: nothing is unmarshalled or run."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaward.packages.behaviour.acts import Act, Capability, told
from lambdaward.packages.behaviour.names import METHODS, reads_secrets, rows
from lambdaward.packages.formats import pyc

_CALLED = ("exec", "eval")


def compiled_acts(data: bytes) -> tuple[Act, ...]:
    """What code can do in which both a module and something of it that does it are named."""
    return told(list(_acts(frozenset(text.decode("utf-8", "replace") for _, text in pyc.texts(data)))))


def _acts(texts: frozenset[str]) -> Iterator[Act]:
    for capability, modules, names in rows():
        for module in modules:
            if module in texts or all(part in texts for part in module.split(".")):
                yield from (Act(capability, f"{module}.{name}") for name in names if name in texts)
    for name in _CALLED:
        if name in texts:
            yield Act(Capability.DYNAMIC, name)
    for name, capability in METHODS.items():
        if name in texts and capability is not Capability.FILES:
            yield Act(capability, f".{name}()")
    yield from (Act(Capability.CREDENTIALS, text) for text in texts if reads_secrets(text))
