"""Decisions: what they say beside allowed and denied. Which requests are allowed is specified in docs/iam."""

import json

import pytest

from lambdaward.iam import (
    ANONYMOUS,
    Context,
    KeyGrant,
    Mode,
    Outcome,
    Request,
    Type,
    caller,
    decide,
    parse,
    policies,
    policy_set,
    unknowns,
)
from lambdaward.iam.conformance import main
from lambdaward.model import Pseudo, Ref, ResourceId, Unknown, text

ACCOUNT, OTHER = "111111111111", "222222222222"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/app"
BUCKET = "arn:aws:s3:::orders/1"


def says(effect="Allow", action="s3:GetObject", resource="*", **more):
    return {"Version": "2012-10-17", "Statement": {"Effect": effect, "Action": action, "Resource": resource, **more}}


def decided(
    principal=ROLE, action="s3:GetObject", target=BUCKET, *, context=None, mode=Mode.EXACT, account="", **given
):
    return decide(Request(principal, action, target, account=account, context=context), policies(**given), mode)


class TestExplanation:
    """What a decision says of itself."""

    def test_an_allow_names_the_statement(self):
        lines = decided(identity=[says(Sid="Read")]).explain()
        assert lines == (f"s3:getobject on {BUCKET}: allowed", "statement Read of identity policy allows it")

    def test_a_deny_names_the_statement_and_not_what_allows(self):
        lines = decided(identity=[says()], scps=[[says(action="*"), says("Deny", Sid="No")]]).explain()
        assert lines[1:] == ("statement No of level 1 SCP 2 denies it",)

    def test_an_implicit_deny_names_the_limit_in_the_way(self):
        lines = decided(identity=[says()], boundaries=[says(action="ec2:*")]).explain()
        assert "no statement of the permissions boundary allows it" in lines

    def test_nothing_that_allows_is_said_plainly(self):
        assert decided().explain()[1] == "nothing allows it"

    def test_what_is_not_known_is_named(self):
        condition = {"Bool": {"aws:SecureTransport": "true"}}
        decision = decided(identity=[says(Condition=condition)], context=Context(closed=False))
        assert decision.outcome is Outcome.UNKNOWN
        assert decision.explain()[1] == "not known: the request's aws:SecureTransport is not known"

    def test_what_cannot_be_denied_says_so(self):
        decision = decided(action="sts:GetCallerIdentity", target="*", identity=[says("Deny", action="*")])
        assert decision.outcome is Outcome.ALLOWED
        assert "no policy has an effect" in decision.explain()[1]


class TestBlockedBy:
    """Which kinds of policies stand in the way."""

    @pytest.mark.parametrize(
        ("given", "kinds"),
        [
            ({"scps": [[says(action="ec2:*")]]}, {Type.SCP}),
            ({"rcps": [[says("Deny", Principal="*")]]}, {Type.RCP}),
            ({"boundaries": [says(action="ec2:*")], "endpoints": [says("Deny")]}, {Type.BOUNDARY, Type.ENDPOINT}),
            ({"resource": says("Deny", Principal="*")}, {Type.RESOURCE}),
            ({"scps": [[]], "boundaries": [says("Deny")]}, {Type.SCP, Type.BOUNDARY}),
        ],
    )
    def test_every_limit_and_every_deny_is_listed(self, given, kinds):
        assert set(decided(identity=[says()], **given).blocked_by) == kinds

    def test_nothing_stands_in_the_way_of_what_nothing_allows(self):
        assert decided(scps=[[says(action="ec2:*")]]).blocked_by == ()
        assert decided(scps=[[says("Deny")]]).blocked_by == ()
        assert decided(identity=[says(), says("Deny")]).blocked_by == ()

    def test_nor_of_what_only_one_of_two_accounts_allows(self):
        assert decided(identity=[says()], scps=[[]], account=OTHER).blocked_by == ()

    def test_a_boundary_does_not_stand_in_the_way_of_what_a_bucket_gives_a_session(self):
        session = f"arn:aws:sts::{ACCOUNT}:assumed-role/app/one"
        given = says(Principal={"AWS": session})
        assert decided(session, boundaries=[says(action="ec2:*")]).outcome is Outcome.IMPLICITLY_DENIED
        request = Request(session, "s3:GetObject", BUCKET)
        assert decide(request, policies(resource=given, boundaries=[says(action="ec2:*")])).outcome is Outcome.ALLOWED


