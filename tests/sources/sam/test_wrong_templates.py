"""A wrong SAM template gives one clear problem with its line for each fault, and the rest of it is still lowered."""

import pytest
from cases import cases, node
from comparing import ours
from hypothesis import given
from hypothesis import strategies as st

from lambdaward.sources.cloudformation.node import Entry, ListNode, MapNode
from lambdaward.sources.cloudformation.reader import read
from lambdaward.sources.cloudformation.sam.reading import plain

CASES = cases()
HEAD = "Globals: {Function: {Runtime: python3.13, Handler: a.b, CodeUri: s3://b/k}}\nResources:\n"
GOOD = "  Good: {Type: AWS::Serverless::Function}\n"
EVENT = "  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n"
WRONG = {
    "unknown type of resource": ("  F: {Type: AWS::Serverless::Funktion}", 5, "F is of type AWS::Serverless::Funktion"),
    "properties that are a list": (
        "  F: {Type: AWS::Serverless::Function, Properties: [a]}",
        5,
        "Properties of F is a list",
    ),
    "events that are a list": (
        "  F: {Type: AWS::Serverless::Function, Properties: {Events: [a]}}",
        5,
        "Events of F is a list",
    ),
    "event that is a text": (f"{EVENT}        A: text", 9, "event FA is of no known type"),
    "event that is null": (f"{EVENT}        A:", 9, "event FA is of no known type"),
    "event of an unknown type": (f"{EVENT}        A: {{Type: Sqs}}", 9, "event FA is of no known type"),
    "event without its source": (f"{EVENT}        A: {{Type: SQS, Properties: {{}}}}", 9, "SQS event FA has no Queue"),
    "event whose properties are a list": (
        f"{EVENT}        A: {{Type: AlexaSkill, Properties: [a]}}",
        9,
        "Events.A.Properties of F is a list",
    ),
    "route without a path": (
        f"{EVENT}        A: {{Type: Api, Properties: {{Method: get}}}}",
        9,
        "has no Path and Method",
    ),
    "route of no API": (
        f"{EVENT}        A: {{Type: Api, Properties: {{RestApiId: !Ref Nothing, Path: /a, Method: get}}}}",
        9,
        "names no API of this template",
    ),
    "HTTP route of no API": (
        f"{EVENT}        A: {{Type: HttpApi, Properties: {{ApiId: nothing, Path: /a, Method: get}}}}",
        9,
        "names no API of this template",
    ),
    "route with an unknown authorizer": (
        f"{EVENT}        A: {{Type: Api, Properties: {{Path: /a, Method: get, Auth: {{Authorizer: X}}}}}}",
        9,
        "authorizer X of FA is not defined",
    ),
    "bucket of no template": (
        f"{EVENT}        A: {{Type: S3, Properties: {{Bucket: shared, Events: 's3:ObjectCreated:*'}}}}",
        9,
        "names no bucket of this template",
    ),
    "policy of no kind": (
        "  F: {Type: AWS::Serverless::Function, Properties: {Policies: [{Unknown: {}}]}}",
        5,
        "policy 0 of FRole is of no known kind",
    ),
    "policy template without its parameter": (
        "  F: {Type: AWS::Serverless::Function, Properties: {Policies: [{S3ReadPolicy: {}}]}}",
        5,
        "policy template S3ReadPolicy has no BucketName",
    ),
    "deployment without an alias": (
        "  F: {Type: AWS::Serverless::Function, Properties: {DeploymentPreference: {Type: AllAtOnce}}}",
        5,
        "DeploymentPreference of F needs AutoPublishAlias",
    ),
    "dead letters to nowhere": (
        "  F: {Type: AWS::Serverless::Function, Properties: {DeadLetterQueue: {Type: SQS}}}",
        5,
        "DeadLetterQueue needs Type (SQS or SNS) and TargetArn",
    ),
    "authorizers that are a list": (
        "  A: {Type: AWS::Serverless::Api, Properties: {StageName: l, Auth: {Authorizers: [a]}}}",
        5,
        "Auth.Authorizers of A is a list",
    ),
    "unknown default authorizer": (
        "  A: {Type: AWS::Serverless::Api, Properties: {StageName: l, Auth: {DefaultAuthorizer: X}}}",
        5,
        "the default authorizer X is not defined",
    ),
    "connector of nothing": (
        "  C: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: X}, Destination: {Id: Good}, Permissions: [Read]}}",
        5,
        "C connects no resource of this template",
    ),
    "connector of what SAM does not connect": (
        "  C: {Type: AWS::Serverless::Connector, Properties: {Source: {Type: X::Y}, Destination: {Id: Good}, Permissions: [a]}}",
        5,
        "which SAM does not know",
    ),
    "two resources of one id": ("  GoodRole: {Type: AWS::IAM::Role}", 4, "two resources have the logical id GoodRole"),
    "markup": ("  <script>: {Type: AWS::Serverless::X<b>}", 5, "<script> is of type AWS::Serverless::X<b>"),
}


