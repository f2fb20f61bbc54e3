"""Suggestions measured on real tables, and on made-up ones in other languages and layouts."""

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fairdb_core.importers.mapping import not_a_dataset_list, suggest_mapping
from fairdb_core.metadata import FIELD_BY_NAME

LEAST_RIGHT, MOST_WRONG = 0.85, 0.07
PROSE = (
    "Measured values of the years 2001 to 2019 from automatic stations, checked by hand and "
    "published with a description of each sensor."
)


def frame(header: list[str], *rows: list[str]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict.fromkeys(header, pl.String), orient="row")


def fields(table: pl.DataFrame) -> dict[str, str | None]:
    return {column.column: column.field for column in suggest_mapping(table)}


def sample(folder: Path, entry: dict[str, Any]) -> pl.DataFrame:
    # One table has quotation marks that stand for themselves.
    quoting = csv.QUOTE_NONE if entry["file"].startswith("aws") else csv.QUOTE_MINIMAL
    with (folder / entry["file"]).open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file, delimiter=entry["separator"], quoting=quoting)
    assert len(rows) == entry["rows"]
    return frame(header, *(row[: len(header)] for row in rows))


def test_suggestions_are_right_for_real_tables(samples: Path) -> None:
    answered = right = wrong = total = 0
    for entry in json.loads((samples / "manifest.json").read_text()):
        answers = json.loads((samples / entry["mapping"]).read_text())
        notes_name = entry["mapping"].replace(".mapping.json", ".mapping.notes.json")
        notes = json.loads((samples / notes_name).read_text())
        for column in suggest_mapping(sample(samples, entry)):
            note = notes.get(column.column, {})
            proposed = note.get("proposed_field")
            good = {answers.get(column.column), proposed, *note.get("also_acceptable", ())}
            has_answer = answers.get(column.column) is not None or proposed in FIELD_BY_NAME
            total += 1
            answered += has_answer
            right += has_answer and column.field is not None and column.field in good
            wrong += column.field is not None and column.field not in good
    assert right / answered >= LEAST_RIGHT
    assert wrong / total <= MOST_WRONG


def test_tables_of_other_things_are_recognised_and_lists_of_datasets_are_not(
    samples: Path,
) -> None:
    for entry in json.loads((samples / "manifest.json").read_text()):
        table = sample(samples, entry)
        objection = not_a_dataset_list(table, suggest_mapping(table))
        assert (objection is None) == entry["is_dataset_metadata"], entry["file"]


