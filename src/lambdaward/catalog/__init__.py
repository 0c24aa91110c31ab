"""Facts about AWS as data, with source, licence and date. Each part loads when it is first asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lambdaward.catalog.arns import resource_types_of
    from lambdaward.catalog.details import Action, ConditionKey, Level, ResourceType, Target
    from lambdaward.catalog.effects import Effect, Evidence, LambdaAction, lambda_actions
    from lambdaward.catalog.escalation import Escalation, Fact, Gain, Relation, Step, What, escalations
    from lambdaward.catalog.globalkeys import GlobalKey, global_key, global_keys
    from lambdaward.catalog.layers import LayerArn, Publisher, layer_arn, newest_version, owners, publisher, publishers
    from lambdaward.catalog.lifecycle import Phase, Runtime, runtime, runtimes
    from lambdaward.catalog.managed import (
        ManagedPolicy,
        managed_policy,
        managed_policy_arns,
        managed_policy_document,
    )
    from lambdaward.catalog.passroles import Passing, passing, passings
    from lambdaward.catalog.principals import Service, service, services
    from lambdaward.catalog.search import SearchPath, search_paths
    from lambdaward.catalog.startup import Hook, Hooks, hooks
    from lambdaward.catalog.universe import Expansion, Universe, actions

__all__ = [
    "Action",
    "ConditionKey",
    "Effect",
    "Escalation",
    "Evidence",
    "Expansion",
    "Fact",
    "Gain",
    "GlobalKey",
    "Hook",
    "Hooks",
    "LambdaAction",
    "LayerArn",
    "Level",
    "ManagedPolicy",
    "Passing",
    "Phase",
    "Publisher",
    "Relation",
    "ResourceType",
    "Runtime",
    "SearchPath",
    "Service",
    "Step",
    "Target",
    "Universe",
    "What",
    "actions",
    "escalations",
    "global_key",
    "global_keys",
    "hooks",
    "lambda_actions",
    "layer_arn",
    "managed_policy",
    "managed_policy_arns",
    "managed_policy_document",
    "newest_version",
    "owners",
    "passing",
    "passings",
    "publisher",
    "publishers",
    "resource_types_of",
    "runtime",
    "runtimes",
    "search_paths",
    "service",
    "services",
]

_LAZY = {
    **dict.fromkeys(("Action", "ConditionKey", "Level", "ResourceType", "Target"), "details"),
    **dict.fromkeys(("ManagedPolicy", "managed_policy", "managed_policy_arns", "managed_policy_document"), "managed"),
    "resource_types_of": "arns",
    **dict.fromkeys(("Effect", "Evidence", "LambdaAction", "lambda_actions"), "effects"),
    **dict.fromkeys(("Escalation", "Fact", "Gain", "Relation", "Step", "What", "escalations"), "escalation"),
    **dict.fromkeys(("GlobalKey", "global_key", "global_keys"), "globalkeys"),
    **dict.fromkeys(("Passing", "passing", "passings"), "passroles"),
    **dict.fromkeys(("Expansion", "Universe", "actions"), "universe"),
    **dict.fromkeys(("Phase", "Runtime", "runtime", "runtimes"), "lifecycle"),
    **dict.fromkeys(("Service", "service", "services"), "principals"),
    **dict.fromkeys(
        ("LayerArn", "Publisher", "layer_arn", "newest_version", "owners", "publisher", "publishers"), "layers"
    ),
    **dict.fromkeys(("SearchPath", "search_paths"), "search"),
    **dict.fromkeys(("Hook", "Hooks", "hooks"), "startup"),
}


def __getattr__(name: str) -> object:
    """Load the part that holds a name."""
    if name not in _LAZY:
        raise AttributeError(name)
    from importlib import import_module  # noqa: PLC0415 - only when needed

    return getattr(import_module(f"lambdaward.catalog.{_LAZY[name]}"), name)
