"""Headers whose words are bent, put together, or written without spaces."""

import pytest

from fairdb_core.importers.header_words import fields_by_header

HEADERS = {
    "identifier": ("Identificativo", "Identyfikator zbioru", "数据集标识", "Идентификатор набора"),
    "title": ("Name des Datensatzes", "Tytuł zasobu", "データセット名", "Наименование набора"),
    "description": ("Dataset description", "数据集摘要", "Описание набора данных", "Popis sady"),
    "creators": ("Upphovsperson", "Συγγραφέας", "数据作者", "Autoria"),
    "publisher": ("Dostawca danych", "Poskytovatel", "提供機関", "Órgão responsável"),
    "publication_date": ("Utgivningsdatum", "Data di rilascio", "公開年月日", "Datum publicatie"),
    "modified_date": ("Aktualisierungsdatum", "Data ostatniej aktualizacji", "更新日時",
                      "Дата последнего изменения", "Poslední aktualizace", "Ændringsdato"),
    "update_frequency": ("Aktualisierungsrhythmus", "Bijwerkfrequentie", "更新频率",
                         "Периодичность обновления", "Periodicita aktualizace"),
    "keywords": ("Słowa kluczowe", "Klíčová slova", "Λέξεις-κλειδιά", "タグ"),
    "access_rights": ("Zugriffsbeschränkung", "Toegankelijkheid", "Åtkomsträttigheter"),
    "access_url": ("URL di accesso", "Landningssida", "Link de acesso", "Σύνδεσμος"),
    "download_url": ("Odkaz ke stažení", "Nedladdningslänk", "Lien pour télécharger"),
    "size": ("Filstørrelse", "数据量", "Dateigröße (MB)"),
    "formats": ("Dateityp", "数据格式", "Μορφή"),
    "spatial_coverage": ("Maantieteellinen kattavuus", "Územní pokrytí", "Dækningsområde"),
    "embargo_date": ("Fecha fin de embargo", "Sperrfristende"),
    "funding": ("Poskytovatel dotace", "Fördernde Einrichtung"),
    "temporal_start": ("Periode van", "Tidsperiod från", "Okres od"),
    "temporal_end": ("Periode tot", "Tidsperiod till", "Zeitraum (bis)"),
    "related_identifiers": ("DOI för publikation", "DOI of the paper"),
    "license": ("Podmínky užití", "Warunki wykorzystania", "이용허락범위"),
    "conforms_to": ("Soulad se specifikací", "Konformität"),
    "provenance": ("Source of existing data",),
    "contact_name": ("Ответственное лицо", "問い合わせ先", "Verantwortliche Person"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "header"), [(field, header) for field in HEADERS for header in HEADERS[field]]
)
def test_header_is_understood_by_the_stems_of_its_words(field: str, header: str) -> None:
    named = fields_by_header(header)
    assert max(named, key=lambda each: named[each]) == field


@pytest.mark.parametrize(
    "header",
    ["下载量", "Antal nedladdningar", "Liczba pobrań", "Numero visualizzazioni",
     "Backup location", "Raumbezugssystem", "Universe",
     "creators[0].affiliation", "hosting_organization_key",
     "publishing_country", "project_identifier", "AGENCY_ACRONYM"],
)  # fmt: skip
def test_figures_and_names_of_others_name_no_field(header: str) -> None:
    assert not any(score >= 0.6 for score in fields_by_header(header).values())
