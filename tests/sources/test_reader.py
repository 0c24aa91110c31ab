"""The reader: values, positions, short tags and comments, the same from YAML and from JSON."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lambdaward.model import InputError
from lambdaward.sources.cloudformation.node import ListNode, MapNode, ScalarNode
from lambdaward.sources.cloudformation.reader import Limits, read


def tree(text, name="t.yaml"):
    return read(text.encode(), name).root


def plain(node):
    """A node as plain Python data."""
    match node:
        case ScalarNode():
            return node.value
        case ListNode():
            return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node}


def at(node):
    return node.span.line, node.span.column, node.span.end_line, node.span.end_column


def scalars(node):
    match node:
        case ScalarNode():
            yield node
        case ListNode():
            for item in node.items:
                yield from scalars(item)
        case MapNode():
            for _, value in node:
                yield from scalars(value)


def written(lines, span):
    """The text that a span covers."""
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    middle = lines[span.line : span.end_line - 1]
    return "\n".join(
        [lines[span.line - 1][span.column - 1 :], *middle, lines[span.end_line - 1][: span.end_column - 1]]
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1", 1), ("a: -7", -7), ("a: 1.5", 1.5), ("a: 0123", "0123"), ("a: 1.10", "1.10"), ("a: 1e3", "1e3"),
        ("a: 2012-10-17", "2012-10-17"), ("a: yes", True), ("a: Off", False), ("a: 'yes'", "yes"), ("a: ~", None),
        ("a:", None), ("a: '1'", "1"), ("a: 123456789012", 123456789012), ("a: 1_000", "1_000"), ("a: !!str 1", "1"),
        ("a: >-\n  x\n  y", "x y"), ("a: |\n  x\n  y\n", "x\ny\n"), ('a: "\\u00e9"', "é"),
    ],
)  # fmt: skip
def test_a_scalar_means_what_cloudformation_takes_it_for(text, value):
    assert plain(tree(text)) == {"a": value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!Ref X", {"Ref": "X"}),
        ("!Condition X", {"Condition": "X"}),
        ("!Sub '${X}'", {"Fn::Sub": "${X}"}),
        ("!GetAtt X.Arn", {"Fn::GetAtt": ["X", "Arn"]}),
        ("!GetAtt X.Outputs.Y", {"Fn::GetAtt": ["X", "Outputs.Y"]}),
        ("!GetAtt [X, Arn]", {"Fn::GetAtt": ["X", "Arn"]}),
        ("!Join [',', [!Ref A, b]]", {"Fn::Join": [",", [{"Ref": "A"}, "b"]]}),
        ("!Equals\n  - a\n  - !Ref B", {"Fn::Equals": ["a", {"Ref": "B"}]}),
        ("!Base64 {a: b}", {"Fn::Base64": {"a": "b"}}),
    ],
)
def test_a_short_tag_reads_as_the_long_form(text, value):
    assert plain(tree(text)) == value


def test_positions_are_those_of_the_text():
    root = tree("Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Tags:\n      - {Key: a, Value: !Ref B}\n")
    assert at(root) == (1, 1, 5, 32)
    bucket = root.get("Resources").entries["Bucket"]
    assert (bucket.key_span.line, bucket.key_span.column) == (2, 3)
    assert at(bucket.value.get("Type")) == (3, 11, 3, 26)
    tag = bucket.value.get("Tags").items[0]
    assert at(tag) == (5, 9, 5, 32)
    assert at(tag.get("Value")) == (5, 25, 5, 31)


def test_a_block_ends_with_its_last_value_not_with_the_blank_lines_after_it():
    assert at(tree("a:\n  b: 1\n\n\nc: 2\n").get("a")) == (2, 3, 2, 7)


def test_positions_count_characters_and_any_line_end():
    assert at(tree("é: 'ü'\r\nb: x\rc: y\n").get("c")) == (3, 4, 3, 5)
    assert at(tree("a: '\u2028'\nb: x\n").get("b")) == (2, 4, 2, 5)


def test_json_has_the_positions_of_its_text():
    root = tree('{\n\t"a": [1, {"b": "x"}],\n  "c": null}', "t.json")
    assert at(root) == (1, 1, 3, 13)
    assert at(root.get("a").items[1].get("b")) == (2, 17, 2, 20)
    assert (root.entries["c"].key_span.line, root.entries["c"].key_span.column) == (3, 3)


def test_anchors_are_shared_and_merge_keys_give_way():
    text = "x: &x {a: 1, b: 2}\ny: &y {b: 4, c: 5}\nz: {<<: [*x, *y], a: 9}\nw: *x\n"
    assert plain(tree(text))["z"] == {"a": 9, "b": 2, "c": 5}
    assert plain(tree(text))["w"] == {"a": 1, "b": 2}


def test_comments_are_found_outside_of_texts():
    document = read(b"a: 'x # no' # one\nb: |\n  # no\nc: x#no\n# two\nd: \"# no\" # three # four\n", "t.yaml")
    notes = [(note.line, note.text, note.own_line) for note in document.comments]
    assert notes == [(1, "one", False), (5, "two", True), (6, "three # four", False)]


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3\n", '{"a": 1, "b": 2,\n "a": 3}'])
def test_of_a_key_that_is_there_twice_the_last_counts_and_it_is_said(text):
    document = read(text.encode(), "t")
    assert plain(document.root) == {"a": 3, "b": 2}
    assert [(fault.message, fault.fatal) for fault in document.problems] == [
        ("the key `a` is there twice and the last one counts", False)
    ]


def test_braces_that_are_no_json_are_read_as_yaml():
    assert plain(tree("{a: 1, b: [x, y]}")) == {"a": 1, "b": ["x", "y"]}


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8-sig", ""), ("utf-16", ""), ("utf-16-be", "\ufeff")])
def test_a_byte_order_mark_says_the_encoding(encoding, mark):
    assert plain(read((mark + "a: é").encode(encoding), "t.yaml").root) == {"a": "é"}


KEYS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | KEYS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS.filter(lambda key: key != "<<"), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(VALUES.filter(lambda value: isinstance(value, list | dict)), st.sampled_from([None, 2]))
def test_yaml_and_json_of_one_document_read_alike(value, indent):
    as_json = json.dumps(value, indent=indent, ensure_ascii=False)
    as_yaml = yaml.safe_dump(value, allow_unicode=True, width=10_000)
    assert plain(tree(as_json, "t.json")) == value
    assert plain(tree(as_yaml)) == value


@given(VALUES.filter(lambda value: isinstance(value, list | dict)))
def test_the_text_at_the_place_of_a_scalar_reads_as_the_scalar(value):
    for document in (
        read(json.dumps(value, indent=1, ensure_ascii=False).encode(), "t.json"),
        read(yaml.safe_dump(value, allow_unicode=True, width=10_000).encode(), "t.yaml"),
    ):
        for node in scalars(document.root):
            assert yaml.safe_load(written(document.lines, node.span)) == node.value


def is_read_or_refused(data, limits):
    """Whether data gives a document, or one clear error."""
    try:
        return bool(read(data, "t.yaml", limits).root.span)
    except InputError as refusal:
        return refusal.file == "t.yaml" and bool(refusal.problem) and bool(refusal.remedy)


@given(st.text(max_size=60) | st.text("{}[]:,-#&*!|>'\"%@\\ \n\tab", max_size=60))
def test_any_text_is_read_or_refused(text):
    assert is_read_or_refused(text.encode("utf-8", "surrogatepass"), Limits())


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    assert is_read_or_refused(data, Limits(nodes=50, depth=5))