CKAN = frame(
    ["id", "title", "notes", "license_id", "license_url", "author", "maintainer_email",
     "metadata_created", "metadata_modified", "tags", "resources_formats", "num_resources",
     "organization", "url"],
    ["6f1c9f5e-6f5e-4b1e-9d3e-0a1b2c3d4e5f", "Air quality 2019", PROSE, "cc-by",
     "https://creativecommons.org/licenses/by/4.0/", "City Lab", "a@example.org",
     "2019-04-01T10:00:00", "2020-04-01T10:00:00", "air,no2", "CSV,JSON", "3", "City of X",
     "https://data.example.org/dataset/air-quality"],
    ["7f1c9f5e-6f5e-4b1e-9d3e-0a1b2c3d4e5f", "Trees", PROSE + " Trees.", "odc-by",
     "https://opendatacommons.org/licenses/by/", "Parks", "b@example.org",
     "2018-04-01T10:00:00", "2021-04-01T10:00:00", "trees,green", "SHP", "1", "City of X",
     "https://data.example.org/dataset/trees"],
)  # fmt: skip
GERMAN = frame(
    ["Kennung", "Titel", "Beschreibung", "Urheber", "Herausgeber", "Erscheinungsjahr",
     "Schlagwörter", "Lizenz", "Zugang", "Dateiformat", "Zeitraum von", "Zeitraum bis",
     "Letzte Änderung", "Ansprechpartner", "E-Mail", "Anzahl Aufrufe", "Link"],
    ["doi:10.1000/a1", "Bodenfeuchte", PROSE, "Brandt, Ilse", "Uni X", "2019", "Boden; Wasser",
     "CC BY 4.0", "offen", "CSV", "01.01.2015", "31.12.2018", "15.02.2020", "Ada Wolf",
     "a@example.org", "17", "https://example.org/a1"],
    ["doi:10.1000/a2", "Luftdaten", PROSE + " Luft.", "Meyer, Jo", "Uni X", "2021",
     "Luft; Stadt", "CC0", "eingeschränkt", "NetCDF", "01.01.2016", "31.12.2020", "16.02.2022",
     "Ada Wolf", "a@example.org", "240", "https://example.org/a2"],
)  # fmt: skip
SPANISH = frame(
    ["Identificador", "Título", "Descripción", "Organismo responsable", "Fecha de publicación",
     "Última actualización", "Frecuencia de actualización", "Palabras clave", "Licencia",
     "URL de descarga", "Formato", "Cobertura geográfica", "Idioma"],
    ["es-001", "Padrón municipal", PROSE, "Ayuntamiento", "2019-05-06", "2022-01-02", "anual",
     "población|censo", "CC-BY-4.0", "https://example.org/padron.csv", "CSV", "Sevilla", "es"],
    ["es-002", "Tráfico", PROSE + " Datos.", "Ayuntamiento", "2020-05-06", "2022-03-02",
     "mensual", "tráfico|vías", "CC-BY-4.0", "https://example.org/trafico.csv", "CSV", "Sevilla",
     "es"],
)  # fmt: skip
FRENCH = frame(
    ["dc.identifier", "dc.title[fr]", "dc.creator[]", "dc.date.issued", "dc.description.abstract",
     "dc.subject", "dc.rights", "dc.language.iso", "dc.publisher", "dc.type", "dc.relation"],
    ["hdl:20.500.12345/1", "Humidité des sols", "Le Goff, Yann||Moreau, Lucie", "2019-06", PROSE,
     "sol||eau", "https://creativecommons.org/licenses/by/4.0/", "fr", "Université X", "Dataset",
     "https://doi.org/10.1000/p1"],
    ["hdl:20.500.12345/2", "Chants bretons", "Le Goff, Yann", "2021-06", PROSE + " Chants.",
     "chant||langue", "https://creativecommons.org/licenses/by-nc/4.0/", "br", "Université X",
     "Sound", "https://doi.org/10.1000/p2"],
)  # fmt: skip
DATAVERSE = frame(
    ["datasetPersistentId", "citationDate", "Dataset Title", "authorName", "dsDescriptionValue",
     "Subject", "Keyword Term", "Depositor", "fileCount", "Publication Date", "Version Number"],
    ["doi:10.7910/DVN/A", "2020", "Votes", "Fischer, M", PROSE, "Social Sciences",
     "votes; elections", "Becker, T", "4", "2020-02-03", "1.0"],
    ["doi:10.7910/DVN/B", "2021", "Prices", "Larsen, I", PROSE + " Prices.", "Social Sciences",
     "prices; trade", "Becker, T", "9", "2021-02-03", "2.1"],
)  # fmt: skip
SOCRATA = frame(
    ["U ID", "Name", "Description", "Category", "Keywords", "Owner", "Contact Email", "License",
     "Visits", "Downloads", "Creation Date", "Last Update Date", "Update Frequency",
     "Public Access Level", "Landing Page"],
    ["abcd-1234", "Crimes", PROSE, "Public Safety", "crime, police", "Police Department",
     "x@example.org", "Public Domain", "1200", "33", "03/25/2015", "04/30/2021", "daily",
     "public", "https://example.org/d/abcd-1234"],
    ["efgh-5678", "Permits", PROSE + " Permits.", "Housing", "permits, building", "Buildings",
     "y@example.org", "Public Domain", "800", "12", "05/14/2016", "05/01/2021", "weekly",
     "public", "https://example.org/d/efgh-5678"],
)  # fmt: skip
JAPANESE = frame(
    ["識別子", "タイトル", "説明", "作成者", "公開日", "ライセンス", "キーワード"],
    ["10.1000/j1", "土壌水分", PROSE, "Sato, Kenji", "2020-01-02", "CC-BY-4.0", "土壌;水"],
    ["10.1000/j2", "気温", PROSE + " 気温", "Sato, Kenji", "2021-01-02", "CC0-1.0", "気温;空気"],
)  # fmt: skip
NAMELESS = frame(
    ["c1", "c2", "c3", "c4"],
    ["10.1000/n1", PROSE, "CC-BY-4.0", "a@example.org"],
    ["10.1000/n2", PROSE + " Two.", "CC0-1.0", "b@example.org"],
)

