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
    "Dutch portal": """
        Identificatie | identifier | nl-1 | nl-2
        Titel | title | Luchtkwaliteit Utrecht | Bomenregister
        Omschrijving | description | {prose} | {prose} Twee.
        Trefwoorden | keywords | lucht; stad | bomen
        Data-eigenaar | rights_holder | Gemeente A | Gemeente B
        Verstrekker | publisher | Gemeente A | Provincie C
        Thema | theme | Milieu | Ruimte
        Licentie | license | CC-BY-4.0 | CC0-1.0
        Taal | language | nl | nl
        Publicatiedatum | publication_date | 2019-05-06 | 2020-02-03
        Laatst gewijzigd | modified_date | 2021-05-06 | 2022-02-03
        Wijzigingsfrequentie | update_frequency | jaarlijks | dagelijks
        Toegankelijkheid | access_rights | open | beperkt
        Contactpersoon | contact_name | Jan de Vries | Piet Bakker
        E-mailadres | contact_email | a@example.nl | b@example.nl
        Bestandsformaat | formats | CSV | GeoJSON
        Downloadlink | download_url | https://example.nl/a.csv | https://example.nl/b.geojson""",
    "Portuguese repository": """
        identificador | identifier | pt-1 | pt-2
        título | title | Qualidade do ar | Rios
        resumo | description | {prose} | {prose} Dois.
        palavras-chave | keywords | ar; cidade | rio
        autores | creators | Silva, João; Costa, Ana | Lima, Rui
        instituição | publisher | Univ A | Univ B
        data de publicação | publication_date | 12/03/2019 | 28/11/2020
        data de modificação | modified_date | 13/03/2021 | 28/11/2022
        licença | license | CC BY 4.0 | CC0
        idioma | language | português | inglês
        cobertura espacial | spatial_coverage | Lisboa | Porto
        cobertura temporal | temporal_coverage | 2001-2010 | 2005-2019
        formato | formats | CSV | XLSX
        acesso | access_rights | aberto | restrito
        ligação | access_url | https://example.pt/1 | https://example.pt/2
        financiamento | funding | FCT UID/1 | H2020 123""",
    "French portal": """
        identifiant | identifier | fr-001 | fr-002
        titre | title | Qualité de l'air | Arbres
        description | description | {prose} | {prose} Deux.
        mots-clés | keywords | air;ville | arbres
        producteur | publisher | Ville de X | Région Y
        auteurs | creators | Le Goff, Yann; Petit, Luc | Moreau, Anne
        date de publication | publication_date | 12/03/2019 | 28/11/2020
        date de mise à jour | modified_date | 12/03/2021 | 28/11/2022
        fréquence de mise à jour | update_frequency | annuelle | quotidienne
        licence | license | Licence Ouverte | ODbL
        conditions d'accès | access_rights | libre | restreint
        couverture géographique | spatial_coverage | Bretagne | Alsace
        langue | language | français | anglais
        format | formats | CSV | SHP
        taille | size | 12 Mo | 3 Go
        lien de téléchargement | download_url | https://example.fr/a.csv | https://example.fr/b.zip
        courriel | contact_email | a@example.fr | b@example.fr
        nombre de vues | - | 12 | 340""",
    "Figshare-like list": """
        article_id | alternate_identifier | 123456 | 123457
        title | title | Soil moisture | Tree inventory
        doi | identifier | 10.6084/m9.figshare.123456 | 10.6084/m9.figshare.123457
        authors | creators | Jane Doe; John Smith | Wei Li
        categories | theme | Soil Sciences; Hydrology | Ecology
        tags | keywords | soil;water | trees
        description | description | <p>{prose}</p> | <p>{prose} Two</p>
        license.name | license | CC BY 4.0 | CC0
        license.url | license_url | https://creativecommons.org/licenses/by/4.0/ | https://creativecommons.org/publicdomain/zero/1.0/
        defined_type_name | resource_type | dataset | dataset
        published_date | publication_date | 2019-05-06T10:00:00Z | 2020-02-03T11:00:00Z
        modified_date | modified_date | 2021-05-06T10:00:00Z | 2022-02-03T11:00:00Z
        created_date | creation_date | 2018-05-06T10:00:00Z | 2018-02-03T11:00:00Z
        url_public_html | access_url | https://figshare.com/articles/x/123456 | https://figshare.com/articles/x/123457
        size | size | 1234567 | 98765
        version | version | 1 | 3
        funding | funding | NSF 123 | ERC 45
        embargo_date | embargo_date | 2019-12-01 | 2020-12-01
        views | - | 10 | 2000
        downloads | - | 5 | 70
        cites | - | 0 | 3
        status | status | public | public
        references | related_identifiers | https://doi.org/10.1000/p1 | https://doi.org/10.1000/p2""",
    "Zenodo-like list": """
        conceptdoi | related_identifiers | 10.5281/zenodo.3456788 | 10.5281/zenodo.3456780
        doi | identifier | 10.5281/zenodo.3456789 | 10.5281/zenodo.3456790
        metadata.title | title | Soil moisture | Trees
        metadata.creators | creators | Doe, Jane; Smith, John | Li, Wei
        metadata.publication_date | publication_date | 2019-05-06 | 2020-02-03
        metadata.description | description | <p>{prose}</p> | <p>{prose} Two.</p>
        metadata.access_right | access_rights | open | embargoed
        metadata.license.id | license | cc-by-4.0 | cc-zero
        metadata.keywords | keywords | ["soil", "water"] | ["trees"]
        metadata.language | language | eng | deu
        metadata.resource_type.type | resource_type | dataset | dataset
        metadata.version | version | v1.0 | 2.1
        metadata.communities | collection | soils | forests
        metadata.grants | funding | H2020 123 | ERC 45
        links.html | access_url | https://zenodo.org/record/3456789 | https://zenodo.org/record/3456790
        files.key | - | a.csv | b.zip
        files.checksum | checksum | md5:d41d8cd98f00b204 | md5:e41d8cd98f00b204
        stats.downloads | - | 12 | 400""",
    "ISO 19115 in columns": """
        fileIdentifier | identifier | 6f1c9f5e-6f5e-4b1e-9d3e | 7f1c9f5e-6f5e-4b1e-9d3e
        citation_title | title | Bathymetry of the North Sea | Sea surface temperature
        abstract | description | {prose} | {prose} Two.
        topicCategory | subjects | oceans | climatologyMeteorologyAtmosphere
        descriptiveKeywords | keywords | bathymetry; depth | temperature; sea
        dateStamp | modified_date | 2019-05-06 | 2020-02-03
        publicationDate | publication_date | 2018-05-06 | 2019-02-03
        resourceLanguage | language | eng | ger
        useLimitation | license | no limitations | CC BY 4.0
        accessConstraints | access_rights | otherRestrictions | license
        westBoundLongitude | - | -5.0 | 1.2
        northBoundLatitude | - | 60 | 55
        temporalExtentBegin | temporal_start | 2001-01-01 | 2003-01-01
        temporalExtentEnd | temporal_end | 2011-01-01 | 2013-01-01
        lineage_statement | provenance | Derived from echo soundings. | From images and buoys.
        maintenanceFrequency | update_frequency | annually | daily
        pointOfContact_organisation | contact_name | Agency A | Agency B
        pointOfContact_email | contact_email | a@example.org | b@example.org
        onlineResource_linkage | access_url | https://example.org/a | https://example.org/b
        distributionFormat | formats | NetCDF | GeoTIFF
        referenceSystem | - | EPSG:4326 | EPSG:25832
        spatialResolution | - | 1:10000 | 50 m""",
    "Japanese portal": """
        データセットID | identifier | JP-001 | JP-002
        データセット名 | title | 大気質データ | 河川水位
        概要 | description | {prose} | {prose} 二
        キーワード | keywords | 大気;都市 | 水
        作成者 | creators | 佐藤健二 | 鈴木花子
        公開機関 | publisher | 東京大学 | 京都大学
        公開日 | publication_date | 2019/05/06 | 2020/02/03
        更新日 | modified_date | 2021/05/06 | 2022/02/03
        言語 | language | 日本語 | 英語
        ライセンス | license | CC BY 4.0 | CC0
        データ形式 | formats | CSV | NetCDF
        アクセス権 | access_rights | open access | restricted access
        連絡先メール | contact_email | a@example.jp | b@example.jp
        URL | access_url | https://example.jp/1 | https://example.jp/2
        対象地域 | spatial_coverage | 東京 | 京都
        対象期間 | temporal_coverage | 2001/2010 | 2005/2019""",
    "Swedish archive": """
        Titel | title | Luftkvalitet | Träd
        Beskrivning | description | {prose} | {prose} Två
        Skapare/primärforskare | creators | Svensson, Erik; Larsson, Eva | Berg, Nils
        Utgivare | publisher | Uppsala universitet | Lunds universitet
        Publiceringsdatum | publication_date | 2019-05-06 | 2020-02-03
        Nyckelord | keywords | luft; stad | träd
        Språk | language | svenska | engelska
        Licens | license | CC BY 4.0 | CC0
        Åtkomstnivå | access_rights | öppen | begränsad
        Geografisk utbredning | spatial_coverage | Sverige | Lund
        Tidsperiod | temporal_coverage | 2001/2010 | 2005/2019
        Filformat | formats | CSV | TIFF
        Finansiär | funding | VR 2019 | Formas 2
        Kontaktperson | contact_name | Erik Svensson | Nils Berg""",
    "questions for headers": """
        What is it called? | title | Bird counts of 1970 | Letters of the founder
        Tell us what is in it: description | description | {prose} | {prose} Two.
        Who made it? | creators | Jane Doe; John Smith | Wei Li
        Who else helped? | contributors | Ann Lee | Bo Berg
        Who paid for it? | funding | Heritage Fund | in-house
        When did we make it public? | publication_date | 2019-05-06 | 2020-02-03
        When was it last changed? | modified_date | 2021-05-06 | 2022-02-03
        Where can I get it? | access_url | https://example.org/m/1 | https://example.org/m/2
        Under which licence? | license | CC BY 4.0 | CC0
        Who may see it? | access_rights | everybody | staff
        How big (MB) | size | 12 | 1400
        What places does it cover? | spatial_coverage | Cornwall | East Africa
        How was it made? | provenance | Keyed from ledgers | Photographed
        Checked by (initials) | - | JS | LO""",
    "Dutch questions": """
        Hoe heet de dataset? | title | Bomenregister | Fietstellingen langs het kanaal
        Waar gaat het over? | description | {prose} | {prose} Twee.
        Wie heeft het gemaakt? | creators | Jan de Vries | Piet Bakker
        Wanneer gepubliceerd? | publication_date | 2019-05-06 | 2020-02-03
        Hoe vaak bijgewerkt? | update_frequency | jaarlijks | maandelijks
        Welke jaren? | temporal_coverage | 2001-2010 | 2005-2019""",
    "library list cut short": """
        Ttl | title | Soil moisture | Trees
        Desc. | description | {prose} | {prose} Two.
        Auth. | creators | Doe, Jane | Li, Wei
        Publ. | publisher | University A | University B
        Pub. Yr | publication_date | 2019 | 2020
        Kwds | keywords | soil; water | trees
        Lic. | license | CC BY 4.0 | CC0
        Fmt | formats | CSV | NetCDF
        Ver. | version | 1.0 | 2.1
        Geog. cov. | spatial_coverage | England | Kenya
        Rel. pubs | related_identifiers | 10.1000/p1 | 10.1000/p2""",
    "Arabic portal": """
        عنوان مجموعة البيانات | title | جودة الهواء | تعداد السكان
        الوصف | description | {prose} | {prose} 2
        الجهة الناشرة | publisher | هيئة أ | هيئة ب
        التصنيف | theme | البيئة | النقل
        التغطية الجغرافية | spatial_coverage | دبي | القاهرة
        تاريخ آخر تحديث | modified_date | 2021-05-06 | 2022-02-03
        صيغة الملف | formats | CSV | XLSX
        حجم الملف | size | 12 MB | 340 KB""",
    "statistics office": """
        Table code | identifier | T1.1 | T1.2
        Dataset title | title | Consumer prices | Employment by region
        Reference period from | temporal_start | 1990 | 1995
        Reference period to | temporal_end | 2020 | 2021
        Reference area | spatial_coverage | Ireland | State
        Latest release | modified_date | 2021-05-06 | 2022-02-03
        Copyright and reuse | license | CC BY 4.0 | OGL v3
        Statistician phone | - | +353 1 498 4000 | +353 1 498 4001""",
    "Spanish repository": """
        Código | identifier | R-1 | R-2
        Título | title | Encuesta de hogares | Calidad del aire
        Descriptores | keywords | agua; suelo | aire
        Extensión | size | 12 MB | 3 GB
        Artículo asociado | related_identifiers | 10.1000/p1 | 10.1000/p2
        Condiciones de reutilización | license | CC BY 4.0 | CC0""",
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
