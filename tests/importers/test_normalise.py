import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdb_core.domain.uploads import ColumnMapping, Severity
from fairdb_core.errors import UnreadableFileError
from fairdb_core.importers.normalise import Normalised, normalise
from fairdb_core.importers.reader import ReadLimits, read_table
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import record_of


def of(cells: dict[str, list[str]], *mapping: ColumnMapping) -> Normalised:
    return normalise(
        pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String)),
        mapping or [ColumnMapping(name, name) for name in cells],
    )


def one(field: str, text: str, separator: str | None = None) -> tuple[object, list[str]]:
    cells = {"title": ["Soil"], field: [text]}
    mapping = [ColumnMapping(n, n, value_separator=separator) for n in cells]
    found = of(cells, *mapping)
    record = record_of(found.records.row(0, named=True))
    return record.get(field), [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("title", "  Soil \n moisture ", "Soil moisture"),
        ("title", "['Soil moisture']", "Soil moisture"),
        ("title", "Stra\u00dfe\u00a0Nr.\u20021", "Stra\u00dfe Nr. 1"),
        ("title", "Cafe\u0301 \u2013 \u212b", "Caf\u00e9 \u2013 \u00c5"),
        ("description", "Line one\nline two", "Line one\nline two"),
        ("identifier", "https://doi.org/10.5061/DRYAD.8515", "10.5061/dryad.8515"),
        ("identifier", "doi:10.5061/Dryad.8515", "10.5061/dryad.8515"),
        ("identifier", "DOI 10.5061/Dryad.8515", "10.5061/dryad.8515"),
        ("identifier", "info:doi/10.5061/dryad.8515", "10.5061/dryad.8515"),
        ("identifier", "DOI: https://doi.org/10.5061/DRYAD.8515", "10.5061/dryad.8515"),
        ("identifier", "\ufeff10.5061/dryad\u200b.8515", "10.5061/dryad.8515"),
        ("identifier", "http://hdl.handle.net/123456789/6", "hdl:123456789/6"),
        ("identifier", "https://n2t.net/ark:/12148/btv1b8449691v", "ark:12148/btv1b8449691v"),
        ("identifier", "URN:NBN:de:bvb:19-146642", "urn:nbn:de:bvb:19-146642"),
        ("identifier", "https://w3id.org/x/y", "https://w3id.org/x/y"),
        ("identifier", "identifiers.org/geo/GSE1", "https://identifiers.org/geo/GSE1"),
        ("identifier", "Own-17", "Own-17"),
        ("license", "CC BY 4.0", "CC-BY-4.0"),
        ("license", "https://creativecommons.org/licenses/by-sa/3.0/de/", "CC-BY-SA-3.0-DE"),
        ("license", "MIT License", "MIT"),
        ("language", "English||German", ["en", "de"]),
        ("language", "en_US", ["en"]),
        ("language", "Deutsch", ["de"]),
        ("formats", "text/csv", ["CSV"]),
        ("media_types", ".csv", ["text/csv"]),
        ("access_rights", "info:eu-repo/semantics/openAccess", "open access"),
        ("access_rights", "auf Anfrage", "restricted access"),
        ("publication_date", "15.03.2024", "2024-03-15"),
        ("publication_date", "2024-12-31T23:30:00.5+02:00", "2024-12-31"),
        ("modified_date", "2024-02-29 10:00", "2024-02-29"),
        ("temporal_coverage", "2015 to 2020", ["2015/2020"]),
        ("keywords", '["soil", "water", "soil"]', ["soil", "water"]),
        ("keywords", "[u'soil', u'water']", ["soil", "water"]),
        ("keywords", "soil||water||n/a||", ["soil", "water"]),
        ("creators", '[{"name": "Brandt, Ilse"}]', ["Brandt, Ilse"]),
        ("access_url", "doi:10.5061/dryad.8515", "https://doi.org/10.5061/dryad.8515"),
        ("download_url", "https://a.org/1 https://a.org/2", ["https://a.org/1", "https://a.org/2"]),
        ("related_identifiers", "IsCitedBy:doi:10.1/X", ["IsCitedBy:doi:10.1/X"]),
        ("related_identifiers", "IsCitedBy:doi:10.1038/ABC", ["IsCitedBy:10.1038/abc"]),
        ("contact_email", "Ada <ada@example.org>", "ada@example.org"),
        ("contact_email", "mailto:ada@example.org", "ada@example.org"),
        (
            "media_types",
            "https://www.iana.org/assignments/media-types/text/csv",
            ["text/csv"],
        ),
        ("spatial_bbox", "[7.5, 47.5, 8.6, 50.0]", "7.5,47.5,8.6,50"),
        ("spatial_bbox", "ENVELOPE(7.5, 8.6, 50, 47.5)", "7.5,47.5,8.6,50"),
        ("spatial_bbox", "POLYGON((7 47, 8 47, 8 50, 7 50, 7 47))", "7,47,8,50"),
    ],
)
def test_value_is_brought_to_its_canonical_spelling(
    field: str, text: str, expected: object
) -> None:
    assert one(field, text, "||") == (expected, [])


