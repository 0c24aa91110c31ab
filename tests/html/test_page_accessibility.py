"""The page has no violation that axe-core knows of, in either theme, on any view."""

import pytest

pytestmark = pytest.mark.browser

STATES = {
    "overview": "",
    "findings": "#findings",
    "nothing found": "#findings?q=no-such-thing",
    "functions": "#functions",
    "open questions": "#unsettled",
    "suppressed": "#suppressed",
    "coverage": "#coverage",
    "rule": "#rule-LWI901",
}


def violations(tab, axe):
    tab.evaluate(axe)
    found = tab.evaluate("axe.run()")["violations"]
    return [f"{each['id']}: {each['help']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", STATES.values(), ids=STATES)
def test_a_view_is_free_of_violations(show, small, axe, theme, address):
    tab = show(small, color_scheme=theme, bypass_csp=True).at(address)
    assert violations(tab, axe) == []


@pytest.mark.parametrize("address", ["#findings", "#functions"])
def test_a_narrow_view_is_free_of_violations(show, small, axe, address):
    tab = show(small, bypass_csp=True).at(address)
    tab.set_viewport_size({"width": 400, "height": 700})
    assert violations(tab, axe) == []


def test_the_shortcuts_are_free_of_violations(show, small, axe):
    tab = show(small, bypass_csp=True).at()
    tab.keyboard.press("?")
    assert violations(tab, axe) == []
