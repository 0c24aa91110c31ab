"""Rules in several processes answer what they answer in one."""

import datetime as dt
import os

import pytest

from lambdaward.analysis import Analysis, Given
from lambdaward.rules import Selection, run
from lambdaward.rules.runner import chosen
from lambdaward.rules.spread import spread
from lambdaward.sources import load

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system makes no copies of a process")

TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: orders.handler
      Runtime: python3.8
      FunctionUrlConfig: {AuthType: NONE}
      Policies: [{Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}]
"""
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def analysis(tmp_path):
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    return Analysis(load([tmp_path]), Given(today=TODAY))


@pytest.mark.parametrize("processes", [2, 3])
def test_processes_find_what_one_finds_in_the_same_order(analysis, processes):
    alone = list(run(analysis, Selection(advice=True)))
    assert alone
    assert list(run(analysis, Selection(advice=True), processes)) == alone


def test_what_a_process_fails_to_do_is_done_here(analysis):
    rules = chosen(Selection())
    here = os.getpid()

    def answer(each):
        if os.getpid() != here:
            raise RuntimeError("a copy fails")
        return [each[0].id]

    assert list(spread(rules, answer, 3)) == [[rule.id] for rule, _ in rules]


def test_no_process_is_left_behind(analysis, monkeypatch):
    started, fork = [], os.fork

    def remembered():
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", remembered)
    list(run(analysis, Selection(), 3))
    assert started
    for child in started:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)