@pytest.mark.parametrize(("body", "line", "message"), WRONG.values(), ids=list(WRONG))
def test_says_what_is_wrong_once_and_lowers_the_rest(body, line, message):
    lowered = ours(node(HEAD + GOOD + body + "\n"))
    [problem] = lowered.problems
    assert message in problem.message
    assert (problem.file, problem.line) == ("template.yaml", line)
    assert problem.remedy
    assert plain(lowered.root)["Resources"]["Good"]["Type"] == "AWS::Lambda::Function"


@pytest.mark.parametrize("body", ["Globals: [a]\nResources:\n", "Globals: {Function: [a]}\nResources:\n"])
def test_says_that_globals_are_no_mapping(body):
    [problem] = ours(node(body + GOOD)).problems
    assert "is no mapping" in problem.message


AUTH = """\
Parameters: {Chosen: {Type: String}}
Resources:
  Api: {Type: %s, Properties: {StageName: live, Auth: {DefaultAuthorizer: %s}}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        A: {Type: %s, Properties: {%s: !Ref Api, Path: /a, Method: get, Auth: {%s}}}
"""
REST, HTTP = ("AWS::Serverless::Api", "Api", "RestApiId"), ("AWS::Serverless::HttpApi", "HttpApi", "ApiId")


@pytest.mark.parametrize(("kind", "event", "key"), [REST, HTTP])
@pytest.mark.parametrize(("default", "own"), [("!Ref Chosen", ""), ("AWS_IAM", "Authorizer: !Ref Chosen")])
def test_does_not_guess_an_authorizer_that_is_decided_at_deployment(kind, event, key, default, own):
    lowered = ours(node(AUTH % (kind, default, event, key, own)))
    assert any("is decided at deployment" in problem.message for problem in lowered.problems)
    method = plain(lowered.root)["Resources"]["Api"]["Properties"]["Body"]["paths"]["/a"]["get"]
    assert {"Ref": "Chosen"} in (method["security"], *method["security"])


SHAPES = """
[null, 5, -1.5, true, '', text, '<b>&', '${', '${}', 's3://[', [], [a], [[a]], {}, {a: b}, [{a: b}], {'': ''}, {Type: 5},
 !Ref X, !Ref AWS::NoValue, !Ref [a], !GetAtt X, !GetAtt [], !GetAtt [a, !Ref b], !Sub [], !Sub {a: b}, !Sub ['${a}', []],
 !If [], !If [a], !If [A, b, c], !If [{}, [], 5], !If {a: b}, !FindInMap [], !FindInMap [a, b, c], !Condition x]
"""
shapes = st.sampled_from(read(SHAPES.encode(), "template.yaml").root.items)


def places(found, path=()):
    yield path
    if isinstance(found, MapNode):
        for key, inner in found:
            yield from places(inner, (*path, key))
    elif isinstance(found, ListNode):
        for index, inner in enumerate(found.items):
            yield from places(inner, (*path, index))


def replaced(found, path, shape):
    if not path:
        return shape
    key, *rest = path
    if isinstance(found, MapNode) and key in found.entries:
        held = found.entries[key]
        return MapNode({**found.entries, key: Entry(held.key_span, replaced(held.value, rest, shape))}, found.span)
    if isinstance(found, ListNode) and isinstance(key, int) and key < len(found.items):
        items = list(found.items)
        items[key] = replaced(items[key], rest, shape)
        return ListNode(tuple(items), found.span)
    return found


@st.composite
def mutants(draw):
    root = draw(st.sampled_from(list(CASES.values())))
    inside = [path for path in places(root) if path]
    for path, shape in draw(st.lists(st.tuples(st.sampled_from(inside), shapes), min_size=1, max_size=3)):
        root = replaced(root, path, shape)
    return root


@given(mutants())
def test_never_fails_whatever_stands_anywhere(root):
    lowered = ours(root)
    assert all(problem.file == "template.yaml" and problem.line for problem in lowered.problems)
