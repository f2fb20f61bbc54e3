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
    chosen = _Chosen(rows, chance)
    number = pl.Series(np.arange(start, start + rows)).cast(pl.String)
    years = pl.Series(chance.integers(1995, 2022, rows)).cast(pl.String)
    what = chosen.of([text for subject in _SUBJECTS for text in subject.measured])
    place = chosen.of([text for subject in _SUBJECTS for text in subject.places])
    words = [text for subject in _SUBJECTS for text in subject.keywords]
    people = [text for subject in _SUBJECTS for text in subject.people]
    has_doi = pl.Series(chance.random(rows) < 0.75)  # noqa: PLR2004 - three of four
    text = pl.concat_str
    frame = pl.DataFrame({"n": number, "y": years, "what": what, "place": place, "doi": has_doi})
    return (
        frame.with_columns(
            people1=chosen.of(people),
            people2=chosen.of(people),
            word1=chosen.of(words),
            word2=chosen.of(words),
            method=chosen.of([m for subject in _SUBJECTS for m in subject.methods]),
            sentence=chosen.of(_SENTENCES),
            relation=chosen.of(_RELATIONS),
            ending=chosen.of(_ENDINGS),
            month=chosen.of([f"{month:02d}" for month in range(1, 13)]),
            amount=pl.Series(chance.integers(1, 9000, rows)).cast(pl.String),
            **{name: chosen.of(texts) for name, texts in _from_lists().items()},
        )
        .with_columns(
            identifier=pl.when("doi")
            .then(text(pl.lit("10.5072/example."), "n"))
            .otherwise(text(pl.lit("EX-"), "n")),
            title=text("what", pl.lit(", "), "place", pl.lit(" "), "y", pl.lit(" no. "), "n"),
            description=text(
                "what", pl.lit(" in "), "place", pl.lit(" since "), "y", pl.lit(", "), "method",
                pl.lit(". "), "sentence", pl.lit(" Number of samples: "), "amount", pl.lit("."),
            ),
            creators=text("people1", "people2", separator=VALUE_SEPARATOR),
            publication_date=text("y", pl.lit("-"), "month", pl.lit("-15")),
            modified_date=text(pl.lit("2025-"), "month", pl.lit("-01")),
            keywords=text("word1", "word2", "place", separator=VALUE_SEPARATOR),
            subjects=text(pl.lit("http://aims.fao.org/aos/agrovoc/c_"), "amount"),
            access_url=text(pl.lit("https://data.example.org/records/"), "n"),
            download_url=text(
                pl.lit("https://data.example.org/records/"), "n", pl.lit("/files/data."), "ending"
            ),
            size=text("amount", pl.lit(" MB")),
            related_identifiers=text("relation", pl.lit("10.5281/zenodo."), "amount"),
            alternate_identifier=text(pl.lit("EX-"), "n"),
            spatial_coverage=pl.col("place"),
            temporal_coverage=text("y", pl.lit("-01-01/2023-12-31")),
            provenance=text(pl.lit("Derived from raw files; "), "method"),
            funding=text(pl.lit("Example Foundation, EF-"), "amount"),
        )
        .select(
            pl.when(pl.Series(chance.random(rows) * 100 < share)).then(pl.col(name)).alias(name)
            for name, share in _FILLED.items()
        )
    )  # fmt: skip


def _from_lists() -> dict[str, Sequence[str]]:
    """Return the fields of which few values stand in many records."""
    formats = [name for subject in _SUBJECTS for name in subject.formats]
    standards = [name for subject in _SUBJECTS for name in subject.standards]
    return {
        "publisher": _PUBLISHERS,
        "resource_type": _TYPES,
        "language": ("en", "en", "de", "fr", "es"),
        "license": _LICENCES,
        "license_url": _LICENCE_URLS,
        "access_rights": _RIGHTS,
        "rights_holder": _PUBLISHERS,
        "formats": formats,
        "media_types": _MEDIA_TYPES,
        "version": ("1.0", "1.1", "2.0", "2.1.3"),
        "conforms_to": standards,
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
