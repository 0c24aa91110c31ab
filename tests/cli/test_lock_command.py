"""`lambdaward lock`: writing, verifying and comparing locks."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "packages"))
from archives import Member, zip_of

TEMPLATE = """
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Code: orders.zip
      Layers: [arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:14]
"""
LAYER = "arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:14"


@pytest.fixture
def project(folder, write):
    """A project with one function."""
    write(**{"template.yaml": TEMPLATE})
    (folder / "orders.zip").write_bytes(zip_of(Member("index.py", b"import os\n")))
    return folder


def test_a_lock_is_written_and_holds(run, project):
    ran = run("lock")
    assert (ran.code, ran.out) == (0, "")
    assert f"note: layer {LAYER}: not known: the content of a layer of another account is not here" in ran.err
    assert (project / "lambda.lock").read_text().startswith("# Written by `lambdaward lock`")
    assert run("lock", "--verify") == (0, "everything is as it was locked in lambda.lock\n", "")
    assert run("lock", "--diff", "lambda.lock", "lambda.lock") == (0, "", "")


def test_what_changed_is_named_with_its_entries(run, project):
    run("lock")
    (project / "orders.zip").write_bytes(
        zip_of(Member("index.py", b"import os\nos.system(x)\n"), Member("x.so", b"\x7fELF"))
    )
    ran = run("lock", "--verify")
    assert ran.code == 1
    assert "function template.yaml/Orders: package hash changed: " in ran.out
    assert "  changed  index.py (new: exec)\n" in ran.out
    assert "  added    x.so (new: native)\n" in ran.out


def test_an_edited_line_of_the_lock_is_named(run, project):
    run("lock")
    lock = project / "lambda.lock"
    lock.write_text(lock.read_text().replace('publisher = "AWS"', 'publisher = "Aws"'))
    ran = run("lock", "--verify")
    assert ran.code == 1
    assert f"layer {LAYER}: its lines in the lock were edited\n" in ran.out
    assert f"layer {LAYER}: publisher changed: Aws -> AWS\n" in ran.out


def test_content_that_was_locked_and_is_not_given_any_more_is_unknown(run, project):
    (project / "insights.zip").write_bytes(zip_of(Member("extensions/insights", b"\x7fELF")))
    given = ("--content", f"{LAYER}=insights.zip")
    assert run("lock", *given) == (0, "", "")
    assert run("lock", "--verify", *given).code == 0
    ran = run("lock", "--verify")
    assert (ran.code, f"layer {LAYER}: package hash was locked and is not known now" in ran.out) == (4, True)


def test_two_versions_of_a_layer_are_compared_inside(run, project):
    (project / "old.zip").write_bytes(zip_of(Member("python/a.py", b"A = 1\n")))
    (project / "new.zip").write_bytes(
        zip_of(Member("python/a.py", b"A = 1\n"), Member("bootstrap", b"#!/bin/sh\ncurl x"))
    )
    run("lock", "--content", f"{LAYER}=old.zip", "--file", "old.lock")
    (project / "template.yaml").write_text(TEMPLATE.replace(":14", ":15"))
    run("lock", "--content", f"{LAYER[:-2]}15=new.zip", "--file", "new.lock")
    ran = run("lock", "--diff", "old.lock", "new.lock")
    assert ran.code == 1
    assert f"layer {LAYER} -> {LAYER[:-2]}15\n" in ran.out
    assert "  added    bootstrap (new: exec, network, start-up)\n" in ran.out
    assert "  capability: none -> network\n" in ran.out
    ran = run("lock", "--diff", "old.zip", "new.zip")
    assert (ran.code, "  added    bootstrap (new: exec, network, start-up)\n" in ran.out) == (1, True)
    assert run("lock", "--diff", "old.zip", "old.zip") == (0, "", "")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--verify",), 2, "lambda.lock: it cannot be read (No such file or directory)"),
        (("--verify", "--diff"), 2, "give one of them"),
        (("--diff", "one"), 2, "`--diff` takes an old and a new lock or package, not 1"),
        (("--diff", "one", "two"), 2, "one: it is not there"),
        (("--content", "Others=orders.zip"), 2, "no function or layer of what was read is called so"),
        (("--content", "Orders"), 2, "write NAME=FILE"),
        (("--content", "Orders=absent.zip"), 2, "absent.zip: it cannot be read"),
    ],
)
def test_what_cannot_be_used_is_one_clear_line(run, project, words, code, said):
    ran = run("lock", *words)
    assert (ran.code, said in ran.err) == (code, True), ran.err


def test_nothing_to_lock_exits_with_3(run, folder):
    assert run("lock").code == 3
