"""The paths from some permissions to more."""

import runpy
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import msgspec
import pytest

from lambdaward.catalog import Escalation, Evidence, Fact, Relation, Step, What, escalations, lambda_actions, passings
from lambdaward.catalog.effects import Effect

TOOLS = Path(__file__).parents[2] / "tools"
CHECKS = runpy.run_path(str(TOOLS / "catalog_checks.py"))
BY_ID = {path.id: path for path in escalations()}


def variables(path: Escalation) -> list[str]:
    """The variables of a path that stand for existing resources."""
    named = {step.on for step in path.steps} | {end for fact in path.given for end in (fact.of, fact.to)}
    return sorted(name for name in named if ":" in name and name.rpartition(":")[2] not in ("new", "own"))


def bindings(
    path: Escalation, estate: dict[str, list[str]], facts: set[Fact], allowed: set[tuple[str, str]]
) -> Iterator[dict]:
    """Every choice of resources for which a path is open: the plainest evaluator there can be."""
    names = variables(path)
    for chosen in product(*(estate.get(name.partition(":")[0], []) for name in names)):
        bound = dict(zip(names, chosen, strict=True))
        holds = all(
            msgspec.structs.replace(f, of=bound.get(f.of, f.of), to=bound.get(f.to, f.to)) in facts for f in path.given
        )
        if holds and all((step.action, bound.get(step.on, step.on)) in allowed for step in path.steps):
            yield bound


ESTATE = {"function": ["orders", "audit"], "role": ["orders-role", "audit-role", "admin"]}
FACTS = {
    Fact(Relation.RUNS_AS, "orders", "orders-role"),
    Fact(Relation.RUNS_AS, "audit", "audit-role"),
    Fact(Relation.UNSIGNED, "orders"),
    Fact(Relation.TRUSTS, "orders-role", "lambda.amazonaws.com"),
    Fact(Relation.TRUSTS, "audit-role", "lambda.amazonaws.com"),
}


def test_a_path_is_open_for_the_resources_that_its_facts_and_steps_allow():
    allowed = {("lambda:UpdateFunctionCode", "orders"), ("lambda:UpdateFunctionCode", "audit")}
    assert list(bindings(BY_ID["lambda-update-code"], ESTATE, FACTS, allowed)) == [
        {"function:target": "orders", "role:target": "orders-role"}
    ]


def test_a_passed_role_must_trust_the_service_and_be_allowed():
    made = {("lambda:CreateFunction", "function:new"), ("lambda:InvokeFunction", "function:new")}
    passing = {("iam:PassRole", role) for role in ("orders-role", "admin")}
    assert list(bindings(BY_ID["lambda-create-invoke"], ESTATE, FACTS, made | passing)) == [
        {"role:passed": "orders-role"}
    ]
    assert list(bindings(BY_ID["lambda-create-invoke"], ESTATE, FACTS, passing)) == []


def test_the_curated_files_name_only_what_is_listed_and_bind_every_variable():
    assert list(CHECKS["problems"]()) == []


def path_of(*steps: Step, given: tuple[Fact, ...] = ()) -> Escalation:
    """A path to find fault with."""
    gains = BY_ID["lambda-update-code"].gains
    return Escalation(
        id="x", name="", steps=steps, given=given, gains=gains, needs=(), evidence=Evidence.INFERRED, sources=()
    )


RUNS_AS = Fact(Relation.RUNS_AS, "function:target", "role:target")


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        (path_of(Step("lambda:UpdateFunktionCode", "function:target"), given=(RUNS_AS,)), "matches no action"),
        (path_of(Step("codestarx:Create", "any")), "is of no service"),
        (
            path_of(Step("lambda:updatefunctioncode", "function:target"), given=(RUNS_AS,)),
            "is written lambda:UpdateFunctionCode",
        ),
        (path_of(Step("lambda:UpdateFunctionCode", "layer:target")), "works on ['function'], not on layer:target"),
        (path_of(Step("lambda:ListFunctions", "function:target"), given=(RUNS_AS,)), "works on no resource"),
        (path_of(Step("lambda:UpdateFunctionCode", "function:target")), "nothing binds role:target"),
        (
            path_of(Step("lambda:UpdateFunctionCode", "function:target", context={"x:y": "z"}), given=(RUNS_AS,)),
            "no key x:y",
        ),
        (path_of(Step("iam:PassRole", "role:target")), "no action passes the role"),
        (path_of(given=(Fact(Relation.RUNS_AS, "function:target"),)), "to what?"),
    ],
)
def test_a_faulty_path_is_found(path, fault):
    assert any(fault in found for found in CHECKS["faults"](path))


def test_code_that_names_an_action_that_is_not_listed_is_found():
    code = 'a = ["lambda:InvokeFunktion", "lambda:Invoke*", "lambda:Principal", "aws:SourceArn", "nosuch:Thing"]'
    assert [fault.partition(":")[0] for fault in CHECKS["named"](code)] == ["1", "1"]


def test_a_path_of_an_unknown_kind_is_refused():
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"relation": "likes", "of": "role:target"}', type=Fact)


def test_every_method_of_the_known_lists_is_there():
    sources = {source for path in escalations() for source in path.sources}
    assert {f"rhino:{number}" for number in range(1, 29)} <= sources
    assert {f"pathfinding:lambda-00{number}" for number in range(1, 7)} <= sources
    counts = {
        tool: sum(source.startswith(f"{tool}:") for source in sources)
        for tool in ("pathfinding", "prowler", "cloudsplaining", "pacu")
    }
    assert counts == {"pathfinding": 99, "prowler": 101, "cloudsplaining": 59, "pacu": 26}


def test_most_lambda_paths_are_in_no_list():
    new = [
        path
        for path in escalations()
        if path.id.startswith("lambda-") and not any(":" in s and "//" not in s for s in path.sources)
    ]
    assert len(new) >= 25


def test_a_path_without_a_source_is_inferred():
    assert all(path.evidence is Evidence.INFERRED for path in escalations() if not path.sources)


def test_lambda_actions_that_are_a_path_are_in_one_and_harmless_ones_lead_nowhere_alone():
    used = {action for path in escalations() for action in path.actions}
    judged = lambda_actions()
    missing = {name for name, row in judged.items() if row.effect is Effect.PATH} - used
    assert missing == {"lambda:InvokeAsync", "lambda:InvokeFunctionUrl"}
    alone = {action for path in escalations() if len(path.actions) == 1 for action in path.actions}
    assert not {name for name, row in judged.items() if row.effect is Effect.HARMLESS} & alone


def test_a_role_is_passed_to_a_service_that_the_action_passes_it_to():
    for path in escalations():
        for step in path.steps:
            service = step.keys.get("iam:PassedToService")
            receivers = {s for action in path.actions & passings().keys() for s in passings()[action].services}
            assert not service or not receivers or service in receivers, path.id


def test_paths_say_what_they_give():
    gained = {gain.what for path in escalations() for gain in path.gains}
    assert gained == set(What)
