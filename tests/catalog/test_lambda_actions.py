"""The judgement of every action of Lambda that changes something."""

import msgspec
import pytest

from lambdaward.catalog import Effect, Evidence, Level, actions, lambda_actions
from lambdaward.catalog.effects import LambdaAction


def changing() -> set[str]:
    universe = actions()
    return set(
        universe.names(universe.service_mask("lambda") & ~(universe.levels[Level.READ] | universe.levels[Level.LIST]))
    )


def test_every_changing_action_is_judged_and_no_other():
    assert set(lambda_actions()) == changing()


@pytest.mark.parametrize(
    ("action", "effect"),
    [
        ("lambda:UpdateFunctionCode", Effect.PATH),
        ("lambda:RunMicrovm", Effect.PATH),
        ("lambda:UpdateRuntimeAlias", Effect.PATH),
        ("lambda:AddLayerVersionPermission", Effect.DATA),
        ("lambda:UpdateAlias", Effect.INTEGRITY),
        ("lambda:PutFunctionConcurrency", Effect.AVAILABILITY),
        ("lambda:UpdateRuntimeVersion", Effect.HARMLESS),
    ],
)
def test_the_judgement_is_the_worst_effect(action, effect):
    assert lambda_actions()[action].effect is effect


def test_whatever_manages_permissions_is_more_than_harmless():
    universe = actions()
    granting = universe.names(universe.service_mask("lambda") & universe.levels[Level.PERMISSIONS])
    assert Effect.HARMLESS not in {lambda_actions()[name].effect for name in granting}


def test_each_judgement_is_one_sentence_of_its_own():
    sentences = [row.why for row in lambda_actions().values()]
    assert all(sentence.endswith(".") and len(sentence) < 200 for sentence in sentences)
    assert {row.evidence for row in lambda_actions().values()} == set(Evidence)


def test_a_judgement_of_another_kind_is_refused():
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"effect": "bad", "evidence": "verified", "why": ""}', type=LambdaAction)
