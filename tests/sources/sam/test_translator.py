"""Our lowering makes what AWS's translator makes, property by property, of small templates that hold every feature of SAM."""

import re

import pytest
from cases import cases, node
from comparing import differences, others, ours, packaged, resources, theirs

from lambdaward.sources.cloudformation.sam.events.machine import TABLE as MACHINE_EVENTS
from lambdaward.sources.cloudformation.sam.events.table import TABLE as FUNCTION_EVENTS
from lambdaward.sources.cloudformation.sam.facts import policy_templates
from lambdaward.sources.cloudformation.sam.lower import CONNECTOR, LOWER
from lambdaward.sources.cloudformation.sam.reading import dig, entries, plain, text, walk

CASES = cases()

HEADERS = r"^\w+\.Properties\.Body\.paths\..*\.options\.responses\.200\.headers\..*\.schema\."
# Where we differ on purpose: the paths of the differences, and why.
DELIBERATE = {
    "globals: APIs inherit, the implicit ones too": (HEADERS, "the translator wraps the schema of a header twice"),
    "rest: the same in OpenAPI 3": (HEADERS, "as above, once for each event"),
    "functions: asynchronous invocation with destinations of every kind": (
        r"^Conditions\.LiveANDNOTHasQueue\w+\.Fn::And\.\d\.Condition",
        "the translator writes a condition inside a condition, which CloudFormation does not take",
    ),
    "conditions: allowed origins that depend on a condition": (
        r"^Api\.Properties\.Body\.x-amazon-apigateway-cors\.",
        "the translator puts the origins in place of all settings",
    ),
    "conditions: a WebSocket API with a condition": (
        r"^Api\w*\.Condition",
        "the translator forgets the condition",
    ),
}


def compared(root):
    root = packaged(root)
    made, lowered = theirs(root), ours(root)
    mine = plain(lowered.root)
    assert lowered.problems == ()
    yield from differences(resources(mine, root), resources(made, root))
    yield from differences(others(mine, root), others(made, root))


@pytest.mark.parametrize("title", [title for title in CASES if title not in DELIBERATE])
def test_lowers_to_what_the_translator_makes(title):
    assert list(compared(CASES[title])) == []


@pytest.mark.parametrize("title", DELIBERATE)
def test_differs_from_the_translator_only_on_purpose(title):
    pattern, _ = DELIBERATE[title]
    found = list(compared(CASES[title]))
    assert found
    assert [line for line in found if not re.search(pattern, line)] == []


@pytest.mark.parametrize("name", policy_templates())
def test_expands_every_policy_template(name):
    values = ", ".join(
        f"{parameter}: !Sub 'a-${{AWS::StackName}}'" for parameter in policy_templates()[name].parameters
    )
    function = f"Handler: a.b, Runtime: python3.13, CodeUri: s3://b/k, Policies: [{{{name}: {{{values}}}}}]"
    root = node(f"Resources:\n  F: {{Type: AWS::Serverless::Function, Properties: {{{function}}}}}\n")
    assert list(compared(root)) == []


def test_cases_hold_every_type_of_resource_and_event():
    held = {kind: set() for kind in ("resources", "Function", "StateMachine")}
    for root in CASES.values():
        for entry in entries(root.get("Resources")).values():
            kind = text(dig(entry.value, "Type")).removeprefix("AWS::Serverless::")
            held["resources"].add(kind)
            events = entries(dig(entry.value, "Properties", "Events")).values()
            held.get(kind, set()).update(text(dig(event.value, "Type")) for event in events)
    assert {*LOWER, CONNECTOR} <= held["resources"]
    assert set(FUNCTION_EVENTS) == held["Function"]
    assert set(MACHINE_EVENTS) == held["StateMachine"]


def test_every_node_that_we_make_has_a_position_in_the_template():
    for root in CASES.values():
        assert {found.span.file for found in walk(ours(root).root)} == {"template.yaml"}
