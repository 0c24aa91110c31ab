"""The services that invoke functions."""

from pathlib import Path

import pytest

from lambdaward.catalog import service, services
from lambdaward.catalog.sheet import FOLDER, Sheet, Source, sheet

OVERLAYS = Path(__file__).parents[2] / "tools" / "data"


@pytest.mark.parametrize(
    "principal",
    ["logs.amazonaws.com", "logs.eu-west-1.amazonaws.com", "logs.us-gov-west-1.amazonaws.com", "logs.amazonaws.com.cn"],
)
def test_a_principal_is_known_in_every_region_and_partition(principal):
    assert service(principal) is services()["logs.amazonaws.com"]


@pytest.mark.parametrize("principal", ["*", "123456789012", "logs.example.com", "amazonaws.com"])
def test_another_principal_is_not_known(principal):
    assert service(principal) is None


def test_an_s3_arn_names_no_account():
    assert not service("s3.amazonaws.com").account_in_arn


def test_a_service_without_a_source_arn_has_a_reason():
    bare = {name for name, row in services().items() if not row.source_arn}
    assert bare == {"alexa-appkit.amazon.com", "alexa-connectedhome.amazon.com", "replicator.lambda.amazonaws.com"}


@pytest.mark.parametrize("file", sorted([*FOLDER.glob("*.json"), *OVERLAYS.glob("*.json")]), ids=lambda file: file.stem)
def test_every_data_file_states_its_sources_with_licence_and_day(file):
    head: Sheet = sheet(file.stem, object, file.parent)
    assert head.about
    assert head.sources
    assert all(isinstance(source, Source) and source.licence and source.read >= "2026-" for source in head.sources)
