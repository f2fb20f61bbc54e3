"""What the made-up institution uploaded month by month: records come poor, and get better."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from fairdb_core.demo.institution import CULTURE, EARTH, HEALTH, Subject
from fairdb_core.records import Record

_LONG = (
    "{what} in {place} between {first} and {last}, {method}. The series belongs to the {holder} "
    "and was checked by its data stewards; gaps are marked as missing."
)
LICENCES_BEFORE = ("", "", "not provided", "see website", "CC BY", "Creative Commons", "free")
LICENCES_AFTER = ("CC-BY-4.0", "CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0", "ODbL-1.0")


@dataclass(frozen=True, slots=True)
class Holding:
    """A collection of the institution and its way to better metadata.

    Attributes:
        care: From 0 to 1, how well new records are described in the first month.
        growth: How much better they are described in the last month.
        fixes: The month in which a field of all earlier records was put right.
    """

    name: str
    description: str
    prefix: str
    subject: Subject
    size: int
    care: float
    growth: float
    fixes: dict[int, str] = field(default_factory=dict)


HOLDINGS = (
    Holding(
        "Rhine Earth Observatory",
        "Soil, water and air along the upper Rhine, measured by eleven groups.",
        "10.5072/reo",
        EARTH,
        820,
        0.42,
        0.45,
        {5: "license", 9: "access_url", 13: "formats"},
    ),
    Holding(
        "Cohort and Clinic Registry",
        "Health cohorts and clinical studies; most data are open on application only.",
        "10.5072/ccr",
        HEALTH,
        560,
        0.55,
        0.15,
        {7: "access_rights", 15: "license"},
    ),
    Holding(
        "Languages and Heritage Archive",
        "Recordings, texts and museum objects of small languages.",
        "10.5072/lha",
        CULTURE,
        640,
        0.25,
        0.4,
        {11: "identifier"},
    ),
)


def uploads_of(holding: Holding, months: int) -> Iterator[tuple[str, list[Record]]]:
    """Yield file name and rows of each month: new records, and fixes of earlier ones."""
    # Not for secrets: the same institution is made up each time.
    chance = random.Random(holding.name)  # noqa: S311
    known: list[dict[str, str | list[str]]] = []
    per_month = holding.size // months
    for month in range(months):
        care = holding.care + holding.growth * month / months
        fixed = holding.fixes.get(month)
        changed = [_fixed(record, fixed, holding, chance) for record in known] if fixed else []
        new = [
            _record(holding, len(known) + number, care, month, chance)
            for number in range(per_month + chance.randrange(-6, 7))
        ]
        known = [*(changed or known), *new]
        name = f"{fixed}-put-right" if fixed else "new-datasets"
        yield f"{holding.prefix[-3:]}-{month + 1:02d}-{name}.csv", [*changed, *new]


def made_up_records(count: int, chance: random.Random) -> Iterator[Record]:
    """Yield records of one holding, described with more and with less care, for measurements."""
    for number in range(count):
        yield _record(HOLDINGS[0], number, 0.3 + 0.5 * chance.random(), number % 18, chance)


def _fixed(
    record: dict[str, str | list[str]], name: str, holding: Holding, chance: random.Random
) -> dict[str, str | list[str]]:
    """Return a record after a campaign that put one field right in most records."""
    if chance.random() < 0.15:  # noqa: PLR2004 - some are always forgotten
        return record
    better = dict(record)
    number = str(record["alternate_identifier"])
    if name == "license":
        better["license"] = chance.choice(LICENCES_AFTER)
    elif name == "access_url":
        better["access_url"] = f"https://data.example.org/{number}"
        better["download_url"] = f"https://data.example.org/{number}/files/data.csv"
    elif name == "formats":
        better["formats"], better["media_types"] = ["CSV"], ["text/csv"]
    elif name == "access_rights":
        better["access_rights"] = chance.choice(("restricted access", "open access", "embargoed"))
    elif name == "identifier":
        better["related_identifiers"] = [f"IsSupplementTo:10.5072/paper.{chance.randrange(900)}"]
        better["publication_date"] = f"{chance.randrange(2005, 2026)}"
    return better


def _record(
    holding: Holding, number: int, care: float, month: int, chance: random.Random
) -> dict[str, str | list[str]]:
    """Return a record, the better described the more care was taken."""
    subject = holding.subject
    what, place = chance.choice(subject.measured), chance.choice(subject.places)
    first = chance.randrange(1995, 2022)
    last = min(first + chance.randrange(1, 9), 2026)
    local = f"{holding.prefix[-3:].upper()}-{number:05d}"
    has_doi = chance.random() < care + 0.2
    record: dict[str, str | list[str]] = {
        "identifier": f"https://doi.org/{holding.prefix}.{number}" if has_doi else local,
        "alternate_identifier": local,
        "title": f"{what}, {place} {first}–{last}",
    }
    method = chance.choice(subject.methods)
    long_text = _LONG.format(
        what=what, place=place, first=first, last=last, method=method, holder=holding.name
    )
    people = chance.sample(subject.people, chance.randrange(1, 4))
    offers: dict[str, tuple[float, str | list[str]]] = {
        "description": (0.5, long_text if chance.random() < care else f"{what}, {place}"),
        "creators": (0.4, people),
        "publisher": (0.35, holding.name if chance.random() < care + 0.3 else "tbd"),
        "publication_date": (0.25, f"{last}-{chance.randrange(1, 13):02d}-15"),
        "resource_type": (0.3, "Dataset"),
        "keywords": (0.25, chance.sample(subject.keywords, 3)),
        "language": (0.1, chance.choice(("en", "de", "fr"))),
        "license": (
            0.35,
            chance.choice(LICENCES_AFTER if chance.random() < care else LICENCES_BEFORE),
        ),
        "access_rights": (0.15, chance.choice(subject.access)),
        "access_url": (0.2, f"https://data.example.org/{local}"),
        "download_url": (-0.05, f"https://data.example.org/{local}/files/data.csv"),
        "formats": (0.1, [chance.choice(subject.formats)]),
        "size": (-0.1, f"{chance.randrange(1, 900)} MB"),
        "temporal_coverage": (0.0, [f"{first}-01-01/{last}-12-31"]),
        "spatial_coverage": (0.1, [place]),
        "provenance": (-0.15, f"Derived from raw files; {method}."),
        "related_identifiers": (-0.2, [f"IsSupplementTo:10.5072/paper.{chance.randrange(900)}"]),
        "conforms_to": (-0.25, chance.choice(subject.standards)),
        "funding": (-0.1, f"Example Foundation, EF-{chance.randrange(100, 999)}"),
        "contact_email": (0.05, "data@example.org"),
        "version": (-0.1, f"1.{month}"),
    }
    for name, (ease, value) in offers.items():
        if value and chance.random() < min(0.98, care + ease):
            record[name] = value
    return record
