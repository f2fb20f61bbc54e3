"""What is told of the values that were judged, where it is more than the values."""

import pytest

from fairdb_core.indicators import INDICATORS
from fairdb_core.indicators.descriptions import CITATION, DISCOVERY, PLURALITY
from fairdb_core.metadata import FIELDS
from fairdb_core.records import Record

FULL: Record = {f.name: [f.example] if f.is_many else f.example for f in FIELDS}
LONG = "https://example.org/" + 200 * "a"


def evidence(key: str, record: Record) -> str:
    tell = INDICATORS[key].evidence
    assert tell is not None
    return tell(record)


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({}, "no value in Download URL"),
        ({"access_rights": "open access"}, "no value in Download URL"),
        ({"access_rights": "ask Marie"}, "no value in Download URL"),
        (
            {"access_rights": "auf Anfrage"},
            "no link to the data is due: Access rights says auf Anfrage",
        ),
        (
            {"access_rights": "restricted", "download_url": ["s3://a/b", "https://a.org/b"]},
            "Download URL: s3://a/b; https://a.org/b",
        ),
        ({"download_url": [LONG]}, f"Download URL: {LONG[:160]}"),
    ],
)
def test_link_is_told_or_why_none_is_due(record: Record, told: str) -> None:
    keys = (
        "record_names_its_data", "has_download_link", "data_protocol_is_standard",
        "data_protocol_is_free", "data_protocol_can_authenticate",
    )  # fmt: skip
    assert {evidence(key, record) for key in keys} == {told}


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({}, "no value in Download URL"),
        (
            {"identifier": LONG, "resource_type": "Dataset"},
            f"no value in Download URL; Identifier: {LONG[:160]}; Resource type: Dataset",
        ),
    ],
)
def test_what_may_name_the_data_is_told(record: Record, told: str) -> None:
    assert evidence("record_holds_identifier_of_data", record) == told


@pytest.mark.parametrize(
    ("key", "elements"),
    [("has_citation_elements", CITATION), ("has_discovery_elements", DISCOVERY)],
)
def test_missing_elements_are_told_by_their_titles(key: str, elements: tuple[str, ...]) -> None:
    count = len(elements)
    assert evidence(key, FULL) == f"all {count} elements are there"
    for field in FIELDS:
        poorer = {name: value for name, value in FULL.items() if name != field.name}
        expected = f"all {count} elements are there"
        if field.name in elements:
            expected = f"{count - 1} of {count} are there; empty: {field.title}"
        assert evidence(key, poorer) == expected
    assert evidence(key, {"title": "Soil", "publisher": "Zenodo"}).startswith(f"2 of {count} are")


def test_filled_and_empty_descriptive_fields_are_told() -> None:
    assert evidence("has_plurality_of_attributes", FULL) == "20 of 20 descriptive fields are filled"
    poorer = {name: value for name, value in FULL.items() if name not in PLURALITY[2:]}
    told = evidence("has_plurality_of_attributes", poorer)
    assert told.startswith("2 of 20 descriptive fields are filled; empty: Subjects, Contributors")


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({}, "no value in Formats, no value in Media types"),
        (
            {"formats": ["CSV", "unheard of"], "media_types": ["csv"]},
            "Formats: CSV; unheard of (listed), Media types: csv (not listed)",
        ),
        (
            {"formats": ["x" * 200], "media_types": ["text/csv"]},
            f"Formats: {'x' * 120} (not listed), Media types: text/csv (listed)",
        ),
    ],
)
def test_formats_are_told_with_whether_they_are_listed(record: Record, told: str) -> None:
    assert evidence("format_terms_are_listed", record) == told


def test_no_field_holds_measured_variables() -> None:
    assert evidence("names_variables", FULL) == "the fields hold no measured variables"
