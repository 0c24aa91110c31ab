"""The examples of docs/iam are true, of the engine and of the naive evaluator."""

import re
from pathlib import Path

import pytest
import yaml
from twin import condition_holds, matches
from twin_services import decide as twin_decides

from lambdaward.iam import ANONYMOUS, Context, Kind, Pattern, Predicate, Request, decide, parse, policies, subject

DOCS = Path(__file__).parents[2] / "docs" / "iam"
HOME = "111111111111"
FENCE = re.compile(r"^```yaml (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RESOURCE_POLICIES = ("bucket_policy", "key_policy", "function_policy", "trust")


def examples(kind):
    return list(_examples(kind))


def rows(kind):
    return list(_rows(kind))


def _examples(kind):
    for page in sorted(DOCS.glob("*.md")):
        text = page.read_text()
        for match in FENCE.finditer(text):
            if match[1] == kind:
                line = text.count("\n", 0, match.start()) + 1
                yield pytest.param(yaml.safe_load(match[2]), id=f"{page.name}:{line}")


def _rows(kind):
    for example in examples(kind):
        (written,) = example.values
        groups = written.items() if isinstance(written, dict) else [("", written)]
        yield from (
            pytest.param(group, *row, id=f"{example.id}-{n}")
            for group, listed in groups
            for n, row in enumerate(listed)
        )


def arn(caller):
    if caller == "root" or caller.startswith(("user/", "role/")):
        return f"arn:aws:iam::{HOME}:{caller}"
    return f"arn:aws:sts::{HOME}:{caller}" if caller.startswith(("assumed-role/", "federated-user/")) else caller


def document(case, kind):
    listed = case.get(kind)
    return None if listed is None else {"Version": case.get("version", "2012-10-17"), "Statement": listed}


def every(case, kind):
    made = document(case, kind)
    return [] if made is None else [made]


def levels(case, kind):
    return [[{"Version": "2012-10-17", "Statement": level}] if level else [] for level in case.get(kind, ())]


def resource_policy(case):
    return next((document(case, kind) for kind in RESOURCE_POLICIES if kind in case), None)


def decided(case):
    caller = case.get("caller", "role/app")
    request = Request(
        ANONYMOUS if caller == "anonymous" else arn(caller),
        case.get("action", "s3:GetObject"),
        case.get("resource", "arn:aws:s3:::orders/1"),
        account=case.get("owner", HOME),
        context=Context(case.get("context"), closed=not case.get("open")),
        wildcard_only=case.get("wildcard_only", False),
    )
    rules = policies(
        identity=every(case, "identity"),
        boundaries=every(case, "boundary"),
        session=document(case, "session"),
        resource=resource_policy(case),
        endpoints=every(case, "endpoint"),
        scps=levels(case, "scps"),
        rcps=levels(case, "rcps"),
        management_account=case.get("management_account", ""),
        public_access_blocked=case.get("public_access_blocked", False),
    )
    return decide(request, rules)


@pytest.mark.parametrize("case", examples("case"))
def test_the_engine_decides_as_specified(case):
    decision = decided(case)
    assert decision.outcome == case["expect"], decision.explain()
    assert case.get("because", "") in "\n".join(decision.explain())
    if "blocked_by" in case:
        assert sorted(decision.blocked_by) == sorted(case["blocked_by"])


def for_the_twin(case):
    """A case as the naive evaluator reads it; `None` for what it does not know."""
    resource = case.get("resource", "arn:aws:s3:::orders/1")
    beyond = ("open", "wildcard_only", "management_account", "public_access_blocked")
    if "*" in resource.removeprefix("*") or case["expect"] == "Unknown" or any(key in case for key in beyond):
        return None
    caller = case.get("caller", "role/app")
    made = {
        "request": {
            "principal": {"type": "Anonymous"} if caller == "anonymous" else arn(caller),
            "action": case.get("action", "s3:GetObject"),
            "resource": {"resource": resource, "accountId": case.get("owner", HOME)},
            "context": case.get("context", {}),
        },
        "identityPolicies": every(case, "identity"),
        "permissionBoundaries": every(case, "boundary"),
        "endpointPolicies": every(case, "endpoint"),
        "sessionPolicy": document(case, "session"),
        "resourcePolicy": resource_policy(case),
        "serviceControlPolicies": [{"policies": level} for level in levels(case, "scps")],
        "resourceControlPolicies": [{"policies": level} for level in levels(case, "rcps")],
    }
    return {key: value for key, value in made.items() if value is not None}


TWIN_CASES = [example for example in examples("case") if for_the_twin(example.values[0])]


@pytest.mark.parametrize("case", TWIN_CASES)
def test_the_twin_decides_as_specified(case):
    assert twin_decides(for_the_twin(case)) == case["expect"]


@pytest.mark.parametrize(("group", "operator", "written", "given", "holds"), rows("conditions"))
def test_conditions_hold_as_specified(group, operator, written, given, holds):
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {"k:key": written}}}
    (condition,) = parse({"Version": "2012-10-17", "Statement": statement}).statements[0].conditions
    context = {} if given is None else {"k:key": given}
    assert Predicate(condition, variables=True).holds(Context(context)) is holds
    assert condition_holds(operator, "k:key", written, context, newer=True) is holds


@pytest.mark.parametrize(("kind", "written", "given", "match"), rows("patterns"))
def test_patterns_match_as_specified(kind, written, given, match):
    action = kind == "action"
    asked = subject(given.lower() if action else given)
    assert Pattern(written, fold=action).covers(asked, Context()) is match
    assert matches(written, given, {}, any_case=action, variables=False) is match


@pytest.mark.parametrize("example", examples("faults"))
def test_faults_are_found_as_specified(example):
    found = parse(example["document"], kind=Kind(example["kind"])).faults
    assert [[".".join(map(str, fault.path)), fault.reason] for fault in found] == example["faults"]


def test_every_page_has_examples_and_every_rule_its_page_of_aws():
    for page in DOCS.glob("*.md"):
        text = page.read_text()
        assert FENCE.search(text), page.name
        assert "https://docs.aws.amazon.com/" in text or page.name in ("index.md", "unknown.md")


@pytest.mark.parametrize("page", ["language", "patterns", "conditions", "principals", "evaluation", "services"])
def test_each_rule_names_the_page_of_aws_that_states_it(page):
    _, *sections = re.split(r"^## ", (DOCS / f"{page}.md").read_text(), flags=re.MULTILINE)
    assert [text.splitlines()[0] for text in sections if "https://docs.aws.amazon.com/" not in text] == []


def test_each_difference_to_the_peer_quotes_aws_with_its_page():
    rows = [line for line in (DOCS / "peer.md").read_text().splitlines() if line.startswith("| ")][1:]
    quoted = re.compile(r'"[^"]+".*https://docs\.aws\.amazon\.com/')
    assert [row for row in rows if not quoted.search(row)] == []
    assert len(rows) > 10
