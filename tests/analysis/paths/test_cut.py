"""The fewest edits that sever every path, against trying every choice of edits."""

import tempfile
from itertools import combinations
from pathlib import Path

from estates import ACCOUNT, estate, function, policy, role, statement
from hypothesis import given, settings
from hypothesis import strategies as st

from lambdaward.analysis import Analysis
from lambdaward.analysis.cut import Call, Edit, How, Wishes, edited, sever, statements
from lambdaward.analysis.paths import ADMIN
from lambdaward.model import Function, Role, Yes

LAMBDA = "arn:aws:lambda:eu-west-1:111122223333:function:"
UPDATE = statement("lambda:UpdateFunctionCode", LAMBDA + "target")


def start(analysis, name="probe"):
    return analysis.graph.node(next(f for f in analysis.estate.all(Function) if f.name == name))


def cut(analysis, *kept, organization=False, start_at=None):
    wishes = Wishes((start_at or start(analysis),), lambda node: node.kind == ADMIN, kept, organization)
    return sever(analysis, wishes)


def after(analysis, edits):
    return Analysis(edited(analysis.estate, edits), analysis.given)


def leads_to_admin(analysis):
    return any(node.kind == ADMIN for node in analysis.graph.radius(start(analysis)).nodes)


def test_the_one_statement_on_the_way_is_taken_out(tmp_path):
    analysis = estate(tmp_path, policy("a", UPDATE, statement("s3:GetObject")))
    (edit,) = cut(analysis).edits
    assert (edit.how, edit.action) == (How.TAKE, "lambda:UpdateFunctionCode")
    assert edit.place.path == ("Policies", 0, "PolicyDocument", "Statement", 0)
    assert not leads_to_admin(after(analysis, [edit]))


def test_where_nothing_leads_nothing_is_edited(tmp_path):
    assert cut(estate(tmp_path, policy("a", statement("s3:GetObject")))).edits == ()


def test_what_two_policies_allow_is_denied_once(tmp_path):
    found = cut(estate(tmp_path, policy("a", UPDATE), policy("b", UPDATE)), Call("Target", "s3:GetObject", "*"))
    assert [(edit.how, edit.action) for edit in found.edits] == [(How.BOUNDARY, "lambda:UpdateFunctionCode")]
    assert found.exact


def test_a_call_that_must_work_is_kept(tmp_path):
    kept = Call("probe", "lambda:UpdateFunctionCode", LAMBDA + "target")
    found = cut(estate(tmp_path, policy("a", UPDATE)), kept)
    assert [(edit.how, edit.place.resource.name, edit.action) for edit in found.edits] == [(How.TAKE, "Admin", "")]


def test_calls_that_need_the_path_leave_no_cut(tmp_path):
    kept = (Call("probe", "lambda:UpdateFunctionCode", LAMBDA + "target"), Call("Target", "iam:PutRolePolicy", "*"))
    found = cut(estate(tmp_path, policy("a", UPDATE)), *kept)
    assert found.edits is None
    assert [edge.target.kind for edge in found.blocked] == ["role", "role", "admin"]


def test_an_action_is_taken_out_of_a_wildcard_and_the_others_stay(tmp_path):
    analysis = estate(tmp_path, policy("a", statement("lambda:Update*", LAMBDA + "*")))
    place = next(one.place for one in statements(analysis) if one.statement.actions[0].value == "lambda:Update*")
    changed = after(analysis, [Edit(How.TAKE, "lambda:UpdateFunctionCode", place)])
    probe = next(role for role in changed.estate.all(Role) if role.name == "probe")
    assert not isinstance(changed.access.allows(probe, "lambda:UpdateFunctionCode", LAMBDA + "target"), Yes)
    assert isinstance(changed.access.allows(probe, "lambda:UpdateAlias", LAMBDA + "target"), Yes)


def test_a_policy_of_aws_is_detached(tmp_path):
    admin = role("admin", ManagedPolicyArns=["arn:aws:iam::aws:policy/AdministratorAccess"])
    more = {"Admin": admin, "Target": function("target", {"Fn::GetAtt": ["Admin", "Arn"]})}
    analysis = estate(tmp_path, others=False, more=more)
    (edit,) = cut(analysis, start_at=start(analysis, "target")).edits
    assert (edit.how, edit.place.path) == (How.DETACH, ("ManagedPolicyArns", 0))


def test_one_service_control_policy_severs_what_many_statements_open(tmp_path):
    middle = policy("m", statement("lambda:UpdateFunctionCode", LAMBDA + "target"))
    more = {f"R{n}": role(f"r{n}", middle) for n in range(2)}
    more |= {f"F{n}": function(f"f{n}", {"Fn::GetAtt": [f"R{n}", "Arn"]}) for n in range(2)}
    analysis = estate(tmp_path, more=more)
    starts = tuple(start(analysis, f"f{n}") for n in range(2))
    keep = (Call("Target", "iam:PutRolePolicy", "*"),)
    apart = sever(analysis, Wishes(starts, lambda node: node.kind == ADMIN, keep))
    at_once = sever(analysis, Wishes(starts, lambda node: node.kind == ADMIN, keep, organization=True))
    assert len(apart.edits) == 2
    assert [edit.how for edit in at_once.edits] == [How.SCP]


ACTIONS = (
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
    "iam:UpdateAssumeRolePolicy",
    "lambda:Update*",
)
STATEMENTS = st.builds(
    statement, st.sampled_from(ACTIONS), st.sampled_from((LAMBDA + "target", ACCOUNT + ":role/admin", "*"))
)


@settings(max_examples=15, deadline=None)
@given(st.lists(STATEMENTS, min_size=1, max_size=3), st.booleans())
def test_no_smaller_choice_of_edits_severs_every_path(allowed, keep):
    with tempfile.TemporaryDirectory() as folder:
        analysis = estate(Path(folder), *(policy(f"p{n}", one) for n, one in enumerate(allowed)))
        kept = (Call("Target", "iam:PutRolePolicy", "*"),) if keep else ()
        found = cut(analysis, *kept)
        assert found.exact
        assert not leads_to_admin(after(analysis, found.edits))
        target = next(role for role in analysis.estate.all(Role) if role.name == "admin")
        probe = next(role for role in analysis.estate.all(Role) if role.name == "probe")
        places = [one.place for one in analysis.access.statements(probe)]
        taken = [Edit(How.TAKE, action, place) for place in places for action in (*ACTIONS[:3], "")]
        universe = taken + [Edit(How.BOUNDARY, action, None, probe.id) for action in ACTIONS[:3]]
        universe += [] if keep else [Edit(How.TAKE, "", one.place) for one in analysis.access.statements(target)]
        for size in range(len(found.edits)):
            for some in combinations(universe, size):
                assert leads_to_admin(after(analysis, some))