class TestWhatIsNotKnown:
    """Holes, unknown policies and open contexts."""

    def test_a_policy_that_is_not_known_may_allow_and_may_deny(self):
        why = Unknown("policy shared is not in what was scanned")
        rules = policies(identity=[says(), parse(why)])
        decision = decide(Request(ROLE, "s3:GetObject", BUCKET), rules)
        assert decision.outcome is Outcome.UNKNOWN
        assert decision.unknowns == (why,)

    def test_a_deny_that_is_sure_settles_the_rest(self):
        assert decided(identity=[says("Deny"), parse(Unknown("why"))]).outcome is Outcome.EXPLICITLY_DENIED

    def test_references_to_one_role_and_one_bucket_compare(self):
        partition, account = (Pseudo(f"AWS::{name}", "app.yaml") for name in ("Partition", "AccountId"))
        role = text("arn:", partition, ":iam::", account, ":role/", Ref(ResourceId("app.yaml", "Role")))
        bucket = text("arn:", partition, ":s3:::", Ref(ResourceId("app.yaml", "Bucket")))
        given = {"resource": says(resource=bucket, Principal={"AWS": role})}
        assert decided(role, target=bucket, **given).outcome is Outcome.ALLOWED
        other = text("arn:", partition, ":iam::", account, ":role/", Ref(ResourceId("app.yaml", "Other")))
        assert decided(other, target=bucket, **given).outcome is Outcome.IMPLICITLY_DENIED

    def test_the_root_of_an_unknown_account_is_every_principal_of_the_same_unknown_account(self):
        account = Pseudo("AWS::AccountId", "app.yaml")
        role = text("arn:aws:iam::", account, ":role/app")
        key = text("arn:aws:kms:eu-west-1:", account, ":key/k")
        root = text("arn:aws:iam::", account, ":root")
        given = {"resource": says(action="kms:*", Principal={"AWS": root}), "identity": [says(action="kms:*")]}
        assert decided(role, "kms:Decrypt", key, **given).outcome is Outcome.ALLOWED
        literal = {**given, "resource": says(action="kms:*", Principal={"AWS": ACCOUNT})}
        assert decided(role, "kms:Decrypt", key, **literal).outcome is Outcome.UNKNOWN

    def test_an_account_that_is_not_known_leaves_the_rules_of_two_accounts_open(self):
        owner = Unknown("the bucket's owner")
        decision = decided(identity=[says()], account=owner)
        assert decision.outcome is Outcome.UNKNOWN
        assert owner in decision.unknowns

    def test_discovery_says_what_would_have_to_be_so(self):
        allow = says(Condition={"StringEquals": {"aws:SourceVpc": "vpc-1"}})
        deny = says("Deny", Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})
        decision = decided(identity=[allow, deny], context=Context(closed=False), mode=Mode.DISCOVER)
        assert decision.outcome is Outcome.ALLOWED
        needed = {(leaf.condition.key, leaf.inverted) for leaf in decision.when.parts}
        assert needed == {("aws:SourceVpc", False), ("aws:SourceIp", True)}
        assert len(unknowns(decision.when)) == 2


class TestKeyGrants:
    """Grants of KMS keys."""

    KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/k"
    GRANT = KeyGrant(ROLE, frozenset({"Decrypt"}), subset=(("app", "orders"),))

    @pytest.mark.parametrize(
        ("principal", "action", "context", "outcome"),
        [
            (ROLE, "kms:Decrypt", {"kms:EncryptionContext:app": "orders"}, Outcome.ALLOWED),
            (
                f"arn:aws:sts::{ACCOUNT}:assumed-role/app/s",
                "kms:Decrypt",
                {"kms:EncryptionContext:app": "orders"},
                "Allowed",
            ),
            (ROLE, "kms:Decrypt", {}, Outcome.IMPLICITLY_DENIED),
            (ROLE, "kms:Encrypt", {"kms:EncryptionContext:app": "orders"}, Outcome.IMPLICITLY_DENIED),
            (f"{ROLE}2", "kms:Decrypt", {"kms:EncryptionContext:app": "orders"}, Outcome.IMPLICITLY_DENIED),
        ],
    )
    def test_a_grant_allows_its_grantee_its_operations(self, principal, action, context, outcome):
        decision = decided(principal, action, self.KEY, context=Context(context), grants=[self.GRANT])
        assert decision.outcome == outcome

    def test_a_grant_on_the_whole_context_asks_for_exactly_that(self):
        grant = KeyGrant(ROLE, frozenset({"Decrypt"}), equals=(("app", "orders"),))
        context = {"kms:EncryptionContext:app": "orders", "kms:EncryptionContextKeys": ["app", "stage"]}
        more = decided(action="kms:Decrypt", target=self.KEY, context=Context(context), grants=[grant])
        assert more.outcome is Outcome.IMPLICITLY_DENIED
        exact = {**context, "kms:EncryptionContextKeys": ["app"]}
        decision = decided(action="kms:Decrypt", target=self.KEY, context=Context(exact), grants=[grant])
        assert decision.outcome is Outcome.ALLOWED


