"""From resources to records: what links mean, which code is linked, what is masked, and that nothing is lost on the way."""

import secrets
from pathlib import Path

import pytest

from lambdaward import model
from lambdaward.model import (
    BlockRecord,
    EventSourceMapping,
    Function,
    FunctionUrl,
    LocalCode,
    Permission,
    Record,
    ResourceId,
    ResourcePolicy,
    Unknown,
    show,
)
from lambdaward.sources.assemble.reading import fields

HEAD = """
Parameters: {Name: {Type: String}, Full: {Type: String, Default: ''}}
Conditions: {Open: !Equals [!Ref Name, x]}
Resources:
  F: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders}}
  G: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub "${Name}-x"}}
  A: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref F, Name: live}}
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
"""


def linked(estate, written):
    """The link of a permission whose function is written so."""
    text = f"{HEAD}  P: {{Type: AWS::Lambda::Permission, Properties: {{FunctionName: {written}, Action: x, Principal: '*'}}}}\n"
    (permission,) = estate({"t.yaml": text}).all(Permission)
    return permission.function


@pytest.mark.parametrize(
    ("written", "target", "qualifier"),
    [
        ("!Ref F", "F", None),
        ("!GetAtt F.Arn", "F", None),
        ("!Sub '${F.Arn}:live'", "F", "live"),
        ("!Sub '${F}:7'", "F", "7"),
        ("!Join [':', [!GetAtt F.Arn, live]]", "F", "live"),
        ("orders", "F", None),
        ("'orders:live'", "F", "live"),
        ("!Sub 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:orders:live'", "F", "live"),
        ("!Sub '${Name}-x'", None, None),
        ("'arn:aws:lambda:eu-west-1:999999999999:function:orders'", None, None),
        ("others", None, None),
        ("!Ref Q", None, None),
        ("!Ref Name", None, None),
        ("!If [Open, !Ref F, !Ref G]", None, None),
        ("!If [Open, !Ref F, !GetAtt F.Arn]", "F", None),
        ("!Ref A", "A", None),
    ],
)
def test_a_link_means_the_resource_that_its_value_names(estate, written, target, qualifier):
    link = linked(estate, written)
    assert (link.target and link.target.name, link.qualifier) == (target, qualifier)


def test_a_link_that_a_condition_may_take_away_is_a_possible_one(estate):
    link = linked(estate, "!If [Open, !Ref F, !Ref 'AWS::NoValue']")
    assert (link.target.name, link.possible) == ("F", True)


def test_a_name_that_two_resources_bear_means_neither(estate):
    double = HEAD.replace('!Sub "${Name}-x"', "orders")
    text = f"{double}  U: {{Type: AWS::Lambda::Url, Properties: {{TargetFunctionArn: orders, AuthType: NONE}}}}\n"
    (url,) = estate({"t.yaml": text}).all(FunctionUrl)
    assert url.function.target is None


def test_a_queue_is_found_by_its_arn_in_any_spelling(estate):
    for arn in ("!GetAtt Q.Arn", "!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:jobs'"):
        mapping = (
            f"{{Type: AWS::Lambda::EventSourceMapping, Properties: {{EventSourceArn: {arn}, FunctionName: !Ref F}}}}"
        )
        text = f"{HEAD}  M: {mapping}\n"
        (mapping,) = estate({"t.yaml": text}).all(EventSourceMapping)
        assert mapping.source.target.name == "Q"


def test_a_resource_policy_names_all_that_it_guards(estate):
    text = f"{HEAD}  R: {{Type: AWS::SQS::QueuePolicy, Properties: {{Queues: [!Ref Q], PolicyDocument: {{Statement: []}}}}}}\n"
    (policy,) = estate({"t.yaml": text}).all(ResourcePolicy)
    assert [subject.target.name for subject in policy.subjects] == ["Q"]


def test_what_no_record_describes_is_kept_and_counted(estate):
    loaded = estate(
        {"t.yaml": "Resources: {E: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}, B: {Type: AWS::S3::Bucket}}\n"}
    )
    assert loaded.resources[ResourceId("t.yaml", "E")].properties == {"Domain": "vpc"}
    assert (dict(loaded.coverage.modelled), dict(loaded.coverage.unmodelled)) == (
        {"AWS::S3::Bucket": 1},
        {"AWS::EC2::EIP": 1},
    )


RECORDS = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Record | BlockRecord)]


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_a_field_that_is_read_is_absent_unless_it_is_written(kind):
    names = [name for name in kind.__struct_fields__ if name in {field.name for field in fields(kind)}]
    optional = dict(zip(reversed(kind.__struct_fields__), reversed(kind.__struct_defaults__), strict=False))
    assert all(optional[name] in (None, ()) for name in names)


def code(estate, properties, files=(), metadata="{}"):
    """The code of a function with some properties, in a project of some files."""
    text = f"Resources:\n  F: {{Type: AWS::Lambda::Function, Metadata: {metadata}, Properties: {{{properties}}}}}\n"
    return estate({"app/t.yaml": text, **dict.fromkeys(files, "x")}).all(Function)[0].code


