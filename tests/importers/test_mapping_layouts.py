"""Suggestions for tables as repositories and portals of many countries lay them out; all made up.

A row of a table here is ``header | field or - | value | value``.
"""

import polars as pl
import pytest

from fairdb_core.importers.mapping import not_a_dataset_list, suggest_mapping

PROSE = (
    "Measured values of the years 2001 to 2019 from automatic stations, checked by hand and "
    "published with a description of each sensor."
)

LAYOUTS = {
    "Polish portal": """
        Identyfikator zbioru | identifier | Z-101 | Z-102
        Tytuł | title | Jakość powietrza | Poziom wody w rzekach
        Opis | description | {prose} | {prose} Dwa.
        Kategoria | theme | Środowisko | Transport
        Słowa kluczowe | keywords | powietrze; pył | woda
        Dostawca danych | publisher | Urząd A | Urząd B
        Data udostępnienia | publication_date | 2019-05-06 | 2020-02-03
        Data aktualizacji | modified_date | 2021-05-06 | 2022-02-03
        Częstotliwość aktualizacji | update_frequency | rocznie | codziennie
        Licencja | license | CC BY 4.0 | CC0 1.0
        Format pliku | formats | csv | xlsx
        Liczba pobrań | - | 12 | 340
        Adres URL | access_url | https://example.org/z/101 | https://example.org/z/102""",
    "Italian portal": """
        Titolo | title | Qualità dell'aria | Piante in città
        Titolare | rights_holder | Regione X | Comune Y
        Data di rilascio | publication_date | 01/02/2019 | 28/11/2020
        Data ultima modifica | modified_date | 01/02/2021 | 28/11/2022
        Frequenza di aggiornamento | update_frequency | annuale | mensile
        Parole chiave | keywords | aria; città | alberi
        Lingua | language | ita | eng
        Licenza | license | CC-BY-4.0 | CC0-1.0
        URL di accesso | access_url | https://example.org/it/1 | https://example.org/it/2
        Diritti di accesso | access_rights | aperto | ristretto
        Numero visualizzazioni | - | 4 | 812""",
    "Chinese repository": """
        数据集标识 | identifier | CSTR:1.1 | CSTR:1.2
        数据集名称 | title | 城市空气质量数据 | 河流水位数据
        数据集摘要 | description | {prose} | {prose} 二
        数据作者 | creators | 李伟 | 王芳
        发布机构 | publisher | 科学院 | 大学
        发布时间 | publication_date | 2019-05-06 | 2020-02-03
        更新时间 | modified_date | 2021-05-06 | 2022-02-03
        关键词 | keywords | 空气;城市 | 水
        数据格式 | formats | CSV | NetCDF
        数据量 | size | 12 MB | 3 GB
        使用许可 | license | CC BY 4.0 | CC0 1.0
        下载量 | - | 12 | 3""",
    "Russian portal": """
        Идентификатор набора | identifier | 7710-1 | 7710-2
        Наименование набора данных | title | Качество воздуха | Уровень воды
        Описание набора данных | description | {prose} | {prose} Два.
        Владелец набора | rights_holder | Ведомство А | Ведомство Б
        Ответственное лицо | contact_name | Иванов И. | Петров П.
        Адрес электронной почты | contact_email | a@example.org | b@example.org
        Дата первой публикации | publication_date | 01.02.2019 | 28.11.2020
        Дата последнего изменения | modified_date | 01.02.2021 | 28.11.2022
        Периодичность обновления | update_frequency | ежегодно | ежемесячно""",
    "PANGAEA-like list": """
        DOI | identifier | https://doi.org/10.1594/X.900001 | https://doi.org/10.1594/X.900002
        Author(s) | creators | Smith, John; Doe, Jane | Li, Wei
        Year | publication_date | 2019 | 2020
        Title | title | Air temperature at X | CTD casts of cruise Y
        Supplement to | related_identifiers | https://doi.org/10.1000/p1 | https://doi.org/10.1000/p2
        Coverage: South-bound Latitude | - | -70.1 | 12
        Coverage: Date/Time Start | temporal_start | 2001-01-01T00:00 | 2002-02-03T10:00
        Coverage: Date/Time End | temporal_end | 2011-01-01T00:00 | 2012-02-03T10:00
        License | license | CC-BY-4.0 | CC-BY-3.0
        Size | size | 1200 data points | 40 data points""",
    "French DSpace export": """
        collection | collection | 20.500.1/2 | 20.500.1/3
        dc.contributor.author[fr_FR] | creators | Le Goff, Yann||Moreau, Lucie | Petit, Jean
        dc.date.issued[] | publication_date | 2019-05 | 2020
        dc.description.abstract[fr] | description | {prose} | {prose} Deux.
        dc.format.mimetype | media_types | text/csv | application/zip
        dc.identifier.uri | identifier | http://hdl.handle.net/20.5/1 | http://hdl.handle.net/20.5/2
        dc.relation.ispartof | collection | Série A | Série B
        dc.rights.uri | license_url | https://creativecommons.org/licenses/by/4.0/ | https://creativecommons.org/licenses/by-nc/4.0/
        dc.subject | keywords | sol||eau | chant
        dc.title | title | Humidité des sols | Chants bretons
        dc.identifier.other | alternate_identifier | ABC-1 | ABC-2""",
    "German spreadsheet": """
        Name des Datensatzes | title | Bodenfeuchte am Rhein | Vogelzählung im Delta
        Kurzbeschreibung | description | {prose} | {prose} Zwei.
        Förderkennzeichen | funding | DFG 123 | BMBF 01XY
        Erhebungszeitraum | temporal_coverage | 2001-2010 | 2005-2019
        Dateityp | formats | xlsx | csv
        Datenmenge (GB) | size | 1,2 | 30
        DOI (falls vorhanden) | identifier | 10.1234/a | 10.1234/b
        veröffentlicht am | publication_date | 01.02.2019 | 28.11.2020
        zugehörige Publikation | related_identifiers | 10.1000/p1 | 10.1000/p2
        Zugriffsbeschränkung | access_rights | offen | eingeschränkt
        personenbezogene Daten (ja/nein) | - | ja | nein
        Aktualisierungsrhythmus | update_frequency | jährlich | monatlich""",
    "DCAT in columns": """
        dct:identifier | identifier | urn:uuid:6f1c9f5e-6f5e-1 | urn:uuid:6f1c9f5e-6f5e-2
        dct:title@en | title | Soil moisture | Tree inventory
        dct:title@fr | alternative_title | Humidité du sol | Inventaire des arbres
        dct:accrualPeriodicity | update_frequency | http://example.org/frequency/ANNUAL | http://example.org/frequency/DAILY
        dct:language | language | http://publications.europa.eu/resource/authority/language/ENG | http://publications.europa.eu/resource/authority/language/DEU
        dcat:distribution/dcat:downloadURL | download_url | https://example.org/a.csv | https://example.org/b.csv
        dcat:distribution/dct:format | formats | CSV | XML
        dcat:contactPoint/vcard:hasEmail | contact_email | mailto:a@example.org | mailto:b@x.org
        dct:temporal/dcat:startDate | temporal_start | 2001-01-01 | 2002-01-01""",
}


def laid_out(layout: str) -> tuple[pl.DataFrame, dict[str, str | None]]:
    rows = [line.strip().split(" | ") for line in layout.format(prose=PROSE).strip().splitlines()]
    table = pl.DataFrame({header: values for header, _, *values in rows})
    return table, {header: None if field == "-" else field for header, field, *_ in rows}


@pytest.mark.parametrize("name", LAYOUTS)
def test_columns_of_a_layout_find_their_fields(name: str) -> None:
    table, expected = laid_out(LAYOUTS[name])
    mapping = suggest_mapping(table)
    assert {column.column: column.field for column in mapping} == expected
    assert not_a_dataset_list(table, mapping) is None