class TestBlockPublicAccess:
    """S3's own protection of buckets."""

    PUBLIC = says(Principal="*")

    @pytest.mark.parametrize(
        ("principal", "policy", "outcome"),
        [
            (ANONYMOUS, PUBLIC, Outcome.EXPLICITLY_DENIED),
            (ROLE, PUBLIC, Outcome.ALLOWED),
            ("cloudfront.amazonaws.com", PUBLIC, Outcome.ALLOWED),
            (ANONYMOUS, says(Principal="*", Condition={"StringEquals": {"aws:SourceVpce": "vpce-1"}}), Outcome.ALLOWED),
            (
                ANONYMOUS,
                says(Principal="*", Condition={"StringLike": {"aws:SourceVpce": "vpce-*"}}),
                "ExplicitlyDenied",
            ),
        ],
    )
    def test_a_public_policy_admits_no_strangers(self, principal, policy, outcome):
        context = Context({"aws:SourceVpce": "vpce-1"})
        rules = policies(resource=policy, public_access_blocked=True)
        request = Request(principal, "s3:GetObject", BUCKET, account=ACCOUNT, context=context)
        assert decide(request, rules).outcome == outcome

    def test_the_decision_says_what_keeps_them_out(self):
        rules = policies(resource=self.PUBLIC, public_access_blocked=True)
        decision = decide(Request(ANONYMOUS, "s3:GetObject", BUCKET, account=ACCOUNT), rules)
        assert decision.blocked_by == (Type.PUBLIC,)
        assert "Block Public Access" in decision.explain()[-1]

    def test_nobody_is_kept_out_of_what_nothing_allows(self):
        rules = policies(resource=says(action="s3:PutObject", Principal="*"), public_access_blocked=True)
        decision = decide(Request(ANONYMOUS, "s3:GetObject", BUCKET, account=ACCOUNT), rules)
        assert decision.outcome is Outcome.IMPLICITLY_DENIED

    def test_another_account_is_a_stranger(self):
        rules = policies(resource=self.PUBLIC, identity=[says()], public_access_blocked=True)
        assert decide(Request(ROLE, "s3:GetObject", BUCKET, account=OTHER), rules).outcome is Outcome.EXPLICITLY_DENIED


def test_callers_are_read_from_every_form():
    forms = [ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root", f"arn:aws:iam::{ACCOUNT}:user/a/b", ROLE, "lambda.amazonaws.com"]
    sessions = [f"arn:aws:sts::{ACCOUNT}:assumed-role/app/one", f"arn:aws:sts::{ACCOUNT}:federated-user/a"]
    kinds = [str(caller(form).kind) for form in (*forms, *sessions)]
    assert kinds == ["root", "root", "user", "role", "external", "session", "federated"]


def test_ten_thousand_statements_answer_like_the_one_that_matters():
    statements = [
        {"Effect": "Allow", "Action": f"s3:Get{n}", "Resource": f"arn:aws:s3:::b{n}/*"} for n in range(10_000)
    ]
    rules = policy_set([("large", parse({"Statement": statements}))])
    request = Request(ROLE, "s3:Get77", "arn:aws:s3:::b77/x")
    _, allows = rules.about(request)
    assert [clause.statement.index for clause, _ in allows.reached(request)] == [77]


def test_the_conformance_command_counts_and_names_what_fails(tmp_path, capsys):
    case = {
        "name": "one",
        "request": {
            "principal": ROLE,
            "action": "s3:GetObject",
            "resource": {"resource": BUCKET, "accountId": ACCOUNT},
        },
        "identityPolicies": [says()],
        "expected": {"response": "Allowed"},
    }
    wrong = {**case, "name": "two", "expected": {"response": "ImplicitlyDenied"}}
    (tmp_path / "cases.json").write_text(json.dumps([case, wrong]))
    assert main([str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "1 passed, 1 failed"
    assert lines[0].startswith("cases.json: two: expected ImplicitlyDenied, decided Allowed")
    assert main([str(tmp_path / "nowhere")]) == 2
