"""What the identity of a finding survives, and what makes it another finding."""

import shutil

import pytest
from answering import FIRST, finding, found_by, rule, written
from hypothesis import example, given
from hypothesis import strategies as st

from lambdaward.findings import Severity, fingerprint
from lambdaward.model import ResourceId
from lambdaward.sources import load

OLD = """Resources:
  Old:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.8
      Handler: a.b
      Role: arn:aws:iam::111122223333:role/r
      Code: {ZipFile: pass}
"""
MOVED = """# A comment, an empty line, another resource and another order move every line.

Resources:
  Other: {Type: AWS::SQS::Queue}
  Old:
    Properties:
      Code: {ZipFile: pass}
      Role: arn:aws:iam::111122223333:role/r
      Handler: renamed.handler
      Runtime: python3.9
    Type: AWS::Lambda::Function
"""


def prints(estate):
    return {each.fingerprint for each in found_by("LWR001", estate)}


def test_it_survives_moved_and_reordered_lines_and_another_message(tmp_path):
    before = found_by("LWR001", written(tmp_path / "a", OLD))
    after = found_by("LWR001", written(tmp_path / "b", MOVED))
    assert before[0].message != after[0].message
    assert before[0].origin.line != after[0].origin.line
    assert [each.fingerprint for each in before] == [each.fingerprint for each in after]


def test_it_survives_another_name_of_the_project_folder_and_of_those_above(tmp_path):
    before = prints(written(tmp_path / "old", OLD))
    shutil.move(tmp_path / "old", tmp_path / "new")
    assert len(before) == 1
    assert prints(load([tmp_path / "new"])) == before


def test_it_is_the_same_from_wherever_the_project_is_scanned(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    whole = prints(written(tmp_path, OLD, "services/orders/template.yaml"))
    assert len(whole) == 1
    assert prints(load([tmp_path / "services" / "orders" / "template.yaml"])) == whole
    monkeypatch.chdir(tmp_path / "services")
    assert prints(load(["."])) == prints(load(["orders"])) == prints(load([".."])) == whole


@pytest.mark.parametrize(
    ("text", "name"),
    [(OLD.replace("Old:", "New:"), "template.yaml"), (OLD, "api.yaml"), (OLD, "orders/template.yaml")],
    ids=["another logical id", "another file name", "another folder inside the project"],
)
def test_another_resource_is_another_finding(tmp_path, text, name):
    before = prints(written(tmp_path / "a", OLD))
    after = prints(written(tmp_path / "b", text, name))
    assert len(before | after) == 2


def test_it_does_not_depend_on_severity_confidence_or_place():
    milder = rule(FIRST.id, "another-name", severity=Severity.LOW)
    assert finding(FIRST, "A", "Code", line=3).fingerprint == finding(milder, "A", "Role", line=9).fingerprint


texts = st.text(st.characters(codec=None), max_size=6) | st.text("1:2\x1f/.", max_size=6)
keys = st.tuples(texts, texts, texts, texts)


@given(keys, keys)
@example(("R", "a\x1fb", "c", ""), ("R", "a", "b\x1fc", ""))
@example(("R", "a/b", "c", ""), ("R", "a", "b/c", ""))
@example(("R", "a", "1:b", ""), ("R", "a1:", "b", ""))
@example(("R", "a", "\ud800", ""), ("R", "a", "?", ""))
def test_it_is_equal_exactly_when_rule_resource_and_key_are(left, right):
    made = [fingerprint(of, ResourceId(stack, name), key) for of, stack, name, key in (left, right)]
    assert (made[0] == made[1]) == (left == right)


@given(keys)
def test_it_is_twenty_hexadecimal_digits(parts):
    of, stack, name, key = parts
    made = fingerprint(of, ResourceId(stack, name), key)
    assert len(made) == 20
    assert set(made) <= set("0123456789abcdef")


def test_it_never_changes_between_versions_of_this_tool():
    assert fingerprint("LWR001", ResourceId("template.yaml", "Orders"), "k") == "f9184fd9d1deb635f2b8"