@pytest.mark.parametrize(
    ("field", "text", "kept", "code"),
    [
        ("license", "not-provided", None, "placeholder"),
        ("license", "free for all", "free for all", "licence_not_recognised"),
        ("publication_date", "2023-02-29T10:00:00Z", None, "impossible_date"),
        ("publication_date", "2023-02-30", None, "impossible_date"),
        ("publication_date", "03/04/25", None, "ambiguous_date"),
        ("access_url", "on request", None, "url_not_understood"),
        ("access_url", "https://a.org https://b.org", "https://a.org", "several_values"),
        ("contact_email", "a@x.org, b@y.org", "a@x.org", "several_values"),
        ("contact_email", "Ada Verwey", None, "email_not_understood"),
        ("spatial_bbox", "1,2,3", None, "box_not_understood"),
        ("spatial_bbox", "7,50,8,47", None, "box_not_understood"),
        ("language", "Klingonese", ["Klingonese"], "language_not_recognised"),
        ("formats", "punched tape", ["punched tape"], "format_not_recognised"),
        ("media_types", "punched tape", ["punched tape"], "media_type_not_recognised"),
        ("access_rights", "Level 0", "Level 0", "access_not_recognised"),
    ],
)
def test_what_is_not_understood_is_a_warning(
    field: str, text: str, kept: object, code: str
) -> None:
    assert one(field, text) == (kept, [code])


def test_mark_inside_of_an_address_is_part_of_it() -> None:
    cells = {"title": ["A", "B"], "u": ["https://a.org/x?a=1;b=2;https://b.org", "n/a;ftp://c.org"]}
    mapping = [
        ColumnMapping("title", "title"),
        ColumnMapping("u", "download_url", value_separator=";"),
    ]
    found = of(cells, *mapping)
    assert [record_of(row)["download_url"] for row in found.records.iter_rows(named=True)] == [
        ["https://a.org/x?a=1;b=2", "https://b.org"],
        ["ftp://c.org"],
    ]
    assert found.problems == ()


def test_problem_names_rows_as_the_spreadsheet_does() -> None:
    found = of({"title": ["A", "B", "C"], "license": ["MIT", "?", "free"]})
    placeholder, licence = found.problems
    assert (tuple(placeholder.rows), placeholder.column, placeholder.value) == (
        (3,),
        "license",
        "?",
    )
    assert (tuple(licence.rows), licence.row, licence.count) == ((4,), 4, 1)
    assert licence.severity is Severity.WARNING


def test_day_and_month_are_decided_on_the_whole_column() -> None:
    found = of({"title": ["A", "B"], "publication_date": ["03/04/2025", "25/04/2025"]})
    assert found.records["publication_date"].to_list() == ["2025-04-03", "2025-04-25"]


