"""The severity that a record states: CVSS 3 before CVSS 4, a vector before a word."""

import pytest
from osv import fixed, osv, store_of

from lambdaward.packages import Ecosystem
from lambdaward.packages.advisories.severity import base_score_4

THREE = {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N"}
FOUR = {"type": "CVSS_V4", "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"}


@pytest.mark.parametrize(
    ("severity", "word", "score"),
    [
        ([FOUR], "LOW", 9.3),
        ([FOUR, THREE], "LOW", 5.3),
        ([{"type": "CVSS_V4", "score": "CVSS:4.0/AV:N"}], "LOW", 3.9),
        ([{"type": "CVSS_V4", "score": "x" * 10_000}], None, -1.0),
        ([{"type": "CVSS_V2", "score": "AV:N/AC:L/Au:N/C:P/I:P/A:P"}], "HIGH", 8.9),
        ([], None, -1.0),
    ],
)
def test_the_score_is_that_of_the_surest_statement(tmp_path, severity, word, score):
    specific = {"database_specific": {"severity": word}} if word else {}
    store = store_of(tmp_path, osv("GHSA-1", "a", *fixed("2"), severity=severity, **specific))
    assert store.rows(Ecosystem.PYPI, "a")[0].score == score


@pytest.mark.parametrize(
    ("vector", "score"),
    [
        # Examples of FIRST's document of examples.
        ("CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3),
        ("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 8.8),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0.0),
    ],
)
def test_vectors_of_cvss_4_have_the_scores_of_its_calculator(vector, score):
    assert base_score_4(vector) == score