MADE_UP = {
    "CKAN": (CKAN, {
        "id": "identifier", "title": "title", "notes": "description", "license_id": "license",
        "license_url": "license_url", "author": "creators", "maintainer_email": "contact_email",
        "metadata_modified": "modified_date", "tags": "keywords", "num_resources": None,
        "organization": "publisher", "url": "access_url"}),
    "German": (GERMAN, {
        "Kennung": "identifier", "Titel": "title", "Beschreibung": "description",
        "Urheber": "creators", "Herausgeber": "publisher",
        "Erscheinungsjahr": "publication_date", "Schlagwörter": "keywords", "Lizenz": "license",
        "Zugang": "access_rights", "Dateiformat": "formats", "Zeitraum von": "temporal_start",
        "Zeitraum bis": "temporal_end", "Letzte Änderung": "modified_date",
        "Ansprechpartner": "contact_name", "E-Mail": "contact_email", "Anzahl Aufrufe": None,
        "Link": "access_url"}),
    "Spanish": (SPANISH, {
        "Identificador": "identifier", "Título": "title", "Descripción": "description",
        "Organismo responsable": "publisher", "Fecha de publicación": "publication_date",
        "Última actualización": "modified_date",
        "Frecuencia de actualización": "update_frequency", "Palabras clave": "keywords",
        "Licencia": "license", "URL de descarga": "download_url", "Formato": "formats",
        "Cobertura geográfica": "spatial_coverage", "Idioma": "language"}),
    "French": (FRENCH, {
        "dc.identifier": "identifier", "dc.title[fr]": "title", "dc.creator[]": "creators",
        "dc.date.issued": "publication_date", "dc.description.abstract": "description",
        "dc.rights": "license", "dc.language.iso": "language", "dc.publisher": "publisher",
        "dc.type": "resource_type", "dc.relation": "related_identifiers"}),
    "Dataverse": (DATAVERSE, {
        "datasetPersistentId": "identifier", "Dataset Title": "title", "authorName": "creators",
        "dsDescriptionValue": "description", "Subject": "subjects", "Keyword Term": "keywords",
        "fileCount": None, "Publication Date": "publication_date", "Version Number": "version"}),
    "Socrata": (SOCRATA, {
        "U ID": "identifier", "Name": "title", "Description": "description", "Category": "theme",
        "Keywords": "keywords", "Owner": "rights_holder", "Contact Email": "contact_email",
        "License": "license", "Visits": None, "Downloads": None,
        "Creation Date": "creation_date", "Last Update Date": "modified_date",
        "Update Frequency": "update_frequency", "Public Access Level": "access_rights",
        "Landing Page": "access_url"}),
    "Japanese": (JAPANESE, {
        "識別子": "identifier", "タイトル": "title", "説明": "description", "作成者": "creators",
        "公開日": "publication_date", "ライセンス": "license", "キーワード": "keywords"}),
    "nameless": (NAMELESS, {
        "c1": "identifier", "c2": "description", "c3": "license", "c4": "contact_email"}),
}  # fmt: skip


@pytest.mark.parametrize("kind", MADE_UP)
def test_suggestions_are_right_for_made_up_tables(kind: str) -> None:
    table, expected = MADE_UP[kind]
    found = fields(table)
    assert {column: found[column] for column in expected} == expected
    assert not_a_dataset_list(table, suggest_mapping(table)) is None


def test_suggestion_says_how_sure_it_is_and_why() -> None:
    column = suggest_mapping(GERMAN)[7]
    assert column.confidence > 0.9
    assert column.reason == "the header says licence; 100 % of the values are licences"
    assert column.samples == ("CC BY 4.0", "CC0")
    assert column.filled_share == 1.0


def test_content_outweighs_the_header() -> None:
    table = frame(
        ["title", "identifier", "license"],
        ["Soil", "https://example.org/a.csv", "not-provided"],
        ["Water", "https://example.org/b.csv", "not-provided"],
    )
    found = {column.column: column for column in suggest_mapping(table)}
    assert found["identifier"].field == "download_url"
    assert found["license"].field is None
    assert "missing" in found["license"].reason