def test_first_filled_column_wins_and_many_values_are_merged() -> None:
    cells = {"a": ["", "x"], "b": ["y", "z"], "k": ["p;q", "p"], "l": ["q;r", ""]}
    mapping = [ColumnMapping("a", "title"), ColumnMapping("b", "title")]
    mapping += [ColumnMapping(name, "keywords", value_separator=";") for name in "kl"]
    found = of(cells, *mapping)
    assert [record_of(row) for row in found.records.iter_rows(named=True)] == [
        {"title": "y", "keywords": ["p", "q", "r"]},
        {"title": "x", "keywords": ["p"]},
    ]


def test_row_without_identifier_and_title_is_refused() -> None:
    found = of({"title": ["Soil", ""], "license": ["MIT", "MIT"]})
    assert found.refused.to_list() == [False, True]
    assert found.problems[0].code == "no_identifier_or_title"


def test_second_row_of_one_dataset_is_refused_whatever_the_doi_looks_like() -> None:
    found = of({"identifier": ["10.5061/DRYAD.1", "https://doi.org/10.5061/dryad.1", "7"]})
    assert found.refused.to_list() == [False, True, False]
    assert found.identity.to_list()[0] == found.identity.to_list()[1]
    (problem,) = found.problems
    assert (problem.code, tuple(problem.rows)) == ("duplicate_in_file", (3,))
    assert problem.expected == "each dataset once; the one in row 3 is in row 2 already"


def test_repeated_title_is_shown_as_it_reads() -> None:
    found = of({"title": ["Soil  Moisture", "soil moisture"]})
    (problem,) = found.problems
    assert (problem.code, problem.value) == ("duplicate_in_file", "soil moisture")


@pytest.mark.parametrize("field", sorted(FIELD_BY_NAME))
@pytest.mark.parametrize(
    "text", ["['\\ud800']", "[" * 1000 + "]" * 1000, "[9" + "9" * 5000 + "]", "[-" * 900, "\0"]
)
def test_strange_cell_is_no_reason_to_stop(field: str, text: str) -> None:
    found = of({"title": ["Soil"], "x": [text]}, ColumnMapping("x", field))
    assert found.records.height == 1


def test_blank_row_is_neither_stored_nor_refused() -> None:
    found = of({"title": ["Soil", " "], "license": ["", ""]})
    assert found.refused.to_list() == [False, False]
    assert found.identity.to_list() == ["title:soil", None]
    assert found.problems[0].code == "blank_row"


def test_licence_address_gives_the_licence_that_is_missing() -> None:
    url = "https://creativecommons.org/licenses/by/4.0/"
    found = of({"title": ["A"], "license_url": [url]})
    assert found.records["license"].to_list() == ["CC-BY-4.0"]


TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["n/a", "10.5061/DRYAD.1", "CC BY 4.0", "15.03.2024", "[1, 2]", "a\x1fb", "en"]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(FIELD_BY_NAME)), TEXTS, min_size=1))
def test_normalising_twice_changes_nothing(typed: dict[str, str]) -> None:
    mapping = [
        ColumnMapping(name, name, value_separator="\n" if field.is_many else None)
        for name, field in FIELD_BY_NAME.items()
    ]
    once = of({name: [text] for name, text in typed.items()}, *mapping)
    again = of(
        {
            name: [(cell or "").replace("\x1f", "\n")]
            for name, cell in once.records.row(0, named=True).items()
        },
        *mapping,
    )
    assert again.records.equals(once.records)


def test_every_sample_is_normalised(samples: Path) -> None:
    for entry in json.loads((samples / "manifest.json").read_text()):
        try:
            table = read_table(samples / entry["file"], file_name="x", limits=ReadLimits())
        except UnreadableFileError:
            continue
        answers = json.loads((samples / entry["mapping"]).read_text())
        mapping = [
            ColumnMapping(column, field, value_separator=";")
            for column, field in answers.items()
            if field in FIELD_BY_NAME
        ]
        found = normalise(table.frame, mapping)
        assert found.records.height == entry["rows"]
        assert found.refused.sum() == entry["rows"] if not entry["is_dataset_metadata"] else True
