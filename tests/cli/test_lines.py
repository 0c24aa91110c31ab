"""Finding the line of a key in TOML."""

import pytest

from lambdaward.config.lines import line_of

TEXT = """\
title = "x"
[tool.lambdaward]
select = ["a"]

[tool . "lambdaward" . rules.LWR002]
days = 3
[[tool.lambdaward.accept]]
reason = "one"
[[tool.lambdaward.accept]]
'reason' = "two"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 1),
        (("tool", "lambdaward", "select"), 3),
        (("tool", "lambdaward", "select", 0), 3),
        (("tool", "lambdaward", "nothing"), 2),
        (("tool", "lambdaward", "rules", "LWR002", "days"), 6),
        (("tool", "lambdaward", "accept", 0, "reason"), 8),
        (("tool", "lambdaward", "accept", 1), 9),
        (("tool", "lambdaward", "accept", 1, "reason"), 10),
        (("tool", "lambdaward", "rules"), 5),
        (("elsewhere",), 0),
    ],
)
def test_a_key_is_found_where_it_is_written(path, line):
    assert line_of(TEXT, path) == line


@pytest.mark.parametrize("text", ["[" + " " * 200_000, "a" * 200_000, "a." * 100_000, '"' * 200_000, "[[" * 100_000])
def test_hostile_lines_take_linear_time(text):
    assert line_of(text, ("x",)) == 0
