"""Names that imitate well-known ones."""

import pytest
from osv import component

from lambdaward.packages import Ecosystem
from lambdaward.packages.lookalikes import imitated, popular

PYPI, NPM = Ecosystem.PYPI, Ecosystem.NPM


@pytest.mark.parametrize(
    ("ecosystem", "name", "target"),
    [
        (PYPI, "reqeusts", "requests"),
        (PYPI, "requessts", "requests"),
        (PYPI, "crypt0graphy", "cryptography"),
        (PYPI, "cryptograhy", "cryptography"),
        (PYPI, "djang0", "django"),
        (NPM, "crossenv", "cross-env"),
        (NPM, "lodahs", "lodash"),
        (NPM, "typescriptt", "typescript"),
        (NPM, "Typescirpt", "typescript"),
    ],
)
def test_a_name_one_slip_away_imitates(ecosystem, name, target):
    assert imitated(component(ecosystem, name, "1.0.0")) == target


@pytest.mark.parametrize(
    ("ecosystem", "name", "group"),
    [
        (PYPI, "requests", ""),
        (PYPI, "requests-oauth-tulip", ""),
        (PYPI, "boto", ""),
        (PYPI, "urllib4", ""),
        (PYPI, "sixx", ""),
        (NPM, "typescirpt", "@scope"),
        (NPM, "requests-tulip", ""),
        (Ecosystem.MAVEN, "lodahs", ""),
    ],
)
def test_other_names_do_not(ecosystem, name, group):
    assert imitated(component(ecosystem, name, "1.0.0", group)) == ""


@pytest.mark.parametrize("ecosystem", [PYPI, NPM])
def test_no_well_known_name_imitates_another(ecosystem):
    assert not [name for name in popular()[ecosystem.value] if imitated(component(ecosystem, name, "1"))]
