"""Small files that grow: aliases, loops, nesting, joining and splitting end within bounds, and say that they did."""

import pytest

from lambdaward.sources.cloudformation.reader import LIMITS

OPEN = "Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, x]}\n"
TOO_MANY_NODES = "has more than 300,000 nodes"
TOO_MANY_VALUES = "there are more than 3,000,000 values"


def resource(value):
    """A template with one resource that has a value."""
    return f"Resources:\n  R:\n    Type: Custom::R\n    Properties:\n      V: {value}\n"


def repeated(count, text, separator=","):
    """A text several times, with its number put in where it has a `#`."""
    return separator.join(text.replace("#", str(number)) for number in range(count))


def aliases(levels):
    """Anchors each of which holds ten aliases of the one before."""
    first = f"a0: &a0 [{repeated(10, 'x')}]\n"
    return first + "".join(f"a{n}: &a{n} [{repeated(10, f'*a{n - 1}')}]\n" for n in range(1, levels))


def merges(levels):
    """Mappings each of which merges ten times the one before."""
    first = "a0: &a0 {k: v}\n"
    return first + "".join(f"a{n}: &a{n} {{<<: [{repeated(10, f'*a{n - 1}')}], k{n}: v}}\n" for n in range(1, levels))


def wrapped(levels, around, inner):
    """A text with others around it, `#` being the inner one."""
    for _ in range(levels):
        inner = around.replace("#", inner)
    return inner


def if_tree(levels, leaves):
    """Nested `Fn::If` whose every leaf is different."""
    return f"!If [C, {if_tree(levels - 1, leaves)}, {if_tree(levels - 1, leaves)}]" if levels else f"v{next(leaves)}"


def loops(levels, body):
    """Nested loops over a hundred members."""
    members = repeated(100, "a#")
    for level in range(levels):
        body = f"{{'Fn::ForEach::L{level}': [V{level}, [{members}], {body}]}}"
    return f"Transform: AWS::LanguageExtensions\nResources: {body}\n"


def stacks(levels, each, parameters=""):
    """Templates that each nest the next one several times."""
    nested = f"N#: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: %s{parameters}}}}}"
    head = "Parameters: {P: {Type: String, Default: x}}\n"
    files = {f"t{n}.yaml": f"{head}Resources: {{{repeated(each, nested % f't{n + 1}.yaml')}}}\n" for n in range(levels)}
    return {**files, f"t{levels}.yaml": head + resource("!Ref P")}


LISTS = f"[{repeated(20_000, 'a#')}], [{repeated(20_000, 'b#')}]"
HUGE_LIST = f"Parameters: {{P: {{Type: CommaDelimitedList, Default: '{'a,' * 200_000}'}}}}\n"
SNIPPET = "{Fn::Transform: {Name: AWS::Include, Parameters: {Location: i@.yaml}}}"
SNIPPETS = {f"i{n}.yaml": f"{{{repeated(10, f'k#: {SNIPPET}').replace('@', str(n + 1))}}}" for n in range(8)}

ENDLESS = {
    "aliases": ({"t.yaml": aliases(12) + resource("*a11")}, TOO_MANY_NODES),
    "merge keys": ({"t.yaml": merges(12) + resource("*a11")}, TOO_MANY_NODES),
    "an alias of a long text": (
        {"t.yaml": f"a: &a {'x' * 1_000_000}\n" + resource(f"[{repeated(1_000, '*a')}]")},
        TOO_MANY_NODES,
    ),
    "many files with aliases": (
        {f"t{n}.yaml": aliases(5) + resource("[*a4, *a3]") for n in range(20)},
        "nodes together",
    ),
    "a large file": (
        {"t.yaml": resource("x") + "# " + "x" * LIMITS.size},
        "more than the 4,194,304 that are read",
    ),
    "a hundred thousand resources in one file": (
        {"t.yaml": "Resources:\n" + repeated(100_000, "  R#: {Type: AWS::S3::Bucket}\n", "")},
        TOO_MANY_NODES,
    ),
    "lists in lists": (
        {"t.yaml": resource("[" * 5_000 + "]" * 5_000)},
        "nests deeper than 100 levels",
    ),
    "objects in objects": (
        {"t.json": '{"AWSTemplateFormatVersion": "x", "Resources":' + '{"a":' * 5_000 + "1" + "}" * 5_001},
        "nests deeper than 100 levels",
    ),
    "loops in loops": (
        {"t.yaml": loops(3, "{'R${V0}${V1}${V2}': {Type: Custom::R}}")},
        "loops write more than 200,000 nodes",
    ),
    "loops that write nothing": (
        {"t.yaml": loops(30, "{}")},
        "loops write more than 200,000 nodes",
    ),
    "a loop that writes long texts": (
        {"t.yaml": loops(2, "{'R${V0}${V1}': {Type: Custom::R, Properties: {V: '" + "${V0}" * 10_000 + "'}}}")},
        "loops write more than 200,000 nodes",
    ),
    "stacks in stacks": (stacks(7, 10), "there are too many nested stacks"),
    "stacks that hand down growing texts": (
        stacks(7, 3, f", Parameters: {{P: !Sub '{'${P}' * 8}'}}"),
        "there are too many nested stacks",
    ),
    "a stack that nests itself": (
        {"t.yaml": "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: t.yaml}}}\n"},
        "nests itself",
    ),
    "snippets in snippets": (
        {**SNIPPETS, "i8.yaml": "{a: b}", "t.yaml": resource(SNIPPET.replace("@", "0"))},
        "includes nest too deeply or are too many",
    ),
    "a list that is taken again and again": (
        {"t.yaml": HUGE_LIST + resource(f"[{repeated(50_000, '!Ref P')}]")},
        TOO_MANY_VALUES,
    ),
    "a list that is written as JSON": (
        {"t.yaml": HUGE_LIST + resource(f"{{'Fn::ToJsonString': [{repeated(50_000, '!Ref P')}]}}")},
        TOO_MANY_VALUES,
    ),
    "a list of nothing that is joined": (
        {"t.yaml": HUGE_LIST.replace("a,", ",") + resource(f"[{repeated(30_000, '!Join [A, !Ref P]')}]")},
        TOO_MANY_VALUES,
    ),
    "a text that is split": (
        {
            "t.yaml": HUGE_LIST.replace("CommaDelimitedList", "String")
            + resource(f"[{repeated(20_000, '!Split [a, !Ref P]')}]")
        },
        TOO_MANY_VALUES,
    ),
    "a list of a mapping": (
        {
            "t.yaml": f"Mappings: {{M: {{a: {{b: [{repeated(100_000, 'a#')}]}}}}}}\n"
            + resource(f"[{repeated(20_000, '!FindInMap [M, a, b]')}]")
        },
        TOO_MANY_VALUES,
    ),
    "subnets": (
        {"t.yaml": resource(f"[{repeated(30_000, '!Cidr [10.0.0.0/8, 256, 8]')}]")},
        TOO_MANY_VALUES,
    ),
}

