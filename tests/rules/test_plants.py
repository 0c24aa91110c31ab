"""Planted weaknesses are found, each by a rule that means it; clean functions have no finding that matters.

The plants are the templates under `tests/plants`, as plain CloudFormation and, where that is natural, as SAM. Those that only
code, package contents or a live account show are not among them.
"""

import datetime as dt
from pathlib import Path

import pytest

from lambdaward.analysis import Analysis, Given
from lambdaward.findings import Finding, Severity
from lambdaward.rules import Selection, run
from lambdaward.sources import load

PLANTS = Path(__file__).parents[1] / "plants"

# The rules that must find a plant.
MEANT = {
    "p01": {"LWI001"},
    "p02": {"LWI001"},
    "p03": {"LWI005", "LWI006", "LWI013"},
    "p04": {"LWI003", "LWI005"},
    "p05": {"LWI004"},
    "p06": {"LWR001"},
    "p07": {"LWR001"},
    "p07b": {"LWR001"},
    "p12": {"LWX001"},
    "p13": {"LWX002", "LWX021"},
    "p14": {"LWX005"},
    "p15": {"LWX007"},
    "p16": {"LWP003", "LWP004"},
    "p17": {"LWN002", "LWN003", "LWN004"},
    "p19": {"LWP008"},
    "p20": {"LWI010"},
    "p22": {"LWX023"},
    "p23": {"LWX001"},
    "p24": {"LWI008"},
}
SAM = {
    "p01": {"LWI001"},
    "p02": {"LWI001"},
    "p06": {"LWR001"},
    "p13": {"LWX002", "LWX021"},
    "p16": {"LWP003"},
    "p22": {"LWX023"},
    "p24": {"LWI008"},
}
CLEAN = ("c00", "c01", "c02", "c03")


def found(template: Path) -> list[Finding]:
    analysis = Analysis(load([template]), Given(today=dt.date(2026, 11, 23)))
    return [answer for answer in run(analysis, Selection(advice=True)) if isinstance(answer, Finding)]


@pytest.mark.parametrize(("plant", "rules"), MEANT.items(), ids=list(MEANT))
def test_a_plant_is_found_by_the_rules_that_mean_it(plant, rules):
    assert rules <= {finding.rule.id for finding in found(PLANTS / f"{plant}.yaml")}


@pytest.mark.parametrize(("plant", "rules"), SAM.items(), ids=list(SAM))
def test_a_plant_in_sam_is_found_as_well(plant, rules):
    assert rules <= {finding.rule.id for finding in found(PLANTS / "sam" / f"{plant}.yaml")}


@pytest.mark.parametrize("folder", [PLANTS, PLANTS / "sam"], ids=["cloudformation", "sam"])
@pytest.mark.parametrize("control", CLEAN)
def test_a_clean_function_has_nothing_of_medium_or_above(folder, control):
    assert [f.message for f in found(folder / f"{control}.yaml") if f.severity >= Severity.MEDIUM] == []