@pytest.mark.parametrize(
    ("cells", "separator"),
    [
        (["soil; water", "air", "fire; earth"], ";"),
        (["soil||water", "air||fire"], "||"),
        (["soil|water", "air|fire"], "|"),
        (["soil, water", "air, fire, earth"], ","),
        (["soil\nwater", "air\nfire"], "\n"),
        (['["soil", "water"]', "['air']"], "json"),
        (["soil", "water"], None),
    ],
)
def test_mark_between_values_is_decided_on_the_whole_column(
    cells: list[str], separator: str | None
) -> None:
    table = frame(["title", "keywords"], *([f"T{n}", cell] for n, cell in enumerate(cells)))
    assert suggest_mapping(table)[1].value_separator == separator


def test_comma_in_a_persons_name_parts_nothing() -> None:
    table = frame(["title", "creators"], ["A", "Brandt, Ilse"], ["B", "Okafor, Daniel"])
    assert suggest_mapping(table)[1].value_separator is None


def test_comma_between_full_names_parts_them() -> None:
    table = frame(["title", "creators"], ["A", "Ilse Brandt, Jo Meyer"], ["B", "Daniel Okafor"])
    assert suggest_mapping(table)[1].value_separator == ","


def test_mark_in_few_cells_still_parts_them() -> None:
    rows = [[f"T{n}", f"soil; water {n}" if n % 30 == 0 else f"topic {n}"] for n in range(300)]
    assert suggest_mapping(frame(["title", "keywords"], *rows))[1].value_separator == ";"


def test_single_row_of_a_long_column_decides_the_order_of_day_and_month() -> None:
    rows = [[f"T{n}", f"0{n % 9 + 1}/0{n % 7 + 1}/2020"] for n in range(4_000)]
    rows[3_001][1] = "25/04/2020"
    assert suggest_mapping(frame(["title", "issued"], *rows))[1].is_day_first is True


def test_order_of_day_and_month_is_decided_on_the_whole_column() -> None:
    table = frame(["title", "issued"], ["A", "03/04/2020"], ["B", "25/04/2020"])
    assert suggest_mapping(table)[1].is_day_first is True


NOT_DATASETS = {
    "matrix": frame(["t", "a", "b", "c"], ["1", "2.5", "3", "4"], ["2", "2.6", "3", "5"]),
    "persons": frame(
        ["First name", "Surname", "Phone", "E-mail"], ["Ada", "Wolf", "123", "a@example.org"]
    ),
    "publications": frame(
        ["Title", "Journal", "Volume", "Issue", "Pages", "DOI"],
        ["On soil", "Nature", "1", "2", "3-4", "10.1000/p"],
    ),
    "orders": frame(
        ["Order ID", "Customer", "Quantity", "Unit price"], ["1", "Smith", "3", "9.99"]
    ),
}

OTHER_HEADERS = {
    "articles": "Autores;Título del artículo;Revista;Volumen;Número;Páginas;Año;ISSN",
    "sightings": "occurrenceID;basisOfRecord;scientificName;eventDate;decimalLatitude;country",
    "measurements": "timestamp;sensor_id;value;unit",
    "patients": "patient_id;age;sex;diagnosis;admission_date",
    "genes": "gene_id;gene_name;chromosome;start;end;strand",
    "goods": "SKU;Product name;Description;Price;Stock;Category",
    "codebook": "variable;label;type;unit;missing_code;description",
    "grants": "Grant number;Project title;PI;Start;End;Amount;Currency",
    "staff": "Personalnummer;Vorname;Nachname;Abteilung;Eintrittsdatum;Gehalt",
}


@pytest.mark.parametrize("kind", OTHER_HEADERS)
def test_headers_of_other_things_are_recognised(kind: str) -> None:
    header = OTHER_HEADERS[kind].split(";")
    table = frame(header, *([f"{name[:2]} {n}" for name in header] for n in range(3)))
    assert not_a_dataset_list(table, suggest_mapping(table)) is not None


@pytest.mark.parametrize(
    "header",
    ["Title", "Name;URL", "DOI;Creator;Year", "Dataset;Species;Gene;Sequence;Chromosome",
     "Titel;Einheit;Lizenz;Codes;Variable", "Nazwa;Opis", "タイトル;説明"],
)  # fmt: skip
def test_short_lists_of_datasets_are_let_through(header: str) -> None:
    names = header.split(";")
    table = frame(names, *([f"Word {name} {n}" for name in names] for n in range(3)))
    assert not_a_dataset_list(table, suggest_mapping(table)) is None


