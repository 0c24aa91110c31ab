"""Every intrinsic function: what it gives for known values, and for those that only deployment knows."""

import pytest

from lambdaward.model import Dynamic, OneOf, Pseudo, Redacted, Ref, ResourceId, Text, Unknown, show

STACK = "template.yaml"
BUCKET = Ref(ResourceId(STACK, "Bucket"))
REGION = Pseudo("AWS::Region", STACK)
ACCOUNT = Pseudo("AWS::AccountId", STACK)

HEAD = """
Parameters:
  Stage: {Type: String, Default: dev}
  Name: {Type: String}
  Names: {Type: CommaDelimitedList, Default: "a, b"}
  Size: {Type: String, AllowedValues: [small, large]}
  Password: {Type: String, Default: hunter2, NoEcho: true}
Mappings:
  Sizes:
    small: {Memory: 128, Names: [a, b]}
    large: {Memory: 1024, Names: [c]}
Conditions:
  Yes: !Equals [!Ref Stage, dev]
  No: !Not [!Condition Yes]
  Open: !Equals [!Ref Name, x]
"""

KNOWN = {
    "!Ref Stage": "dev",
    "!Ref Names": ("a", "b"),
    '!Sub "${Stage}-x"': "dev-x",
    '!Sub ["${Own}-${Stage}", {Own: o}]': "o-dev",
    '!Sub "${!Stage}"': "${Stage}",
    "!Join ['-', [a, !Ref Stage]]": "a-dev",
    "!Join [',', !Ref Names]": "a,b",
    "!Join ['-', [a, !Ref 'AWS::NoValue', b]]": "a-b",
    "!Split [',', 'a,b']": ("a", "b"),
    "!Select [1, !Ref Names]": "b",
    "!Select ['0', [a, b]]": "a",
    "!FindInMap [Sizes, large, Memory]": 1024,
    "!FindInMap [Sizes, small, Names]": ("a", "b"),
    "!FindInMap [Sizes, huge, Memory, {DefaultValue: 1}]": 1,
    "!If [Yes, a, b]": "a",
    "!If [No, a, b]": "b",
    "!If [No, a, !Ref 'AWS::NoValue']": None,
    "!Base64 abc": "YWJj",
    "!Base64 {Ref: Stage}": "ZGV2",
    "!Cidr ['10.0.0.0/24', 2, 5]": ("10.0.0.0/27", "10.0.0.32/27"),
    "!Cidr ['10.0.0.0/16', 1]": ("10.0.0.0/24",),
    "{'Fn::Length': [1, 2, 3]}": 3,
    "{'Fn::Length': !Ref Names}": 2,
    "{'Fn::ToJsonString': {a: [1, true, x]}}": '{"a":[1,true,"x"]}',
    "[a, !Ref 'AWS::NoValue', b]": ("a", "b"),
    "{'Fn::Sub': '${Stage}'}": "dev",
}


@pytest.mark.parametrize("expression", KNOWN)
def test_a_function_of_known_values_is_known(evaluate, expression):
    assert evaluate(expression, HEAD) == KNOWN[expression]


@pytest.mark.parametrize("expression", ["!Ref Bucket", '!Sub "${Bucket}"', "!Join ['', [!Ref Bucket]]"])
def test_every_spelling_of_a_reference_is_the_same_value(evaluate, expression):
    assert evaluate(expression) == Text((BUCKET,))


@pytest.mark.parametrize(
    "expression",
    ["!GetAtt Queue.Arn", "!GetAtt [Queue, Arn]", '!Sub "${Queue.Arn}"', "{'Fn::GetAtt': [Queue, !Ref Attribute]}"],
)
def test_every_spelling_of_an_attribute_is_the_same_value(evaluate, expression):
    head = "Parameters: {Attribute: {Type: String, Default: Arn}}\n"
    assert (
        show(evaluate(expression, head))
        == "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Queue.QueueName}"
    )


def test_an_attribute_that_only_deployment_gives_is_a_hole(evaluate):
    assert evaluate("!GetAtt Function.SnapStartResponse.ApplyOn") == Text(
        (Ref(ResourceId(STACK, "Function"), "SnapStartResponse.ApplyOn"),)
    )


def test_a_text_keeps_what_is_not_known_as_holes(evaluate):
    assert evaluate('!Sub "arn:aws:s3:::${Bucket}/${AWS::Region}"') == Text(("arn:aws:s3:::", BUCKET, "/", REGION))


def test_pseudo_parameters_are_symbols_until_they_are_given(evaluate):
    assert evaluate("!Ref AWS::Region") == Text((REGION,))
    assert evaluate("!Ref AWS::Region", region="cn-north-1") == "cn-north-1"
    assert evaluate('!Sub "${AWS::Partition}/${AWS::URLSuffix}"', region="cn-north-1") == "aws-cn/amazonaws.com.cn"
    assert evaluate("!Ref AWS::AccountId", account="123456789012") == "123456789012"


def test_given_pseudo_parameters_stand_in_identities_too(evaluate):
    arn = evaluate("!GetAtt Queue.Arn", region="eu-west-1", account="123456789012")
    assert show(arn) == "arn:aws:sqs:eu-west-1:123456789012:${Queue.QueueName}"


def test_parts_of_an_arn_are_found_by_its_colons(evaluate):
    assert evaluate("!Select [5, !Split [':', !GetAtt Queue.Arn]]") == Text(
        (Ref(ResourceId(STACK, "Queue"), "QueueName"),)
    )