class TestCode:
    """Which code a function runs, of what lies on this machine."""

    @pytest.mark.parametrize(
        ("properties", "files", "kind", "path"),
        [
            ("Code: src/", ["app/src/a.py"], "folder", "app/src"),
            ("Code: ../lib", ["lib/a.py"], "folder", "lib"),
            ("Code: f.zip", ["app/f.zip"], "zip", "app/f.zip"),
            ("Code: a.py", ["app/a.py"], "file", "app/a.py"),
        ],
    )
    def test_a_path_is_what_lies_there_beside_the_template(self, estate, properties, files, kind, path):
        assert code(estate, properties, files) == LocalCode(kind, path, root=str(Path.cwd()))

    def test_inline_code_is_its_text(self, estate):
        assert code(estate, "Code: {ZipFile: 'x = 1'}") == LocalCode("inline", inline="x = 1")

    def test_a_source_knows_its_build(self, estate):
        linked = code(estate, "Code: src", ["app/src/a.py", "app/.aws-sam/build/F/a.py"])
        assert (linked.path, linked.built) == ("app/src", "app/.aws-sam/build/F")

    def test_an_image_is_the_folder_that_it_is_built_from(self, estate):
        linked = code(
            estate, "PackageType: Image", ["app/img/Dockerfile"], "{DockerContext: ./img, Dockerfile: Dockerfile}"
        )
        assert (linked.kind, linked.path) == ("context", "app/img")

    @pytest.mark.parametrize(
        "properties",
        [
            "Code: s3://b/k",
            "Code: {S3Bucket: b, S3Key: k}",
            "Code: {ImageUri: x}",
            "Code: nowhere",
            "Runtime: x",
            "Code: /etc",
            "Code: !GetAZs ''",
        ],
    )
    def test_code_that_is_not_there_is_unknown_with_its_reason(self, estate, properties):
        linked = code(estate, properties)
        assert isinstance(linked, Unknown)
        assert linked.reason


def spelled(*pieces):
    """A made-up secret of some form: nothing that looks like one stands in a file of tests."""
    return "".join(pieces) + secrets.token_hex(16)


class TestMasking:
    """What a frame may show of a file."""

    @pytest.mark.parametrize(
        "line",
        [
            "Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {PLAIN: @}}}",
            "Type: Custom::R, Properties: {MasterUserPassword: @}",
            "Type: Custom::R, Properties: {ApiKey: '@'}",
            "Type: Custom::R, Properties: {Text: 'postgres://user:@@host/db'}",
            "Type: Custom::R, Properties: {Text: 'run --with password=@;x'}",
            "Type: Custom::R, Properties: {Text: \"x = {'token': '@'}\"}",
            "Type: Custom::R} # {token = '@'",
        ],
    )
    def test_a_secret_is_starred_where_it_stands_and_nothing_else_moves(self, estate, line):
        secret = spelled()
        text = f"Resources:\n  R: {{{line.replace('@', secret, 1)}}}\n"
        loaded = estate({"t.yaml": text})
        assert all(secret not in shown for shown in loaded.files["t.yaml"].lines)
        assert [len(shown) for shown in loaded.files["t.yaml"].lines] == [len(written) for written in text.split("\n")]
        assert all(secret not in note.text for note in loaded.files["t.yaml"].comments)

    @pytest.mark.parametrize(
        "parts", [("gh", "p_"), ("AK", "IA"), ("sk_", "live_"), ("xox", "b-"), ("AI", "za"), ("github", "_pat_")]
    )
    def test_what_looks_like_a_key_is_starred_anywhere(self, estate, parts):
        secret = spelled(*parts).upper() if parts[0] == "AK" else spelled(*parts)
        secret = secret[:20] if parts[0] == "AK" else secret
        loaded = estate({"t.yaml": f"Resources:\n  R: {{Type: Custom::R, Properties: {{Text: 'a {secret} b'}}}}\n"})
        assert "a " + "*" * len(secret) + " b" in loaded.files["t.yaml"].lines[1]

    @pytest.mark.parametrize(
        "line", ["TableName: TokenTable", "KeySchema: x", "SecretArn: y", "Timeout: 30", "Handler: app.handler"]
    )
    def test_an_ordinary_line_is_left_alone(self, estate, line):
        text = f"Resources:\n  R: {{Type: Custom::R, Properties: {{{line}}}}}\n"
        assert "\n".join(estate({"t.yaml": text}).files["t.yaml"].lines) == text

    def test_a_secret_that_aliases_repeat_is_starred_once_and_whole(self, estate):
        secret = spelled()
        variables = "{Environment: {Variables: {A: *x, B: *x}}}"
        text = f"x: &x {secret}\nResources:\n  F: {{Type: AWS::Lambda::Function, Properties: {variables}}}\n"
        loaded = estate({"t.yaml": text})
        assert loaded.files["t.yaml"].lines[0] == "x: ** " + "*" * len(secret)
        assert secret not in show(loaded.all(Function)[0].environment)
