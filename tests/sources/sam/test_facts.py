"""The facts that AWS publishes with SAM are those of the translator that is installed."""

import sys
from pathlib import Path

from lambdaward.sources.cloudformation.sam import facts

sys.path.append(str(Path(__file__).resolve().parents[3] / "tools"))
import sam_facts


def test_policy_templates_are_those_of_the_translator():
    ours = {
        name: {"parameters": list(template.parameters), "statements": list(template.statements)}
        for name, template in facts.policy_templates().items()
    }
    assert ours == sam_facts.policy_templates()


def test_managed_policies_are_those_of_the_translator():
    theirs = {
        name: f"{sam_facts.ARN}{path}{name}" for path, names in sam_facts.managed_policies().items() for name in names
    }
    assert {name: facts.managed_policy(name) for name in theirs} == theirs
    assert facts.managed_policy("NoSuchPolicy") == "NoSuchPolicy"


def test_connector_profiles_are_those_of_the_translator():
    theirs = sam_facts.connectors()
    assert facts.connectors().resources == theirs["resources"]
    assert facts.connectors().profiles == {
        source: {to: facts.Profile(type=one["Type"], properties=one["Properties"]) for to, one in held.items()}
        for source, held in theirs["profiles"].items()
    }
