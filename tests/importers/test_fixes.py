"""One change to one field of many records, and the doubts that the preview tells of it."""

import pytest

from fairdb_core.domain.fixes import BulkFix, FixAction, LookUp
from fairdb_core.domain.uploads import Problem, Severity
from fairdb_core.importers.fixes import fix_records
from fairdb_core.importers.normalise import identities_of
from fairdb_core.metadata import FIELD_BY_NAME, FIELDS
from fairdb_core.records import Record, frame_of

RECORDS: list[Record] = [
    {"identifier": f"10.5072/rhine.{n}", "title": f"Soil {n}", "access_url": f"https://e.org/{n}"}
    for n in range(3)
]
FILL, SET, COPY = FixAction.FILL, FixAction.SET, FixAction.COPY


def doubts(fix: BulkFix, records: list[Record] = RECORDS) -> dict[str, Problem]:
    frame = frame_of(records)
    _, problems = fix_records(frame, fix, identities_of(frame))
    assert all(problem.severity is Severity.WARNING for problem in problems)
    return {problem.code: problem for problem in problems}


@pytest.mark.parametrize("name", [field.name for field in FIELDS if field.is_own][1:])
def test_one_value_of_a_single_dataset_for_many_is_doubted(name: str) -> None:
    value = "https://example.org/one" if name.endswith("_url") else "one"
    found = doubts(BulkFix(name, SET, value))["one_value_for_many"]
    assert (found.count, found.value) == (3, value)
    assert "one_value_for_many" not in doubts(BulkFix(name, SET, value), RECORDS[:1])


def test_fields_of_a_single_dataset_are_those_that_tell_it_apart() -> None:
    assert {field.name for field in FIELDS if field.is_own} == {
        "identifier", "title", "description", "access_url", "download_url", "metadata_url", "size",
        "checksum", "alternate_identifier", "alternative_title",
    }  # fmt: skip


def test_value_that_many_share_is_not_doubted() -> None:
    assert doubts(BulkFix("license", SET, "CC-BY-4.0")) == {}
    assert doubts(BulkFix("publisher", FILL, "Rhine Observatory")) == {}


def test_values_that_are_replaced_are_told_and_counted() -> None:
    records = [
        {**RECORDS[0], "license": "MIT"},
        {**RECORDS[1], "license": "CC-BY-4.0"},
        RECORDS[2],
    ]
    found = doubts(BulkFix("license", SET, "CC-BY-4.0"), records)["value_replaced"]
    assert (found.count, found.value) == (1, "MIT")
    assert "value_replaced" not in doubts(BulkFix("license", FILL, "CC-BY-4.0"), records)
    table = LookUp("licences.csv", (("10.5072/rhine.0", "ISC"), ("10.5072/rhine.1", "CC-BY-4.0")))
    looked_up = doubts(BulkFix("license", FixAction.LOOK_UP, table=table), records)
    assert looked_up["value_replaced"].count == 1


def test_values_that_differ_are_not_doubted_however_they_came() -> None:
    assert doubts(BulkFix("download_url", COPY, source="access_url")) == {}
    same = [{**record, "access_url": "https://e.org/all"} for record in RECORDS]
    copied = doubts(BulkFix("download_url", COPY, source="access_url"), same)
    assert copied["one_value_for_many"].count == 3
    table = LookUp("x.csv", tuple((str(record["identifier"]), "9 MB") for record in RECORDS))
    assert "one_value_for_many" in doubts(BulkFix("size", FixAction.LOOK_UP, table=table))


def test_only_datasets_that_change_count() -> None:
    filled: list[Record] = [{**RECORDS[0], "size": "3 MB"}, {**RECORDS[1], "size": "4 MB"}]
    found = doubts(BulkFix("size", FILL, "5 MB"), [*filled, RECORDS[2]])
    assert "one_value_for_many" not in found


@pytest.mark.parametrize("name", ["publisher", "contact_email", "related_identifiers"])
def test_example_that_is_shown_is_doubted(name: str) -> None:
    example = FIELD_BY_NAME[name].example
    assert doubts(BulkFix(name, SET, f" {example} "))["example_typed"].value == example
    assert "example_typed" not in doubts(BulkFix(name, SET, "x@example.org"))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("license", "licence_not_recognised"),
        ("access_rights", "access_not_recognised"),
        ("formats", "format_not_recognised"),
        ("media_types", "media_type_not_recognised"),
        ("language", "language_not_recognised"),
        ("resource_type", "type_not_recognised"),
    ],
)
def test_value_that_its_vocabulary_does_not_know_is_doubted(name: str, code: str) -> None:
    assert doubts(BulkFix(name, SET, "banana"))[code].value == "banana"
    assert doubts(BulkFix(name, SET, FIELD_BY_NAME[name].example)) == {}


def test_licence_that_spdx_does_not_list_leaves_its_checks_unmet() -> None:
    remedy = doubts(BulkFix("license", SET, "banana"))["licence_not_recognised"].remedy
    assert remedy.startswith("No SPDX licence is recognised")
    assert "stay unmet" in remedy
