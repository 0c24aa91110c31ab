"""Which findings somebody accepted: in a comment, in metadata or in the configuration, with a reason, until a day."""

import datetime as dt

import pytest
from answering import FIRST, SECOND, TODAY, finding, flagged, question, rule, settled, written
from msgspec import structs

from lambdaward.findings import Suppression
from lambdaward.model import Place, ResourceId

TEMPLATE = """Resources:
  Orders:{key}
    Type: AWS::Lambda::Function{metadata}
    Properties:
      Runtime: python3.13{runtime}
      Description: >-
        {text}
      Handler: a.b
  Stock:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: a.b
"""
WHY = "the old client needs it"


def template(**parts):
    return TEMPLATE.format(**{"key": "", "metadata": "", "runtime": "", "text": "text", **parts})


@pytest.fixture
def scan(tmp_path):
    """Settle findings of `FIRST` on every property of both functions, in a template with something in it."""

    def settle_(text, *, of=FIRST, **options):
        estate = written(tmp_path, text)
        places = [("Orders",), ("Orders", "Runtime"), ("Orders", "Handler"), ("Stock", "Runtime")]
        return settled(*(flagged(estate, *place, of=of) for place in places), estate=estate, **options)

    return settle_


def accepted(result):
    return [(each.finding.shown, *each.finding.place.path) for each in result.suppressed]


EVERYTHING = [("Orders",), ("Orders", "Runtime"), ("Orders", "Handler")]


@pytest.mark.parametrize(
    "name", [FIRST.id, FIRST.id.lower(), FIRST.name, f"LWR902, {FIRST.id}", f"{FIRST.id},second-rule"]
)
def test_a_comment_beside_a_line_accepts_what_stands_there(scan, name):
    result = scan(template(runtime=f" # lambdaward: ignore[{name}] {WHY}"))
    assert accepted(result) == [("Orders", "Runtime")]
    assert [(by.reason, by.source, by.line) for _, by in map(structs.astuple, result.suppressed)] == [
        (WHY, "inline", 5)
    ]


def test_a_comment_above_a_line_accepts_what_stands_there(scan):
    comment = f"\n      # lambdaward: ignore[{FIRST.id}] {WHY}\n      # and another comment\n"
    text = template().replace("      Handler: a.b\n  Stock", f"{comment}\n      Handler: a.b\n  Stock")
    assert accepted(scan(text)) == [("Orders", "Handler")]


def test_a_comment_on_the_key_of_a_resource_accepts_what_the_resource_has(scan):
    assert accepted(scan(template(key=f" # lambdaward: ignore[{FIRST.id}] {WHY}"))) == EVERYTHING


def test_a_comment_above_a_resource_accepts_what_the_resource_has(scan):
    text = template().replace("  Orders:", f"  # lambdaward: ignore[{FIRST.id}] {WHY}\n  Orders:")
    assert accepted(scan(text)) == EVERYTHING


def test_a_comment_on_a_resource_is_about_what_is_made_of_it_too(tmp_path):
    text = f"""Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: # lambdaward: ignore[{FIRST.id}] {WHY}
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: a.b
      CodeUri: src/
      Events:
        Upload: {{Type: S3, Properties: {{Bucket: !Ref Uploads}}}}
  Uploads: {{Type: AWS::S3::Bucket}}
"""
    estate = written(tmp_path, text)
    made = next(each.name for each in estate.resources if each.name.startswith("OrdersUpload"))
    result = settled(flagged(estate, made), flagged(estate, "Uploads"), estate=estate)
    assert accepted(result) == [(made,)]


def test_metadata_accepts_what_its_resource_has(scan):
    metadata = (
        f"\n    Metadata: {{lambdaward: {{ignore: [{{rules: [{FIRST.id}], reason: {WHY}, until: 2027-01-01}}]}}}}"
    )
    result = scan(template(metadata=metadata))
    assert accepted(result) == EVERYTHING
    by = result.suppressed[0].by
    assert (by.rules, by.reason, by.until, by.source) == ((FIRST.id,), WHY, "2027-01-01", "metadata")


def test_metadata_of_a_json_template_counts(tmp_path):
    ignore = f'{{"rules": ["{FIRST.id}"], "reason": "{WHY}"}}'
    text = f'{{"Resources": {{"Orders": {{"Type": "AWS::SQS::Queue", "Metadata": {{"lambdaward": {{"ignore": {ignore}}}}}}}}}}}'
    estate = written(tmp_path, text, "template.json")
    assert accepted(settled(flagged(estate, "Orders"), estate=estate)) == [("Orders",)]


@pytest.mark.parametrize(
    ("files", "resources", "matches"),
    [
        ((), (), True),
        (("template.yaml",), (), True),
        (("*.yaml",), ("Ord*",), True),
        (("services/*",), (), False),
        ((), ("Stock",), False),
        ((), ("orders",), False),
    ],
)
def test_the_configuration_accepts_by_globs_on_files_and_resources(files, resources, matches):
    by = Suppression(rules=(FIRST.id,), reason=WHY, source="config", files=files, resources=resources)
    result = settled(finding(FIRST, "Orders", stack="shop/template.yaml"), accepted=[by])
    assert bool(result.suppressed) == matches
    assert bool(result.findings) != matches


