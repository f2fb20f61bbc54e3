"""Forty made-up groups and what they uploaded month by month; records come poor, and get better."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.demo.history import LICENCES_AFTER, LICENCES_BEFORE
from fairdb_core.demo.institution import CULTURE, EARTH, HEALTH, Subject

ROUNDS = 24
_FIX_EVERY = 8
_FIXED = 0.85
_GROUPS = (
    "Soil Physics", "Cardiology", "Dialectology", "Hydrology", "Neonatology", "Folklore",
    "Forest Ecology", "Oncology", "Manuscripts", "Climatology", "Public Health", "Musicology",
    "Limnology", "Radiology", "Museum Collections", "Geomorphology", "Sleep Medicine",
    "Romance Studies", "Aerosol Research", "Dental Medicine", "Archaeology", "Remote Sensing",
    "Nursing Research", "Onomastics", "Glaciology", "Rehabilitation", "Oral History",
    "Plant Sciences", "Epidemiology", "Slavic Studies", "Seismology", "Nutrition",
    "Art History", "Agricultural Systems", "Pneumology", "Epigraphy", "Biodiversity",
    "Sports Medicine", "Textile History", "Water Chemistry",
)  # fmt: skip
_SUBJECTS = (EARTH, HEALTH, CULTURE)
_LICENCES_BEFORE = tuple(filter(None, LICENCES_BEFORE))
_EASE = {
    "identifier": 1.0, "alternate_identifier": 1.0, "title": 1.0, "description": 0.5,
    "publication_date": 0.25, "access_url": 0.2, "download_url": -0.05, "size": -0.1,
    "temporal_coverage": 0.0, "spatial_coverage": 0.1, "provenance": -0.15,
    "related_identifiers": -0.2, "funding": -0.1,
}  # fmt: skip

Chance = np.random.Generator
Care = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """A group with a collection of its own, and its way to better metadata.

    Attributes:
        sizes: New records of each month.
        care: From 0 to 1, how well new records are described in the first month.
        growth: How much better they are described in the last month.
    """

    name: str
    prefix: str
    subject: Subject
    sizes: tuple[int, ...]
    care: float
    growth: float


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of one group.

    Attributes:
        month: From 0 on.
        cells: One text column a canonical field, null where nothing is said.
    """

    group: Group
    month: int
    file_name: str
    cells: pl.DataFrame


def groups_of(count: int) -> tuple[Group, ...]:
    """Return all groups, large and small ones, with ``count`` records together."""
    chance = np.random.default_rng(count)
    weights = chance.lognormal(0, 0.5, (len(_GROUPS), ROUNDS)) * chance.lognormal(
        0, 0.7, (len(_GROUPS), 1)
    )
    ends = np.round(np.cumsum(weights) / weights.sum() * count).astype(int)
    sizes = np.diff(ends, prepend=0).reshape(weights.shape)
    return tuple(
        Group(
            name=f"{name} Group",
            prefix=f"10.5072/g{number:02d}",
            subject=_SUBJECTS[number % len(_SUBJECTS)],
            sizes=tuple(int(size) for size in sizes[number]),
            care=float(chance.uniform(0.15, 0.6)),
            growth=float(chance.uniform(-0.05, 0.45)),
        )
        for number, name in enumerate(_GROUPS)
    )


def uploads_of_all(groups: tuple[Group, ...]) -> Iterator[Upload]:
    """Yield the files of all groups, month by month; now and then earlier records put right."""
    chance = np.random.default_rng(7)
    known = [0] * len(groups)
    latest: dict[str, pl.DataFrame] = {}
    for month in range(ROUNDS):
        for place, group in enumerate(groups):
            cells = _cells(group, known[place], month, chance)
            known[place] += cells.height
            earlier = latest.get(group.name)
            latest[group.name] = table = cells
            what = "new-datasets"
            if earlier is not None and month % _FIX_EVERY == place % _FIX_EVERY:
                what = "licences-put-right"
                table = pl.concat([_put_right(earlier, chance), cells])
            if table.height:
                number = f"{group.prefix[-3:]}-{month + 1:02d}"
                yield Upload(group, month, f"{number}-{what}.csv", table)


def _put_right(cells: pl.DataFrame, chance: Chance) -> pl.DataFrame:
    """Return records most of which have got a licence that machines know."""
    is_meant = pl.Series(chance.random(cells.height) < _FIXED)
    return cells.with_columns(
        license=pl.when(is_meant)
        .then(_any_of(LICENCES_AFTER, cells.height, chance))
        .otherwise("license")
    )


def _any_of(words: tuple[str, ...], count: int, chance: Chance) -> pl.Series:
    return pl.Series(words)[chance.integers(0, len(words), count)]


