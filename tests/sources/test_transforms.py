"""Transforms that run here: local includes and the loops of the language extensions; and macros, which do not."""

import pytest

from lambdaward.model import Place, ResourceId

LOOPS = "Transform: AWS::LanguageExtensions\n"


def types(loaded, stack="t.yaml"):
    return {identity.name: dict(resource.properties) for identity, resource in loaded.resources.items()}


@pytest.mark.parametrize(
    ("head", "collection"),
    [
        ("", "[a, b-1]"),
        ("Parameters: {P: {Type: CommaDelimitedList, Default: 'a,b-1'}}\n", "!Ref P"),
        ("Mappings: {M: {x: {y: [a, b-1]}}}\n", "!FindInMap [M, x, y]"),
        ("Parameters: {P: {Type: String, Default: 'a:b-1'}}\n", "!Split [':', !Ref P]"),
        ("Parameters: {P: {Type: String, Default: b-1}}\n", "[a, !Ref P]"),
    ],
)
def test_a_loop_writes_its_body_for_each_member(estate, head, collection):
    body = "{'R&{X}': {Type: Custom::R, Properties: {A: !Ref X, B: '${X}!'}}}"
    loaded = estate({"t.yaml": f"{LOOPS}{head}Resources:\n  Fn::ForEach::L: [X, {collection}, {body}]\n"})
    assert types(loaded) == {"Ra": {"A": "a", "B": "a!"}, "Rb1": {"A": "b-1", "B": "b-1!"}}


def test_loops_nest_and_the_outer_name_is_known_inside(estate):
    text = """
Resources:
  Fn::ForEach::Outer:
    - X
    - [a, b]
    - Fn::ForEach::Inner:
        - Y
        - [c, '${X}']
        - R${X}${Y}: {Type: Custom::R}
"""
    assert set(types(estate({"t.yaml": LOOPS + text}))) == {"Rac", "Raa", "Rbc", "Rbb"}


def test_a_loop_inside_properties_writes_keys(estate):
    text = (
        "Resources:\n  R:\n    Type: Custom::R\n    Properties:\n      Fn::ForEach::L: [X, [a, b], {'K${X}': !Ref X}]\n"
    )
    assert types(estate({"t.yaml": LOOPS + text})) == {"R": {"Ka": "a", "Kb": "b"}}


def test_what_a_loop_writes_stands_where_its_body_stands(estate):
    text = """
Resources:
  Fn::ForEach::L:
    - X
    - [a]
    - R${X}:
        Type: Custom::R
        Properties: {A: !Ref X}
"""
    origin = estate({"t.yaml": LOOPS + text}).origin(Place(ResourceId("t.yaml", "Ra"), ("A",)))
    assert (origin.line, origin.column) == (9, 22)


@pytest.mark.parametrize(
    "loop", ["[X, !Ref P, {R: {Type: Custom::R}}]", "[X, !Ref Bucket, {}]", "[X]", "x", "[X, [!Ref P], {}]"]
)
def test_a_loop_over_something_unknown_is_a_problem_and_the_rest_is_read(estate, loop):
    text = f"Parameters: {{P: {{Type: String}}}}\nResources:\n  Bucket: {{Type: AWS::S3::Bucket}}\n  Fn::ForEach::L: {loop}\n"
    loaded = estate({"t.yaml": LOOPS + text})
    assert [(fault.line, fault.fatal) for fault in loaded.coverage.problems] == [(5, False)]
    assert set(types(loaded)) == {"Bucket"}


INCLUDE = "{Name: AWS::Include, Parameters: {Location: %s}}"


def test_a_local_snippet_stands_where_it_is_named_with_its_own_places(estate):
    text = f"Resources:\n  Fn::Transform: {INCLUDE % 'parts/r.yaml'}\n  S: {{Type: Custom::S}}\n"
    loaded = estate({"t.yaml": text, "parts/r.yaml": "R:\n  Type: Custom::R\n  Properties: {A: 1}\n"})
    assert types(loaded) == {"R": {"A": 1}, "S": {}}
    assert loaded.origin(Place(ResourceId("t.yaml", "R"), ("A",))).file == "parts/r.yaml"
    assert "parts/r.yaml" in loaded.files


def test_a_snippet_may_be_named_at_the_top(estate):
    text = f"Transform: {INCLUDE % 'm.yaml'}\nResources: {{R: {{Type: Custom::R, Properties: {{A: !FindInMap [M, a, b]}}}}}}\n"
    assert types(estate({"t.yaml": text, "m.yaml": "Mappings: {M: {a: {b: c}}}\n"})) == {"R": {"A": "c"}}


@pytest.mark.parametrize("location", ["s3://bucket/r.yaml", "!Ref Where"])
def test_a_remote_snippet_is_unknown_and_said(estate, location):
    text = f"Resources:\n  R:\n    Type: Custom::R\n    Properties: {{A: 1, Fn::Transform: {INCLUDE % location}}}\n"
    loaded = estate({"t.yaml": "Parameters: {Where: {Type: String}}\n" + text})
    assert types(loaded)["R"]["A"] == 1
    assert [fault.message for fault in loaded.coverage.problems] == ["a snippet that is not a local file is not read"]


def test_a_macro_of_the_users_own_is_said_to_be_unseen(estate):
    (fault,) = estate({"t.yaml": "Transform: [Mine]\nResources: {R: {Type: Custom::R}}\n"}).coverage.problems
    assert (fault.message[:17], fault.line, fault.fatal) == ("what the macro `M", 1, False)


def test_a_module_is_said_to_be_unseen_beside_what_is_read(estate):
    text = "Resources:\n  R: {Type: Custom::R}\n  M:\n    Type: Mine::Lambda::Service::MODULE\n"
    loaded = estate({"t.yaml": text})
    (fault,) = loaded.coverage.problems
    assert (fault.message[:18], fault.line, fault.fatal) == ("what the module `M", 4, False)
    assert "R" in types(loaded)