def test_an_open_question_can_be_waived():
    by = Suppression(rules=(FIRST.id,), reason=WHY, source="config")
    result = settled(question(FIRST), question(SECOND), accepted=[by])
    assert [(each.question.rule.id, each.by.reason) for each in result.waived] == [(FIRST.id, WHY)]
    assert [each.rule.id for each in result.unsettled] == [SECOND.id]


def test_a_finding_is_not_accepted_by_what_accepts_one_folded_under_it():
    upper = rule("LWR910", "upper-rule", FIRST.id)
    by = Suppression(rules=(FIRST.id,), reason=WHY, source="config")
    result = settled(finding(FIRST), finding(upper), ran=(FIRST, upper), accepted=[by])
    assert [each.rule.id for each in result.findings] == ["LWR910"]
    assert result.stale == ()


@pytest.mark.parametrize(
    "text",
    [
        f"# lambdaward: ignore[{FIRST.id}] in a block scalar",
        f"text # lambdaward: ignore[{FIRST.id}] in a folded scalar",
    ],
)
def test_a_suppression_inside_a_string_does_not_count(scan, text):
    result = scan(template(text=text))
    assert accepted(result) == []
    assert result.problems == ()


def test_a_suppression_inside_a_quoted_string_does_not_count(scan):
    text = template().replace("python3.13\n", f'"python3.13 # lambdaward: ignore[{FIRST.id}] quoted"\n', 1)
    assert accepted(scan(text)) == []


def test_a_suppression_in_another_resource_does_not_count(scan):
    text = template(key=f" # lambdaward: ignore[{FIRST.id}] {WHY}")
    assert accepted(scan(text)) == EVERYTHING
    below = text.replace("  Stock:", f"  Stock: # lambdaward: ignore[{SECOND.id}] {WHY}")
    assert [each.shown for each in scan(below).findings] == ["Stock"]


def test_a_suppression_in_another_file_does_not_count(tmp_path):
    (tmp_path / "other.yaml").write_text(template(key=f" # lambdaward: ignore[{FIRST.id}] {WHY}"))
    estate = written(tmp_path, template())
    identity = ResourceId("template.yaml", "Orders")
    assert identity in estate.resources
    here = finding(FIRST, "Orders", stack=identity.stack, origin=estate.origin(Place(identity)))
    assert settled(here, estate=estate).findings == (here,)


def test_a_suppression_of_another_rule_does_not_count(scan):
    assert accepted(scan(template(key=f" # lambdaward: ignore[{SECOND.id}] {WHY}"))) == []


def test_no_inline_ignores_leaves_comments_and_metadata_out_and_the_configuration_in(scan):
    metadata = f"\n    Metadata: {{lambdaward: {{ignore: [{{rules: [{FIRST.id}], reason: {WHY}}}]}}}}"
    text = template(key=f" # lambdaward: ignore[{FIRST.id}] {WHY}", metadata=metadata)
    assert accepted(scan(text, inline=False)) == []
    by = Suppression(rules=(FIRST.id,), reason=WHY, source="config", resources=("Stock",))
    assert accepted(scan(text, inline=False, accepted=[by])) == [("Stock", "Runtime")]


def test_the_nearest_decision_is_named(scan):
    by = Suppression(rules=(FIRST.id,), reason="of the house", source="config")
    metadata = f"\n    Metadata: {{lambdaward: {{ignore: [{{rules: [{FIRST.id}], reason: beside it}}]}}}}"
    result = scan(
        template(runtime=f" # lambdaward: ignore[{FIRST.name}] right there", metadata=metadata), accepted=[by]
    )
    named = {(each.finding.shown, *each.finding.place.path): each.by.reason for each in result.suppressed}
    assert named == {
        ("Orders",): "beside it",
        ("Orders", "Runtime"): "right there",
        ("Orders", "Handler"): "beside it",
        ("Stock", "Runtime"): "of the house",
    }


def problems(result):
    return [(each.line, each.message, each.remedy) for each in result.problems]