DECIDING = "Conditions: {C: !Or [" + repeated(10_000, "!Equals [!Ref P#, y]") + "]}\n"
BOUNDED = {
    "a file as large as any may be": resource("x") + "      W: '" + "x" * (LIMITS.size - 100) + "'\n",
    "ninety levels": resource("{a: " * 90 + "x" + "}" * 90),
    "functions in functions": resource(wrapped(45, '!Sub ["${a}", {a: #}]', "x")),
    "JSON in JSON": resource(wrapped(40, "{'Fn::ToJsonString': [#]}", '"\\\\\\""')),
    "base64 of base64": resource(wrapped(45, "{'Fn::Base64': #}", "x" * 1_000)),
    "open conditions in each other": OPEN + resource(wrapped(45, "!If [C, #, y]", "x")),
    "alternatives that all differ": OPEN + resource(if_tree(14, iter(range(1 << 14)))),
    "alternatives that are long lists": OPEN
    + f"Resources: {{F: {{Type: AWS::Lambda::Function, Properties: {{Layers: !If [C, {LISTS}]}}}}}}\n",
    "a text of many alternatives": OPEN + resource(f"!Join ['', [{repeated(1_000, '!If [C, a#, b#]')}]]"),
    "conditions that rest on each other": "Parameters: {P: {Type: String}}\nConditions:\n  C0: !Equals [!Ref P, x]\n"
    + "".join(f"  C{n}: !Or [{repeated(10, f'!Condition C{n - 1}')}]\n" for n in range(1, 500))
    + "Resources: {R: {Type: Custom::R, Condition: C499}}\n",
    "a condition that rests on many parameters": "Parameters: {"
    + repeated(10_000, "P#: {Type: String, Default: x}")
    + "}\n"
    + DECIDING
    + resource(f"[{repeated(10_000, '!If [C, a, b]')}]"),
    "blocks of an endless network": resource("!Cidr ['::/0', 99999999999, 1]"),
    "names that are not there": resource("!Sub '" + "${x}" * 100_000 + "'"),
    "many holes": resource("!Sub '" + "${AWS::Region}" * 50_000 + "'"),
    "holes that never close": resource("!Sub '" + "${" * 1_000_000 + "'"),
    "references that never close": resource("'" + "{{resolve:ssm:" * 200_000 + "'"),
    "many secrets on one line": resource("'" + ("ghp_" + "a" * 30 + " ") * 100_000 + "'"),
    "many hidden values on one line": "{Resources: {F: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {"
    + repeated(60_000, "A#: value")
    + "}}}}}}\n",
    "an endless token": resource("'eyJ" + "a" * 2_000_000 + "'"),
    "words that begin assignments": resource('"' + "password" * 300_000 + '"'),
    "addresses that begin with a user": resource('"' + "://a:" * 500_000 + '"'),
    "comments in comments": resource("x") + "# " * 1_000_000 + "\n",
    "comments that ask to ignore": "# lambdaward: ignore[LWI001] x\n" * 100_000 + resource("x"),
    "a key that is there many times": resource("{" + repeated(70_000, "a: b") + "}"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_grows_without_end_is_cut_off_and_said(scan, name):
    files, message = ENDLESS[name]
    faults = scan(files)["problems"]
    assert any(message in fault[2] for fault in faults), faults[:3]
    assert len(faults) < 1_000


@pytest.mark.parametrize("name", BOUNDED)
def test_what_is_large_or_deep_but_ends_is_read(scan, name):
    assert scan({"t.yaml": BOUNDED[name]})["count"] == 1


def test_the_other_files_are_read_all_the_same(scan):
    found = scan({"a.yaml": aliases(12) + resource("*a11"), "b.yaml": resource("x")})
    assert found["files"] == ["b.yaml"]


@pytest.mark.parametrize("files", [20, pytest.param(200, marks=pytest.mark.oracle)])
def test_very_many_resources_are_read(scan, files):
    function = "  F#: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Role: !GetAtt R#.Arn}}\n"
    text = "Resources:\n" + repeated(250, function + "  R#: {Type: AWS::IAM::Role}\n", "")
    assert scan({f"t{n}.yaml": text for n in range(files)}, rules=False)["count"] == files * 500
