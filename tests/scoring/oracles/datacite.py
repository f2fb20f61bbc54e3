"""DataCite's properties by their obligation, one record at a time."""

from fairdb_core.records import Record, values_of
from tests.scoring.oracles.adding_up import Row, Score, States, met_if, metrics_of, points_of

# Property, obligation, the FAIR principle that it serves, and the fields of which any fills it.
TABLE = """
Identifier          mandatory   F1   identifier
Creator             mandatory   R1.2 creators
Title               mandatory   F2   title
Publisher           mandatory   R1.2 publisher
PublicationYear     mandatory   F2   publication_date
ResourceType        mandatory   R1   resource_type
Subject             recommended F2   keywords subjects theme
Contributor         recommended R1.2 contributors contact_name rights_holder
Date                recommended R1.2 creation_date modified_date embargo_date
Date                recommended R1.2 temporal_coverage temporal_start
RelatedIdentifier   recommended I3   related_identifiers
Description         recommended F2   description
GeoLocation         recommended F2   spatial_coverage spatial_bbox
Language            optional    R1   language
AlternateIdentifier optional    F1   alternate_identifier
Size                optional    R1   size
Format              optional    R1   formats media_types
Version             optional    R1.2 version
Rights              optional    R1.1 license license_url access_rights rights_holder
FundingReference    optional    R1.2 funding
RelatedItem         optional    I3   collection
"""
LINES = [line.split() for line in TABLE.strip().splitlines()]
FIELDS: dict[str, list[str]] = {}
for name, _, _, *fields in LINES:
    FIELDS.setdefault(name, []).extend(fields)
ROWS = [
    Row(name, name, (obligation, principle))
    for name, obligation, principle in dict.fromkeys(tuple(line[:3]) for line in LINES)
]
METRICS = metrics_of(ROWS)


def states_of(record: Record) -> dict[str, int]:
    return {
        name: met_if(any(values_of(record, field) for field in fields))
        for name, fields in FIELDS.items()
    }


def score_of(states: States) -> Score:
    return points_of(METRICS, states)
