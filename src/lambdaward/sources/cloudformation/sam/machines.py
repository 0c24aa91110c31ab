"""AWS::Serverless::StateMachine: the state machine, its role, version and alias, and its events."""

from __future__ import annotations

from lambdaward.sources.cloudformation.node import MapNode, ScalarNode
from lambdaward.sources.cloudformation.sam.building import Draft, get_att
from lambdaward.sources.cloudformation.sam.events.machine import lower_machine_events
from lambdaward.sources.cloudformation.sam.functions.code import PLAIN_KEYS, location
from lambdaward.sources.cloudformation.sam.policies import add_policies
from lambdaward.sources.cloudformation.sam.reading import dig, is_null, is_true, text
from lambdaward.sources.cloudformation.sam.resource import Resource
from lambdaward.sources.cloudformation.sam.roles import Role, trust
from lambdaward.sources.cloudformation.sam.stack import Made, Stack
from lambdaward.sources.cloudformation.sam.tags import propagate, tag_list

SAME = {
    "Name": "StateMachineName",
    "Type": "StateMachineType",
    "Logging": "LoggingConfiguration",
    "Tracing": "TracingConfiguration",
    "DefinitionSubstitutions": "DefinitionSubstitutions",
}
KEPT = "Retain"


def lower_state_machine(stack: Stack, machine: Resource) -> None:
    """Replace a state machine. A definition in the template stays a structure, which says more than SAM's text of it."""
    before = len(stack.made)
    properties: dict[str, Draft] = {
        name: machine.properties.entries[key] for key, name in SAME.items() if not is_null(machine.get(key))
    }
    properties |= _definition(stack, machine)
    properties["RoleArn"] = _role(stack, machine)
    properties["Tags"] = _tags(machine)
    stack.make(machine.id, "AWS::StepFunctions::StateMachine", properties, Made(machine.at, machine.kept))
    alias = _published(stack, machine)
    lower_machine_events(
        stack, machine, alias if is_true(machine.get("UseAliasAsEventTarget")) and alias else machine.id
    )
    propagate(stack, machine, before)


def _tags(machine: Resource) -> list[Draft]:
    return tag_list(machine.get("Tags"), {"stateMachine:createdBy": "SAM"})


def _definition(stack: Stack, machine: Resource) -> dict[str, Draft]:
    uri = machine.get("DefinitionUri")
    if isinstance(machine.get("Definition"), MapNode):
        return {"Definition": machine.properties.entries["Definition"]}
    if uri is None:
        stack.problem(machine.at, f"{machine.id} has no definition", "give Definition or DefinitionUri")
        return {}
    where = location(stack, uri, PLAIN_KEYS)
    return {"DefinitionS3Location" if not isinstance(where, ScalarNode) else "DefinitionUri": where}


def _role(stack: Stack, machine: Resource) -> Draft:
    given = machine.get("Role")
    if given is not None and not is_null(given):
        return given
    role = Role(f"{machine.id}Role")
    add_policies(stack, role, machine.get("Policies"))
    if is_true(dig(machine.get("Tracing"), "Enabled")):
        role.attach_aws("AWSXrayWriteOnlyAccess", machine.key("Tracing"))
    extras = {
        "Path": machine.get("RolePath"),
        "PermissionsBoundary": machine.get("PermissionsBoundary"),
        "Tags": _tags(machine),
    }
    made = Made(machine.at, machine.inherited)
    return get_att(role.make(stack, made, trust("states.amazonaws.com"), extras))


def _published(stack: Stack, machine: Resource) -> str:
    """The alias that a state machine publishes a version under; empty when it does not."""
    name = machine.get("AutoPublishAlias")
    if name is None or is_null(name):
        return ""
    at = machine.key("AutoPublishAlias")
    kept: dict[str, Draft] = {"DeletionPolicy": KEPT, "UpdateReplacePolicy": KEPT, **machine.inherited}
    source: dict[str, Draft] = {
        "StateMachineArn": {"Ref": machine.id},
        "StateMachineRevisionId": get_att(machine.id, "StateMachineRevisionId"),
    }
    version = stack.make(f"{machine.id}Version", "AWS::StepFunctions::StateMachineVersion", source, Made(at, kept))
    preference = machine.get("DeploymentPreference")
    held: dict[str, Draft] = dict(preference.entries) if isinstance(preference, MapNode) else {"Type": "ALL_AT_ONCE"}
    alias = {"Name": name, "DeploymentPreference": {**held, "StateMachineVersionArn": {"Ref": version}}}
    made = Made(at, machine.inherited)
    return stack.make(f"{machine.id}Alias{text(name)}", "AWS::StepFunctions::StateMachineAlias", alias, made)
