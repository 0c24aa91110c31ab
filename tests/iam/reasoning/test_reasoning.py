"""Reasoning agrees with asking every request of a small universe, and every request that it shows is confirmed."""

from hypothesis import given, settings
from universe import POLICIES, allow, any_new, asked, document

from lambdaward.iam import policy_set
from lambdaward.iam.reasoning import granted_access, new_access


@settings(max_examples=400, deadline=None)
@given(POLICIES, POLICIES)
def test_no_new_access_means_that_no_request_of_a_small_universe_is_new_and_new_access_is_confirmed(old, new):
    answer = new_access(old, new)
    assert answer.unknown == ""
    if answer.witness is None:
        assert any_new(old, new) is None
    else:
        shown = answer.witness
        request = (shown.action, shown.resource, shown.given)
        assert asked(policy_set([("new", new)]), *request)
        assert not asked(policy_set([("old", old)]), *request)


@given(POLICIES)
def test_a_policy_has_no_access_that_is_new_to_itself(policy):
    assert new_access(policy, policy).witness is None


def test_several_patterns_together_cover_one():
    old = document(allow("s3:*", "arn:aws:s3:::a"), allow("s3:*", "arn:aws:s3:::a?*"))
    new = document(allow("s3:*", "arn:aws:s3:::a*"))
    assert new_access(old, new).witness is None


def test_a_deny_that_goes_is_new_access():
    deny = {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}
    answer = new_access(document(allow("s3:*"), deny), document(allow("s3:*")))
    assert answer.witness.action == "s3:PutObject"


def test_actions_that_are_not_listed_are_compared_by_name():
    old, new = document(allow("unheardof:Get*")), document(allow(["unheardof:GetIt", "unheardof:Put*"]))
    assert new_access(old, document(allow("unheardof:GetIt"))).witness is None
    assert new_access(old, new).witness.action.startswith("unheardof:put")


def test_a_policy_variable_covers_itself_and_no_other():
    old, same = (document(allow("s3:*", f"arn:aws:s3:::home/${{aws:username}}{tail}")) for tail in ("/*", "/inbox/*"))
    other = document(allow("s3:*", "arn:aws:s3:::home/${aws:userid}/*"))
    assert new_access(old, same).witness is None
    assert "home/" in new_access(old, other).witness.resource


def test_what_takes_too_many_steps_is_unknown():
    old = document(allow("s3:*", "*a*b*c"))
    assert new_access(old, document(allow("s3:*", "*a*b*c*d")), steps=3).unknown == "it takes too many steps"


def test_access_is_granted_on_what_the_question_names_only():
    policy = document(allow("s3:*", "arn:aws:s3:::mine/*"))
    assert granted_access(policy, ["s3:Put*"]).witness.action.startswith("s3:Put")
    assert granted_access(policy, ["s3:Put*"], ["arn:aws:s3:::yours/*"]).witness is None
    assert granted_access(policy, ["sqs:*"]).witness is None


def test_a_role_is_within_its_account_and_another_account_is_not():
    account, role, other = (
        document(allow("s3:GetObject", Principal={"AWS": name}))
        for name in ("111122223333", "arn:aws:iam::111122223333:role/app", "444455556666")
    )
    assert new_access(account, role).witness is None
    assert ":111122223333:" in new_access(role, account).witness.principal
    assert ":444455556666:" in new_access(account, other).witness.principal
