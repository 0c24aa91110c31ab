"""Features of SAM agree with AWS's translator in any mixture: templates whose properties and events come from other cases."""

import re

import pytest
from cases import cases
from comparing import RefusedError, differences, ours, packaged, resources, theirs
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_translator import DELIBERATE

from lambdaward.sources.cloudformation.sam.building import put
from lambdaward.sources.cloudformation.sam.reading import dig, entries, plain, text

CASES = list(cases().values())
# What differs on purpose in single cases, and what only mixtures show: several WebSocket APIs overwrite each other's records
# in the translator, and its shared usage plan names a condition that it does not write.
ON_PURPOSE = [
    *(pattern for pattern, _ in DELIBERATE.values()),
    r"^RecordSetGroup\w+\.(Condition|Properties\.RecordSets)",
    r"^Serverless(UsagePlan|ApiKey|UsagePlanKey)\.Condition",
    r"\.x-amazon-apigateway-cors\.(allowOrigins|Fn::If)",
]


def typed(root):
    """The logical ids of a template's SAM resources, with their types."""
    found = {name: text(dig(entry.value, "Type")) for name, entry in entries(root.get("Resources")).items()}
    return {name: kind for name, kind in found.items() if kind.startswith("AWS::Serverless::")}


def gathered():
    """All properties of all cases by type of resource: the path below the resource, and the node."""
    pool = {}
    for root in CASES:
        for name, kind in typed(root).items():
            for key, entry in entries(dig(root, "Resources", name, "Properties")).items():
                events = entries(entry.value).items() if key == "Events" else ()
                single = [(("Properties", key, f"Added{event}"), held.value) for event, held in events]
                pool.setdefault(kind, []).extend(single or [(("Properties", key), entry.value)])
    return pool


POOL = gathered()


@st.composite
def mixtures(draw):
    root = draw(st.sampled_from([root for root in CASES if typed(root)]))
    kinds = typed(root)
    for name in draw(st.lists(st.sampled_from(list(kinds)), min_size=1, max_size=5)):
        path, found = draw(st.sampled_from(POOL.get(kinds[name]) or [(("Metadata",), root)]))
        root = put(root, ("Resources", name, *path), found, root.span)
    return packaged(root)


@pytest.mark.oracle
@settings(max_examples=300)
@given(mixtures())
def test_agrees_with_the_translator_on_every_mixture_that_it_takes(root):
    try:
        made = theirs(root)
    except RefusedError:
        assume(False)
    found = differences(resources(plain(ours(root).root), root), resources(made, root))
    assert [line for line in found if not any(re.search(pattern, line) for pattern in ON_PURPOSE)] == []
