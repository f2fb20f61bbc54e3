"""Made-up records in any number, a column at a time, to measure how fast they are scored.

Like the institution's own they are described with more and with less care; numbers, addresses and
texts differ from record to record, as they do in real catalogues.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from fairdb_core.demo.institution import CULTURE, EARTH, HEALTH
from fairdb_core.records import VALUE_SEPARATOR

PIECE_ROWS = 65_536
_SUBJECTS = (EARTH, HEALTH, CULTURE)
_LICENCES = (
    "CC-BY-4.0", "CC-BY-4.0", "CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "ODbL-1.0",
    "MIT", "CC BY", "Creative Commons", "all rights reserved", "see website",
)  # fmt: skip
_LICENCE_URLS = (
    "https://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/publicdomain/zero/1.0/",
    "https://example.org/terms",
)
_RIGHTS = ("open access", "open access", "open access", "restricted access", "embargoed access")
_MEDIA_TYPES = (
    "text/csv", "application/json", "application/netcdf", "application/pdf", "application/zip",
)  # fmt: skip
_ENDINGS = ("csv", "csv", "nc", "zip", "xlsx", "json", "pdf", "tif")
_TYPES = ("Dataset", "Dataset", "Dataset", "Collection", "Software", "Image")
_RELATIONS = ("IsSupplementTo:", "IsDerivedFrom:", "References:", "IsPartOf:", "")
_PUBLISHERS = (
    "Rhine Earth Observatory", "Cohort and Clinic Registry", "Languages and Heritage Archive",
    "University of the Upper Rhine", "Example Repository",
)  # fmt: skip
_SENTENCES = (
    "The series was checked by its data stewards; gaps are marked as missing.",
    "Instruments were calibrated twice a year, and each change is noted in the log.",
    "Columns and codes are explained in a separate file.",
    "Values below the limit of detection are given as half of it.",
)
# Of a hundred records, in how many a field is filled.
_FILLED = {
    "identifier": 100, "title": 100, "description": 85, "creators": 92, "publisher": 95,
    "publication_date": 97, "modified_date": 60, "resource_type": 90, "keywords": 70,
    "subjects": 25, "language": 55, "license": 68, "license_url": 30, "access_rights": 50,
    "rights_holder": 15, "access_url": 80, "download_url": 45, "formats": 50, "media_types": 20,
    "size": 35, "version": 30, "related_identifiers": 35, "alternate_identifier": 40,
    "spatial_coverage": 25, "temporal_coverage": 30, "provenance": 15, "conforms_to": 10,
    "funding": 20, "contact_email": 45,
}  # fmt: skip


def large_frames(count: int, seed: int = 1) -> Iterator[pl.DataFrame]:
    """Yield record frames of up to 65,536 rows.

    Args:
        count: Rows of all of them together.
        seed: The same seed gives the same records.
    """
    for start in range(0, count, PIECE_ROWS):
        rows = min(PIECE_ROWS, count - start)
        yield _frame(start, rows, np.random.default_rng((seed, start)))


def write_large_file(path: Path, count: int, seed: int = 1) -> None:
    """Write made-up records as CSV or, where the name ends so, as Parquet.

    Several values of a field are parted by semicolons in CSV, and by ``VALUE_SEPARATOR`` in
    Parquet, where they are canonical already.
    """
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        writer = None
        for frame in large_frames(count, seed):
            table = frame.to_arrow()
            writer = writer or pq.ParquetWriter(path, table.schema)
            writer.write_table(table)
        if writer is not None:
            writer.close()
        return
    with path.open("wb") as file:
        for number, frame in enumerate(large_frames(count, seed)):
            several = pl.col(pl.String).str.replace_all(VALUE_SEPARATOR, "; ", literal=True)
            frame.with_columns(several).write_csv(file, include_header=number == 0)


def _frame(start: int, rows: int, chance: np.random.Generator) -> pl.DataFrame:
    return (
        _words(start, rows, chance)
        .with_columns(**_texts())
        .select(
            pl.when(pl.Series(chance.random(rows) * 100 < share)).then(pl.col(name)).alias(name)
            for name, share in _FILLED.items()
        )
    )


def _words(start: int, rows: int, chance: np.random.Generator) -> pl.DataFrame:
    """Return what the records are put together from, and the fields that are drawn whole."""
    chosen = _Chosen(rows, chance)
    people, words = _all("people"), _all("keywords")
    return pl.DataFrame(
        {
            "n": pl.Series(np.arange(start, start + rows)).cast(pl.String),
            "y": pl.Series(chance.integers(1995, 2022, rows)).cast(pl.String),
            "has_doi": pl.Series(chance.random(rows) < 0.75),  # noqa: PLR2004 - three of four
            "amount": pl.Series(chance.integers(1, 9000, rows)).cast(pl.String),
            "what": chosen.of(_all("measured")),
            "place": chosen.of(_all("places")),
            "person": chosen.of(people),
            "second_person": chosen.of(people),
            "word": chosen.of(words),
            "second_word": chosen.of(words),
            "method": chosen.of(_all("methods")),
            "sentence": chosen.of(_SENTENCES),
            "relation": chosen.of(_RELATIONS),
            "ending": chosen.of(_ENDINGS),
            "month": chosen.of([f"{month:02d}" for month in range(1, 13)]),
            **{name: chosen.of(texts) for name, texts in _from_lists().items()},
        }
    )


def _texts() -> dict[str, pl.Expr]:
    """Return the fields that differ from record to record."""
    several, year, date = f"{{}}{VALUE_SEPARATOR}{{}}", "{}-01-01/2023-12-31", "{}-{}-15"
    told = "{} in {} since {}, {}. {} Number of samples: {}."
    address = "https://data.example.org/records/{}"
    doi = pl.format("10.5072/example.{}", "n")
    return {
        "identifier": pl.when("has_doi").then(doi).otherwise(pl.format("EX-{}", "n")),
        "title": pl.format("{}, {} {} no. {}", "what", "place", "y", "n"),
        "description": pl.format(told, "what", "place", "y", "method", "sentence", "amount"),
        "creators": pl.format(several, "person", "second_person"),
        "publication_date": pl.format(date, "y", "month"),
        "modified_date": pl.format("2025-{}-01", "month"),
        "keywords": pl.format(f"{several}{VALUE_SEPARATOR}{{}}", "word", "second_word", "place"),
        "subjects": pl.format("http://aims.fao.org/aos/agrovoc/c_{}", "amount"),
        "access_url": pl.format(address, "n"),
        "download_url": pl.format(f"{address}/files/data.{{}}", "n", "ending"),
        "size": pl.format("{} MB", "amount"),
        "related_identifiers": pl.format("{}10.5281/zenodo.{}", "relation", "amount"),
        "alternate_identifier": pl.format("EX-{}", "n"),
        "spatial_coverage": pl.col("place"),
        "temporal_coverage": pl.format(year, "y"),
        "provenance": pl.format("Derived from raw files; {}", "method"),
        "funding": pl.format("Example Foundation, EF-{}", "amount"),
    }


def _all(part: str) -> list[str]:
    return [text for subject in _SUBJECTS for text in getattr(subject, part)]


def _from_lists() -> dict[str, Sequence[str]]:
    """Return the fields of which few values stand in many records."""
    return {
        "publisher": _PUBLISHERS,
        "resource_type": _TYPES,
        "language": ("en", "en", "de", "fr", "es"),
        "license": _LICENCES,
        "license_url": _LICENCE_URLS,
        "access_rights": _RIGHTS,
        "rights_holder": _PUBLISHERS,
        "formats": _all("formats"),
        "media_types": _MEDIA_TYPES,
        "version": ("1.0", "1.1", "2.0", "2.1.3"),
        "conforms_to": _all("standards"),
        "contact_email": ("data@example.org", "info@example.org"),
    }


class _Chosen:
    """Draws one of some texts for each row."""

    def __init__(self, rows: int, chance: np.random.Generator) -> None:
        self._rows = rows
        self._chance = chance

    def of(self, texts: Sequence[str]) -> pl.Series:
        """Return a column of texts drawn from a list."""
        places = self._chance.integers(0, len(texts), self._rows)
        return pl.Series(texts, dtype=pl.String).gather(pl.Series(places))