def test_a_text_whose_hole_may_hold_the_delimiter_is_not_split(evaluate):
    assert isinstance(evaluate("!Select [2, !Split ['/', !GetAtt Queue.QueueUrl]]"), Unknown)


def test_a_parameter_without_value_is_unknown_and_says_how_to_give_it(evaluate):
    assert evaluate("!Ref Name", HEAD) == Unknown("parameter Name has no default", "give --parameter Name=VALUE")


def test_an_open_condition_leaves_both_branches(evaluate):
    assert evaluate("!If [Open, a, b]", HEAD) == OneOf(
        ("a", "b"), "condition Open is not known: parameter Name has no default"
    )


def test_a_branch_may_be_absent(evaluate):
    assert evaluate("!If [Open, a, !Ref 'AWS::NoValue']", HEAD).options == ("a", None)


def test_alternatives_are_joined_one_by_one(evaluate):
    assert evaluate("!Join ['-', [x, !If [Open, a, !Ref 'AWS::NoValue'], y]]", HEAD).options == ("x-a-y", "x-y")


def test_an_open_key_leaves_what_it_may_find(evaluate):
    assert evaluate("!FindInMap [Sizes, !Ref Size, Memory]", HEAD).options == (128, 1024)
    assert evaluate("!FindInMap [Sizes, !Ref Name, Memory]", HEAD).options == (128, 1024)


def test_a_secret_parameter_makes_every_text_with_it_secret(evaluate):
    for expression in ("!Ref Password", '!Sub "x${Password}"', "!Join ['', [a, !Ref Password]]"):
        assert isinstance(evaluate(expression, HEAD), Redacted)
    assert evaluate('!Sub "x${Password}"', HEAD).reveal() == "xhunter2"


@pytest.mark.parametrize(
    ("written", "service", "reference"),
    [
        ("'{{resolve:ssm:/a/b:1}}'", "ssm", "/a/b:1"),
        ("'{{resolve:ssm-secure:/a}}'", "ssm-secure", "/a"),
        ("'{{resolve:secretsmanager:name:SecretString:key}}'", "secretsmanager", "name:SecretString:key"),
        ('!Sub "{{resolve:ssm:/${Stage}/b}}"', "ssm", "/dev/b"),
        ("!Join ['', ['{{resolve:ssm:', a, '}}']]", "ssm", "a"),
    ],
)
def test_a_dynamic_reference_is_a_hole(evaluate, written, service, reference):
    assert evaluate(written, HEAD) == Text((Dynamic(service, reference),))


def test_a_dynamic_reference_may_have_holes_and_a_text_around_it(evaluate):
    assert evaluate('!Sub "a-{{resolve:secretsmanager:${Bucket}}}"') == Text(
        ("a-", Dynamic("secretsmanager", Text((BUCKET,))))
    )


def test_json_keeps_holes_inside(evaluate):
    assert evaluate("{'Fn::ToJsonString': {a: !Ref Bucket, b: 'x\"'}}") == Text(('{"a":"', BUCKET, '","b":"x\\""}'))


@pytest.mark.parametrize(
    "expression",
    ["!GetAZs ''", "!ImportValue nowhere", "{'Fn::Length': !Ref Name}", "!Base64 {Ref: Bucket}", "!Cidr [!Ref Name, 1]",
     "!Select [!Ref Name, [a]]", "!Split [',', !Ref Name]", "!Join [',', !Ref Name]"],
)  # fmt: skip
def test_what_only_deployment_knows_is_unknown_with_its_reason(evaluate, expression):
    assert evaluate(expression, HEAD).reason


FAULTS = {
    "!Ref Nothing": "`Nothing` is neither a parameter nor a resource",
    "!GetAtt Nothing.Arn": "there is no resource `Nothing`",
    '!Sub "${Nothing}"': "`Nothing` is neither a parameter nor a resource",
    "!Select [5, [a]]": "Fn::Select is out of range",
    "!FindInMap [Sizes, huge, Memory]": "the mapping has no `Sizes.huge.Memory`",
    "!Join [a]": "Fn::Join takes a delimiter and a list",
    "!If [Yes, a]": "Fn::If takes a condition and two values",
    "!Cidr [x, 1]": "Fn::Cidr cannot be computed: 'x' does not appear to be an IPv4 or IPv6 network",
    "!Frobnicate x": "`Fn::Frobnicate` is not an intrinsic function",
    "{'Fn::Transform': {Name: Mine}}": "the macro `Mine` runs only in the account",
}


@pytest.mark.parametrize("expression", FAULTS)
def test_a_fault_is_one_problem_with_its_place_and_the_value_is_unknown(estate, expression):
    files = {
        "template.yaml": HEAD + f"Resources:\n  P:\n    Type: Custom::P\n    Properties:\n      V: [{expression}]\n"
    }
    loaded = estate(files)
    assert [(fault.message, fault.line, fault.fatal) for fault in loaded.coverage.problems] == [
        (FAULTS[expression], len(HEAD.splitlines()) + 5, False)
    ]
    (value,) = loaded.resources[ResourceId(STACK, "P")].properties["V"]
    assert "?" in show(value)


def test_the_host_of_a_function_url_is_still_the_urls_own(estate):
    template = """
    Resources:
      Url: {Type: AWS::Lambda::Url}
      Probe:
        Type: Custom::Probe
        Properties: {Host: !Select [2, !Split ["/", !GetAtt Url.FunctionUrl]]}
    """
    probe = estate({"template.yaml": template}).resources[ResourceId(STACK, "Probe")]
    assert probe.properties["Host"] == Text((Ref(ResourceId(STACK, "Url"), "FunctionUrl.Host"),))