@pytest.mark.parametrize(
    ("written_", "told"),
    [
        (f"ignore[{FIRST.id}]", "gives no reason, so it does not count"),
        (f"ignore[{FIRST.id}]   ", "gives no reason, so it does not count"),
        (f"ignore[{FIRST.id}] -- ", "gives no reason, so it does not count"),
        (f"ignore[] {WHY}", "names no rule"),
        (f"ignore[until=2027-01-01] {WHY}", "names no rule"),
        (f"ignore[{FIRST.id}, until=soon] {WHY}", "ends on `soon`, which is no date, so it does not count"),
        (f"ignore[{FIRST.id}, until=20270101] {WHY}", "ends on `20270101`, which is no date"),
        (f"ignore[{FIRST.id}, until=2027-02-30] {WHY}", "ends on `2027-02-30`, which is no date"),
        (f"ignore[{FIRST.id}, until=2027-01-01, until=2028-01-01] {WHY}", "which is no date"),
        (f"ignore {FIRST.id} {WHY}", "this suppression cannot be read"),
        (f"ignroe[{FIRST.id}] {WHY}", "this suppression cannot be read"),
        (f"ignore[{FIRST.id} {WHY}", "this suppression cannot be read"),
    ],
)
def test_a_comment_that_does_not_count_is_a_problem_with_a_remedy(scan, written_, told):
    result = scan(template(runtime=f" # lambdaward: {written_}"))
    assert accepted(result) == []
    ((line, message, remedy),) = problems(result)
    assert line == 5
    assert told in message
    assert remedy == "write `lambdaward: ignore[RULE, until=YYYY-MM-DD] reason`"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (f"{{rules: [{FIRST.id}]}}", "gives no reason"),
        (f"{{rules: {FIRST.id}, reason: ' '}}", "gives no reason"),
        (f"{{reason: {WHY}}}", "names no rule"),
        (f"{{rules: [{FIRST.id}], reason: {WHY}, until: later}}", "ends on `later`"),
        (FIRST.id, "a suppression of Orders cannot be read"),
    ],
)
def test_metadata_that_does_not_count_is_a_problem_with_a_remedy(scan, entry, told):
    result = scan(template(metadata=f"\n    Metadata: {{lambdaward: {{ignore: [{entry}]}}}}"))
    assert accepted(result) == []
    ((_, message, remedy),) = problems(result)
    assert told in message
    assert remedy == "write `lambdaward: {ignore: [{rules: [RULE], reason: why, until: YYYY-MM-DD}]}`"


def test_a_configured_suppression_without_a_reason_is_a_problem_with_a_remedy():
    result = settled(
        finding(), accepted=[Suppression(rules=(FIRST.id,), reason="", source="config", file="x.toml", line=3)]
    )
    assert [each.shown for each in result.findings] == ["A"]
    assert problems(result) == [
        (
            3,
            "the suppression of LWR901 gives no reason, so it does not count",
            "give it `rules`, a `reason` and, if it is to end, `until` as YYYY-MM-DD",
        )
    ]


@pytest.mark.parametrize(
    ("days", "counts"), [(-1, False), (0, True), (1, True)], ids=["day before", "that day", "later"]
)
def test_a_suppression_counts_up_to_its_last_day(scan, days, counts):
    until = TODAY + dt.timedelta(days=days)
    result = scan(template(runtime=f" # lambdaward: ignore[{FIRST.id}, until={until}] {WHY}"))
    assert bool(accepted(result)) == counts
    expired = [(5, f"the suppression of {FIRST.id} expired on {until}", "mend the finding, or decide anew")]
    assert problems(result) == ([] if counts else expired)


def test_an_expired_suppression_leaves_the_next_one_in_force(scan):
    by = Suppression(rules=(FIRST.id,), reason="of the house", source="config", resources=("Orders",))
    result = scan(template(runtime=f" # lambdaward: ignore[{FIRST.id}, until=2020-01-01] {WHY}"), accepted=[by])
    assert ("Orders", "Runtime") in accepted(result)


def test_an_unknown_rule_name_is_reported(scan):
    result = scan(template(runtime=f" # lambdaward: ignore[LWR999, {FIRST.id}] {WHY}"))
    assert problems(result) == [
        (5, "a suppression names `LWR999`, which is no rule", "`lambdaward rules` lists the rules")
    ]
    assert accepted(result) == [("Orders", "Runtime")]


def test_a_rule_that_exists_but_did_not_run_is_neither_unknown_nor_stale(scan):
    result = scan(template(runtime=f" # lambdaward: ignore[{SECOND.id}] {WHY}"), ran=(FIRST,), known=(FIRST, SECOND))
    assert result.problems == ()
    assert result.stale == ()


def stale(result):
    return [(each.line, *each.rules) for each in result.stale]


def test_a_suppression_that_matches_nothing_is_stale(scan):
    assert stale(scan(template(runtime=f" # lambdaward: ignore[{SECOND.id}] {WHY}"))) == [(5, SECOND.id)]
    assert stale(scan(template(runtime=f" # lambdaward: ignore[{FIRST.id}] {WHY}"))) == []


def test_each_decision_that_matches_is_in_use(tmp_path):
    by = Suppression(rules=(FIRST.id,), reason="of the house", source="config")
    estate = written(tmp_path, template(runtime=f" # lambdaward: ignore[{FIRST.id}] {WHY}"))
    result = settled(flagged(estate, "Orders", "Runtime"), estate=estate, accepted=[by])
    assert [each.by.reason for each in result.suppressed] == [WHY]
    assert stale(result) == []


def test_a_configured_suppression_of_files_that_were_not_scanned_is_not_stale():
    by = Suppression(rules=(FIRST.id,), reason=WHY, source="config", files=("elsewhere/*",))
    assert settled(accepted=[by]).stale == ()


def test_a_comment_that_is_no_suppression_is_left_alone(scan):
    result = scan(template(runtime=" # see lambdaward: ignore[LWR901] in the handbook"))
    assert (accepted(result), problems(result), stale(result)) == ([], [], [])
