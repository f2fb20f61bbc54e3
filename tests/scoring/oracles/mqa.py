"""The Metadata Quality Assessment of data.europa.eu, one record at a time: its 23 metrics."""

import re

from fairdb_core.records import Record, values_of
from fairdb_core.vocabularies.access_rights import access_of
from fairdb_core.vocabularies.formats import format_of
from fairdb_core.vocabularies.media_types import is_registered
from tests.scoring.oracles.adding_up import (
    MET,
    NOT_ASSESSED,
    PARTLY,
    UNMET,
    Row,
    Score,
    States,
    met_if,
    met_if_given,
    metrics_of,
    points_of,
)
from tests.scoring.oracles.links import data_links_of, met_unless_closed
from tests.scoring.oracles.rda import is_known
from tests.scoring.oracles.subjects import has, has_any
from tests.scoring.oracles.values import format_named, holds_word, known

# Metric, dimension, the FAIR principle that it serves, its points, and those when half met.
TABLE = """
keywordAvailability                  F F2   30
categoryAvailability                 F F2   30
spatialAvailability                  F F2   20
temporalAvailability                 F F2   20
accessUrlStatusCode                  A A1   50
downloadUrlAvailability              A A1   20
downloadUrlStatusCode                A A1   30
formatAvailability                   I I1   20
mediaTypeAvailability                I I1   10
formatMediaTypeVocabularyAlignment   I I1   10 5
formatMediaTypeNonProprietary        I I1   20
formatMediaTypeMachineInterpretable  I I1   20
dcatApCompliance                     I I1   30
licenceAvailability                  R R1.1 20
knownLicence                         R R1.1 10
accessRightsAvailability             R A1   10
accessRightsVocabularyAlignment      R A1   5
contactPointAvailability             R R1.2 20
publisherAvailability                R R1.2 10
rightsAvailability                   C R1.1 5
byteSizeAvailability                 C R1   5
dateIssuedAvailability               C R1.2 5
dateModifiedAvailability             C R1.2 5
"""
# Codes of the EU's lists of formats.
MACHINE_READABLE = (
    "CSV GEOJSON ICS JSON JSON_LD KML KMZ NETCDF ODS RDFA RDF_N_QUADS RDF_N_TRIPLES RDF_TRIG "
    "RDF_TURTLE RDF_XML RSS SHP XLS XLSX XML"
)
NON_PROPRIETARY = (
    "BMP CSV DBF GEOJSON GZIP HTML ICS JPEG2000 JSON JSON_LD KML KMZ NETCDF ODS PNG RDF_N_QUADS "
    "RDF_N_TRIPLES RDF_TRIG RDF_TURTLE RDF_XML RSS RTF TAR TIFF TSV TXT WMS_SRVC XML ZIP"
)
READABLE = {format_of(code) for code in MACHINE_READABLE.split()}
FREE = {format_of(code) for code in NON_PROPRIETARY.split()}


def _row(name: str, dimension: str, principle: str, points: str, partly: str = "0") -> Row:
    return Row(name, name, (dimension, principle), float(points), partly=float(partly))


ROWS = [_row(*line.split()) for line in TABLE.strip().splitlines()]
METRICS = metrics_of(ROWS)


def states_of(record: Record) -> dict[str, int]:
    formats, types = values_of(record, "formats"), values_of(record, "media_types")
    named = [format_named(text) for text in [*formats, *types]]
    licences = [*values_of(record, "license"), *values_of(record, "license_url")]
    rights = values_of(record, "access_rights")
    claimed = any(map(claims_dcat_ap, values_of(record, "conforms_to")))
    has_core = has(record, "title", "description", "access_url")
    places, times = ("coverage", "bbox"), ("coverage", "start", "end")
    states = {
        "keywordAvailability": met_if(has(record, "keywords")),
        "categoryAvailability": met_if(has(record, "theme")),
        "spatialAvailability": met_if(any(has(record, f"spatial_{name}") for name in places)),
        "temporalAvailability": met_if(any(has(record, f"temporal_{name}") for name in times)),
        "accessUrlStatusCode": NOT_ASSESSED,
        "downloadUrlAvailability": met_unless_closed(record, bool(data_links_of(record))),
        "downloadUrlStatusCode": NOT_ASSESSED,
        "formatAvailability": met_if(bool(formats)),
        "mediaTypeAvailability": met_if(bool(types)),
        "formatMediaTypeVocabularyAlignment": alignment_of(formats, types),
        "formatMediaTypeNonProprietary": met_if(any(each in FREE for each in named if each)),
        "formatMediaTypeMachineInterpretable": met_if(
            any(each in READABLE for each in named if each)
        ),
        "dcatApCompliance": met_if_given(claimed, has_core),
        "licenceAvailability": met_if(bool(licences)),
        "knownLicence": met_if(any(map(is_known, licences))),
        "accessRightsAvailability": met_if(bool(rights)),
        "accessRightsVocabularyAlignment": met_if(any(access_of(text) for text in rights)),
        "contactPointAvailability": met_if(has_any(record, "contact_email", "contact_name")),
        "publisherAvailability": met_if(has(record, "publisher")),
        "rightsAvailability": met_if(has_any(record, "rights_holder", "access_rights")),
        "byteSizeAvailability": met_if(has(record, "size")),
        "dateIssuedAvailability": met_if(has(record, "publication_date")),
        "dateModifiedAvailability": met_if(has(record, "modified_date")),
    }
    return {row.test: states[row.test] for row in ROWS}


def alignment_of(formats: list[str], types: list[str]) -> int:
    """Return met where a format and a media type are of the lists, partly where one of them is."""
    listed = any(map(format_named, formats)) + any(map(is_registered, types))
    return (UNMET, PARTLY, MET)[listed]


@known
def claims_dcat_ap(text: str) -> bool:
    """Return whether a text names DCAT-AP or a profile of it, such as GeoDCAT-AP."""
    plain = re.sub(r"[a-z]+dcat-ap", "dcat-ap", text.lower())
    return holds_word(plain, "dcat-ap")


def score_of(states: States) -> Score:
    return points_of(METRICS, states)


def rating_of(points: float) -> str:
    if points > 350:
        return "Excellent"
    if points > 220:
        return "Good"
    return "Sufficient" if points > 120 else "Bad"
