"""Made-up records as real tables hold them, awkward ones and all, the same for the same seed."""

import random
from collections.abc import Iterator
from functools import cache

import polars as pl

from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.importers.normalise import normalise
from fairdb_core.metadata import FIELD_BY_NAME, FIELDS
from fairdb_core.records import Record, frame_of, record_of

PLACEHOLDERS = (
    "n/a", "not-provided", "TBD", "keine Angabe", "unbekannt", "non renseigné", "Inconnu",
    "sin datos", "desconhecido", "nessuno", "onbekend", "неизвестно", "не указано", "不明", "未知",
    "なし", "okänd", "brak danych", "-", "?", "#N/A", "null", "", "  ",
)  # fmt: skip
WORDS = (
    "soil moisture", "Bodenfeuchte am Oberrhein", "Qualité de l’air", "Calidad del aire",
    "Качество воздуха", "城市空气质量数据", "河川水位データ", "جودة الهواء", "Ποιότητα αέρα",
    "대기질", "İstanbul", "Straße 5", "O'Brien \"quoted\", 2019", "x", "données\tbrutes", "🌍 data",
)  # fmt: skip
NAMES = ("Curie, Marie", "李伟", "Иванов, И.", "de la Cruz, Ana", "NASA", "Universität Mannheim")
HEXES = ("0f" * 16, "0F" * 20, "0f" * 28, "a1" * 32, "0f" * 48, "0f" * 64, "0f" * 17, "xyz" * 12)
PERSISTENT = (
    "10.5061/dryad.{n}", "https://doi.org/10.5281/ZENODO.{n}",
    "http://dx.doi.org/10.1594/pangaea.{n}", "doi:10.7910/DVN/{n}", "DOI: 10.1000.10/{n}",
    "https://www.doi.org/10.1000/{n}.", "doi.org/10.1000/{n}", "hdl:2381/{n}",
    "https://hdl.handle.net/2381/{n}", "hdl.handle.net/10.1000/{n}", "hdl:abc/{n}",
    "ark:/12148/bt{n}", "https://n2t.net/ark:12148/bt{n}", "urn:nbn:de:hbz:5-{n}",
    "https://nbn-resolving.org/urn:nbn:de:hbz:5-{n}",
    "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", "urn:isbn:{n}", "arXiv:2101.{n}",
    "https://arxiv.org/abs/2101.{n}v2", "https://w3id.org/soil/{n}", "http://purl.org/soil/{n}",
    "http://purl.obolibrary.org/obo/{n}", "identifiers.org/uniprot:P{n}",
    "lsid:zoobank.org:act:{n}", "pmid:{n}", "https://pubmed.ncbi.nlm.nih.gov/{n}/", "PMC{n}",
    "PRJNA{n}", "SAMEA{n}", "SRR{n}99", "NM_{n}99.1", "GCF_0000{n}.1", "ENSG000000{n}",
    "uniprot:P{n}", "gnd:{n}",
)  # fmt: skip
ADDRESSES = (
    "https://example.org/data/{n}", "http://example.org/{n}.csv",
    "HTTPS://EXAMPLE.ORG/{n}.CSV?dl=1", "https://example.org/a/{n}.nc#top",
    "https://example.org/d?path=/a/{n}.zip", "https://example.md", "https://example.nc/",
    "https://example.org:8080//x/{n}.tar.gz", "https://münchen.example/{n}.xlsx",
    "https://example.org/{n}.pdf", "https://пример.рф/данные/{n}.json",
    "https://example.org/a.b/{n}", "ftp://example.org/{n}.fasta", "sftp://example.org/{n}",
    "s3://bucket/{n}.parquet", "gs://b/{n}", "wss://example.org/{n}", "ws://example.org/{n}",
    "telnet://example.org", "ipfs://bafy{n}", "https://", "https://example.org/two words",
    "example.org/{n}", "www.example.org/{n}.csv", "see https://example.org/{n}", "on the shelf",
    "C:\\data\\{n}.csv", "file:///data/{n}.csv", "httpss://example.org/{n}",
    "https:/example.org/{n}", "mailto:data@example.org",
)  # fmt: skip
NUMBERS = (
    "ds{n}", "{n}", "MA-{n}", "数据集{n}", "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "{6BA7B810-9DAD-11D1-80B4-00C04FD430C8}", "sha256:" + "a1" * 32, "md5=" + "0f" * 16,
)  # fmt: skip
LICENCES = (
    "CC-BY-4.0", "cc by 4.0", "CC BY", "CC0", "CC-BY-3.0-DE", "CC BY-SA 3.0 IGO", "ODbL",
    "MIT License", "https://creativecommons.org/licenses/by/3.0/de/",
    "http://creativecommons.org/publicdomain/mark/1.0/",
    "https://creativecommons.org/licenses/by-nc-sa/2.5/scotland",
    "Namensnennung 4.0 International", "Creative Commons Attribution",
    "Datenlizenz Deutschland Namensnennung 2.0", "Licence Ouverte", "All rights reserved",
    "Ask the author", "Open Government Licence", "GNU GPL", "dl-de/by-2-0",
    "https://example.org/terms", "Public Domain", "Public Domain Mark", "其他", "CreativeCommons",
    "Creative  Commons", "see etalab", "ODbL or so", "accbyx", "public domain dedication of ours",
)  # fmt: skip
RIGHTS = (
    "open access", "Open", "öffentlich", "accès libre", "公开", "открытый доступ",
    "embargoed access", "embargo", "sous embargo", "restricted", "auf Anfrage",
    "Restricted Access", "受限", "closed", "metadata only access", "nur Metadaten", "закрытый",
    "info:eu-repo/semantics/closedAccess", "http://purl.org/coar/access_right/c_f1cf",
    "Members only", "Please ask Ms Curie", "2024", "!!", "10.5061/dryad.8515",
)  # fmt: skip
FORMAT_NAMES = (
    "CSV", ".csv", "XLSX", "Excel", "NetCDF", "GeoTIFF", "PDF", "PDF/A", "DOCX", "SPSS", "nc",
    "ZIP", "Shapefile", "unheard of", "таблица", "JSON", "text/csv", "rar", "gpkg", "*.txt",
    "DWG",
)  # fmt: skip
MEDIA_TYPES = (
    "text/csv", "text/csv; charset=utf-8", "application/json", "application/vnd.soil+json",
    "application/atom+xml;type=entry", "application/pdf", "application/octet-stream",
    "text/x-own", "application/vnd.ms-excel", "application/xml-dtd",
    "image/tiff; application=geotiff", "csv",
)  # fmt: skip
TERMS = (
    "http://aims.fao.org/aos/agrovoc/c_{n}", "https://schema.org/Dataset",
    "HTTP://SCHEMA.ORG/Thing", "http://www.w3.org/2004/02/skos/core#Concept",
    "https://www.w3.org/ns/dcat#Dataset", "http://purl.org/dc/terms/subject",
    "http://publications.europa.eu/resource/authority/data-theme/ENVI",
    "soil (http://example.org/{n})", "https://", "https://id.nlm.nih.gov/mesh/D{n}",
    "xmlns.com/foaf/0.1/",
)  # fmt: skip
RELATIONS = (
    "IsSupplementTo:", "IsDerivedFrom: ", "isversionof:", "Cites:", "HasVersion:", "IsBasedOn:",
    "Obsoletes:", "IsPartOf:", "References:", "Benchmark:", "return:", "IsFormatOf:",
)  # fmt: skip
STANDARDS = (
    "ISO 19115-3", "DataCite 4.6", "Dublin Core", "http://purl.org/dc/terms/", "DCAT-AP.de",
    "dwc", "https://www.w3.org/ns/dcat#", "http://www.isotc211.org/2005/gmd", "CF-1.8", "DDI",
    "teiler", "our own template", "метаданные: DDI", "INSPIRE; ISO 19139", "O&M", "RO-Crate 1.1",
    "MARC21", "schema.org/Dataset", "modsX", "http://rs.tdwg.org/dwc/terms/",
    "Ecological Metadata Language", "GeoDCAT-AP 2.0", "dcat-ap_de", "PREMIS 3", "PROV-O (RDF)",
    "https://www.w3.org/ns/prov#", "ISA-Tab", "purl.org/pav", "improv",
)  # fmt: skip
ORIGINS = (
    "prov:wasDerivedFrom raw", "PROV", "lineage as of ISO 19115", "Provenance: unknown",
    "We cleaned it and improved the data.", "PAV 2.3", "DDI-Lifecycle", "ro-crate-metadata.json",
    "из архива (PROV-O)", "The province provided it.",
)  # fmt: skip
DATES = (
    "2024",
    "2024-05",
    "2024-05-17",
    "17.05.2024",
    "May 2024",
    "2024-13-40",
    "last year",
    "1850",
)
TYPES = ("Dataset", "dataset", "Datensatz", "набор данных", "数据集", "Software", "something")
SIZES = ("1.2 GB", "17", "3 Mo", "about a page", "12 МБ", "0")
MARKS = (";", "|", ",")
BLANKS = ("", "", "", "", " ", "\n")