@pytest.mark.parametrize("kind", NOT_DATASETS)
def test_rows_that_are_no_datasets_are_recognised(kind: str) -> None:
    table = NOT_DATASETS[kind]
    objection = not_a_dataset_list(table, suggest_mapping(table))
    assert objection is not None
    assert objection.code == "not_a_dataset_list"
    assert all(column.field is None for column in suggest_mapping(table)) or kind == "matrix"


def test_content_speaks_where_no_word_of_the_header_is_known() -> None:
    table = frame(
        ["Qwa", "Zrt", "Pllk", "Vbx", "Ghj"],
        ["Soil moisture of 2019", "Brandt, Ilse", "english", "CSV", "https://example.org/a"],
        ["Birds of the delta", "Okafor, Daniel", "german", "XLSX", "https://example.org/b"],
    )
    assert fields(table) == {
        "Qwa": "title", "Zrt": "creators", "Pllk": "language", "Vbx": "formats",
        "Ghj": "access_url"}  # fmt: skip


def test_addresses_are_no_places_unless_they_are_of_a_gazetteer() -> None:
    pages = frame(["title", "spatial"], ["Soil", "https://example.org/a"])
    places = frame(["title", "spatial"], ["Soil", "https://www.geonames.org/2921044"])
    assert fields(pages)["spatial"] != "spatial_coverage"
    assert fields(places)["spatial"] == "spatial_coverage"


def test_second_column_of_other_dois_is_of_related_resources() -> None:
    table = frame(
        ["DOI", "Title", "Resource DOI"],
        ["10.1234/a", "Soil", "10.1000/p1"],
        ["10.1234/b", "Water", "10.1000/p2"],
    )
    assert fields(table)["Resource DOI"] == "related_identifiers"


def test_title_in_another_language_is_another_title() -> None:
    table = frame(["dct:title@en", "dct:title@fr"], ["Soil water", "Eau du sol"])
    assert fields(table) == {"dct:title@en": "title", "dct:title@fr": "alternative_title"}


def test_types_of_variables_are_no_types_of_resources() -> None:
    table = frame(
        ["title", "data type"],
        ["Air quality 2019", "varchar(20)"],
        ["River levels", "INTEGER"],
        ["Soil moisture", "date"],
    )
    assert fields(table) == {"title": "title", "data type": None}


def test_numbers_with_a_stroke_are_no_periods() -> None:
    table = frame(
        ["title", "covered"], *([f"Soil {n}", f"{n}/03/1999 10:00"] for n in (4000, 51_000))
    )
    assert fields(table)["covered"] is None


def test_one_address_in_all_rows_is_no_address_of_a_dataset() -> None:
    rows = [[f"10.5072/a.{n}", f"Soil {n}", "https://portal.example.org/"] for n in range(5)]
    for header in ("landing page", "download url"):
        found = suggest_mapping(frame(["identifier", "title", header], *rows))[2]
        assert found.field is None
        assert found.reason.startswith("one and the same address stands in all rows")
    own = [[*row[:2], f"https://portal.example.org/{n}"] for n, row in enumerate(rows)]
    assert suggest_mapping(frame(["identifier", "title", "landing page"], *own))[2].field == (
        "access_url"
    )


def test_lists_of_words_that_come_again_are_keywords_where_the_header_says_nothing() -> None:
    words = ("soil", "water", "air", "noise", "trees")
    rows = [[f"Soil of {n}", f"{words[n % 5]}; {words[n // 5]}"] for n in range(25)]
    assert fields(frame(["V1", "V2"], *rows))["V2"] == "keywords"


def test_other_identifier_is_the_identifier_where_there_is_none() -> None:
    rows = [[f"6f1c9f5e-6f5e-4b1e-9d3e-00000000000{n}", f"Soil {n}"] for n in range(4)]
    assert fields(frame(["UUID", "Title"], *rows))["UUID"] == "identifier"


def test_content_tells_of_another_field_than_the_header() -> None:
    table = frame(
        ["Title", "Extensión", "Stand", "Actualización"],
        ["Soil", "12 MB", "05.03.2021", "mensual"],
        ["Water", "3 GB", "06.04.2022", "anual"],
    )
    assert fields(table) == {
        "Title": "title", "Extensión": "size", "Stand": "modified_date",
        "Actualización": "update_frequency"}  # fmt: skip