def _some_of(words: tuple[str, ...], most: int, count: int, chance: Chance) -> pl.Series:
    """Return up to ``most`` words a row, joined, without repeats."""
    starts = chance.integers(0, len(words), count)
    counts = chance.integers(1, most + 1, count)
    step = 1 + chance.integers(0, 2, count)
    spelled = [
        ";".join(dict.fromkeys(words[(start + turn * leap) % len(words)] for turn in range(number)))
        for start in range(len(words))
        for number in range(1, most + 1)
        for leap in (1, 2)
    ]
    return pl.Series(spelled)[(starts * most + counts - 1) * 2 + step - 1]


def _cells(group: Group, first_number: int, month: int, chance: Chance) -> pl.DataFrame:
    """Return new records of one month, the better described the more care was taken."""
    count = group.sizes[month]
    mean = group.care + group.growth * month / ROUNDS
    care = np.clip(chance.normal(mean, 0.12, count), 0, 1)
    offers = _offers(group, first_number, month, care, chance)
    return pl.DataFrame(
        [
            value.set(pl.Series(chance.random(count) >= _likely(care, ease)), None).alias(name)
            for name, (ease, value) in offers.items()
        ]
    )


def _likely(care: Care, ease: float) -> Care:
    """Return how likely something is said; what everybody says is always said."""
    return np.ones_like(care) if ease == 1 else np.minimum(0.98, care + ease)


def _offers(
    group: Group, first_number: int, month: int, care: Care, chance: Chance
) -> dict[str, tuple[float, pl.Series]]:
    """Return what each record could say, and how easily it is said: 1 says it always."""
    count, subject = care.size, group.subject
    parts = pl.DataFrame(
        {
            "what": _any_of(subject.measured, count, chance),
            "place": _any_of(subject.places, count, chance),
            "method": _any_of(subject.methods, count, chance),
            "first": chance.integers(1995, 2022, count),
            "number": np.arange(first_number, first_number + count),
            "amount": chance.integers(100, 1000, count),
            "is_full": chance.random(count) < care,
            "has_doi": chance.random(count) < care + 0.2,
        },
        schema_overrides={"what": pl.String, "place": pl.String, "method": pl.String},
    ).with_columns(
        last=pl.col("first") + pl.Series(chance.integers(1, 6, count), dtype=pl.Int64),
        local=pl.format(group.prefix[-3:].upper() + "-{}", "number"),
    )
    texts = parts.select(**_texts(group))
    good = _any_of(LICENCES_AFTER, count, chance)
    return {
        **{name: (ease, texts[name]) for name, ease in _EASE.items()},
        "creators": (0.4, _some_of(subject.people, 3, count, chance)),
        "publisher": (0.35, _any_of((group.name, group.name, "tbd"), count, chance)),
        "resource_type": (0.3, _any_of(("Dataset",), count, chance)),
        "keywords": (0.25, _some_of(subject.keywords, 3, count, chance)),
        "language": (0.1, _any_of(("en", "de", "fr"), count, chance)),
        "license": (
            0.35, good.zip_with(parts["is_full"], _any_of(_LICENCES_BEFORE, count, chance))
        ),
        "access_rights": (0.15, _any_of(subject.access, count, chance)),
        "formats": (0.1, _any_of(subject.formats, count, chance)),
        "conforms_to": (-0.25, _any_of(subject.standards, count, chance)),
        "contact_email": (0.05, _any_of(("data@example.org",), count, chance)),
        "version": (-0.1, _any_of((f"1.{month}",), count, chance)),
    }  # fmt: skip


def _texts(group: Group) -> dict[str, pl.Expr]:
    """Return the texts that are put together for each record."""
    title = pl.format("{}, {} {}–{}", "what", "place", "first", "last")
    about = pl.format(
        "{} in {} between {} and {}, {}. The series belongs to the "
        + group.name
        + " and was checked by its data stewards; gaps are marked as missing.",
        "what", "place", "first", "last", "method",
    )  # fmt: skip
    doi = pl.format("https://doi.org/" + group.prefix + ".{}", "number")
    page = pl.lit("https://data.example.org/") + pl.col("local")
    return {
        "identifier": pl.when("has_doi").then(doi).otherwise("local"),
        "alternate_identifier": pl.col("local"),
        "title": title,
        "description": pl.when("is_full")
        .then(about)
        .otherwise(pl.format("{}, {}", "what", "place")),
        "publication_date": pl.format("{}-{}", "last", pl.col("amount") % 12 + 1).str.replace(
            r"-(\d)$", "-0${1}"
        ),
        "access_url": page,
        "download_url": page + "/files/data.csv",
        "size": pl.format("{} MB", "amount"),
        "temporal_coverage": pl.format("{}-01-01/{}-12-31", "first", "last"),
        "spatial_coverage": pl.col("place"),
        "provenance": pl.format("Derived from raw files; {}.", "method"),
        "related_identifiers": pl.format("IsSupplementTo:10.5072/paper.{}", "amount"),
        "funding": pl.format("Example Foundation, EF-{}", "amount"),
    }