@cache
def texts_of(field: str) -> tuple[str, ...]:
    """Return what stands in a column of real tables."""
    addresses = {"access_url", "download_url", "service_url", "metadata_url"}
    special = {
        "identifier": PERSISTENT + NUMBERS + ADDRESSES + HEXES,
        "license": LICENCES, "license_url": LICENCES + ADDRESSES,
        "access_rights": RIGHTS + LICENCES, "formats": FORMAT_NAMES, "media_types": MEDIA_TYPES,
        "subjects": WORDS + TERMS, "keywords": WORDS + TERMS, "theme": WORDS + TERMS,
        "conforms_to": STANDARDS, "provenance": ORIGINS + WORDS,
        "resource_type": TYPES, "size": SIZES, "creators": NAMES,
        "contributors": NAMES, "publisher": NAMES, "rights_holder": NAMES,
    }  # fmt: skip
    if field in addresses:
        return ADDRESSES + PERSISTENT
    if field == "related_identifiers":
        related = ADDRESSES + PERSISTENT + WORDS
        return related + RELATIONS + tuple(kind + text for kind in RELATIONS for text in related)
    if field.endswith(("_date", "_start", "_end")):
        return DATES
    return special.get(field, WORDS)


def _column(draw: random.Random, field: str, mark: str, share: float, rows: int) -> list[str]:
    """Return as many cells, a share of them filled; as in real tables, many stand in many rows."""
    distinct = [_cell(draw, field, mark) for _ in range(max(50, rows // 8))]
    weights = [share / len(distinct)] * len(distinct)
    return draw.choices([*distinct, ""], [*weights, 1 - share], k=rows)


def _cell(draw: random.Random, field: str, mark: str) -> str:
    if draw.random() < 0.15:
        return draw.choice(PLACEHOLDERS)
    count = draw.choice((1, 1, 1, 2, 3)) if FIELD_BY_NAME[field].is_many else 1
    values = [_text(draw, texts_of(field)) for _ in range(count)]
    if count > 1 and draw.random() < 0.2:
        values.insert(draw.randrange(count), draw.choice(PLACEHOLDERS))
    text = f"{mark} ".join(values)
    return draw.choice(("", "", "", " ", "\u00a0", "\t")) + text + draw.choice(("", "", "", "  "))


def _text(draw: random.Random, texts: tuple[str, ...]) -> str:
    return draw.choice(texts).replace("{n}", str(draw.randrange(10_000, 99_999)))


def tables(count: int, seed: int) -> Iterator[pl.DataFrame]:
    """Yield record frames that the importer made of raw cells, fifty of them or more.

    Args:
        count: Rows of all of them together.
        seed: The same seed gives the same rows.
    """
    draw = random.Random(seed)  # noqa: S311 - no secret
    most = max(500, count // 50)
    while count > 0:
        rows, mark = min(count, most), draw.choice(MARKS)
        filled = {field.name: draw.choice((0.0, 0.2, 0.6, 0.9, 1.0)) for field in FIELDS}
        cells = {name: _column(draw, name, mark, share, rows) for name, share in filled.items()}
        frame = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))
        columns = [
            ColumnMapping(name, name, value_separator=mark if FIELD_BY_NAME[name].is_many else None)
            for name in cells
        ]
        yield normalise(frame, columns).records
        count -= rows


def records(count: int, seed: int) -> Iterator[Record]:
    """Yield records whose values are as they were drawn, untidied, by no importer.

    Args:
        count: How many.
        seed: The same seed gives the same records.
    """
    draw = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(count):
        share = draw.choice((0.1, 0.4, 0.8))
        record: dict[str, str | list[str]] = {}
        for field in FIELDS:
            if draw.random() < share:
                texts = texts_of(field.name)
                values = [
                    draw.choice(BLANKS) + _text(draw, texts) + draw.choice(BLANKS)
                    for _ in range(draw.choice((1, 1, 2, 3)))
                ]
                record[field.name] = values if field.is_many else values[0]
        yield record


def frames(count: int, seed: int) -> Iterator[tuple[pl.DataFrame, list[Record]]]:
    """Yield record frames with their records, most by the importer and one in five untidied."""
    for table in tables(count - count // 5, seed):
        yield table, [record_of(row) for row in table.iter_rows(named=True)]
    untidied = list(records(count // 5, seed))
    yield frame_of(untidied), untidied
