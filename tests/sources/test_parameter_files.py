"""Files of parameter values: every form that CloudFormation's tools take."""

import pytest

from lambdaward.model import InputError
from lambdaward.sources import read_parameter_file


@pytest.mark.parametrize(
    "text",
    [
        '[{"ParameterKey": "A", "ParameterValue": "0123"}, {"ParameterKey": "B", "ParameterValue": "x,y"}]',
        '{"Parameters": {"A": "0123", "B": ["x", "y"]}, "Tags": {"C": "d"}}',
        '{"A": "0123", "B": "x,y"}',
        "A: 0123\nB: [x, y]\n",
        "Parameters:\n  - ParameterKey: A\n    ParameterValue: 0123\n  - {ParameterKey: B, ParameterValue: 'x,y'}\n",
        '["A=0123", "B=x,y"]',
        "template-file-path: t.yaml\nparameters: {A: 0123, B: 'x,y'}\ntags: {C: d}\n",
    ],
)
def test_every_form_gives_the_same_values(project, text):
    assert read_parameter_file(project({"p.json": text}) / "p.json") == {"A": "0123", "B": "x,y"}


def test_an_entry_that_keeps_its_value_gives_none(project):
    project({"p.json": '[{"ParameterKey": "A", "UsePreviousValue": true}]'})
    assert read_parameter_file("p.json") == {}


@pytest.mark.parametrize(
    "text", ['"hunter2"', '{"A": {"b": "hunter2"}}', '[{"ParameterValue": "hunter2"}]', '["hunter2"]', "[[", ""]
)
def test_anything_else_is_one_error_that_holds_no_value(project, text):
    project({"p.yaml": text})
    with pytest.raises(InputError) as caught:
        read_parameter_file("p.yaml")
    assert str(caught.value).startswith("p.yaml")
    assert "hunter2" not in str(caught.value)


def test_a_file_that_is_not_there_is_one_error():
    with pytest.raises(InputError, match="cannot be read"):
        read_parameter_file("nowhere.json")
