"""The RDA FAIR Data Maturity Model, one record at a time: its 41 indicators and levels."""

import re

from fairdb_core.records import Record, values_of
from fairdb_core.vocabularies.licences import is_exact, spdx_of
from fairdb_core.vocabularies.protocols import (
    FREE_PROTOCOLS,
    STANDARD_PROTOCOLS,
    WITH_AUTHENTICATION,
)
from fairdb_core.vocabularies.relations import DATA_RELATIONS, DATA_TARGET, RELATION_TYPES
from fairdb_core.vocabularies.standards import (
    DISCIPLINARY_STANDARDS,
    GENERIC_STANDARDS,
    MACHINE_READABLE,
    PROVENANCE_LANGUAGES,
)
from tests.scoring.oracles import subjects
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
from tests.scoring.oracles.links import (
    data_links_of,
    identifiers_of,
    is_reached_by,
    met_unless_closed,
)
from tests.scoring.oracles.subjects import formats_of, has_any, has_trait, names_standard
from tests.scoring.oracles.values import (
    is_persistent,
    is_unique,
    known,
    relation_of,
    states_access,
)

PRIORITIES = {
    "Essential": "F1-01M F1-01D F1-02M F1-02D F2-01M F3-01M F4-01M A1-02M A1-02D A1-03M A1-03D "
    "A1-04M A1-04D A1.1-01M A2-01M R1-01M R1.1-01M R1.3-01M R1.3-01D R1.3-02M",
    "Important": "A1-01M A1-05D A1.1-01D I1-01M I1-01D I1-02M I1-02D I2-01M I3-01M I3-03M "
    "R1.1-02M R1.1-03M R1.2-01M R1.3-02D",
    "Useful": "A1.2-01D I2-01D I3-01D I3-02M I3-02D I3-04M R1.2-02M",
}
PRIORITY_OF = {name: rank for rank, names in PRIORITIES.items() for name in names.split()}
# The network decides the first line, a person the second.
NEVER = (
    "F4-01M", "A1-02M", "A1-02D", "A1-03M", "A1-03D", "A1-05D",
    "A2-01M", "I2-01D", "I3-01D", "I3-02D",
)  # fmt: skip
DESCRIPTIVE = (
    "description", "keywords", "subjects", "contributors", "modified_date", "creation_date",
    "language", "formats", "size", "version", "related_identifiers", "funding",
    "spatial_coverage", "temporal_coverage", "provenance", "conforms_to", "contact_email",
    "license", "access_rights", "publisher",
)  # fmt: skip
LISTED = GENERIC_STANDARDS | DISCIPLINARY_STANDARDS
HOLDING_PROVENANCE = PROVENANCE_LANGUAGES | {
    name: LISTED[name]
    for name in (
        "DDI", "ISO 19115", "ISO 19139", "EML", "MIAME", "MINSEQE", "ISA-Tab", "BIDS",
        "HL7 FHIR", "RO-Crate", "CIDOC CRM", "OAI-ORE", "SensorML", "O&M",
    )
}  # fmt: skip
FAMILIES = (
    "open data commons", "public domain dedication", "open government licen",
    "datenlizenz deutschland", "licence ouverte", "etalab",
)  # fmt: skip
RELATIONS = {name.lower() for name in RELATION_TYPES}
TO_DATA = {name.lower() for name in DATA_RELATIONS}
ROWS = [
    Row(f"RDA-{name}", f"RDA-{name}", (name[0], name.split("-")[0]), priority=priority)
    for name, priority in PRIORITY_OF.items()
]
METRICS = metrics_of(ROWS)


def states_of(record: Record) -> dict[str, int]:
    states = dict.fromkeys(NEVER, NOT_ASSESSED)
    states |= _of_links(record) | _of_formats(record) | _of_standards(record)
    states |= _of_related(record) | _of_reuse(record)
    return {f"RDA-{name}": states[name] for name in PRIORITY_OF}


def _of_links(record: Record) -> dict[str, int]:
    pages, links = identifiers_of(record), data_links_of(record)
    own = values_of(record, "identifier")
    names_data = any(map(is_persistent, own)) and "Dataset" in values_of(record, "resource_type")
    says_access = any(map(states_access, values_of(record, "access_rights")))
    reachable = has_any(record, "access_url", "contact_email", "contact_name")
    return {
        "F1-01M": met_if(any(map(is_persistent, own))),
        "F1-01D": met_if(any(map(is_persistent, [*own, *links]))),
        "F1-02M": met_if(any(map(is_unique, pages))),
        "F1-02D": met_if(any(map(is_unique, [*own, *links]))),
        "F3-01M": met_unless_closed(record, any(map(is_unique, links)) or names_data),
        "A1-01M": met_if(says_access or reachable),
        "A1-04M": met_if(is_reached_by(pages, STANDARD_PROTOCOLS)),
        "A1-04D": met_unless_closed(record, is_reached_by(links, STANDARD_PROTOCOLS)),
        "A1.1-01M": met_if(is_reached_by(pages, FREE_PROTOCOLS)),
        "A1.1-01D": met_unless_closed(record, is_reached_by(links, FREE_PROTOCOLS)),
        "A1.2-01D": met_unless_closed(record, is_reached_by(links, WITH_AUTHENTICATION)),
    }


def _of_formats(record: Record) -> dict[str, int]:
    named = formats_of(record)
    both = any(has_trait(text, "science") and has_trait(text, "machine") for text in named)
    return {
        "I1-01D": met_if(any(map(subjects.is_good_format, named))),
        "I1-02D": met_if(any(has_trait(text, "machine") for text in named)),
        "R1.3-01D": met_if(any(has_trait(text, "lasting", "science") for text in named)),
        "R1.3-02D": met_if(both),
    }


def _of_standards(record: Record) -> dict[str, int]:
    followed = values_of(record, "conforms_to")
    told = [*followed, *values_of(record, "provenance")]
    is_listed = names_standard(record, LISTED, "conforms_to")
    is_readable = any(word in text.lower() for text in followed for word in MACHINE_READABLE)
    holding = names_standard(record, HOLDING_PROVENANCE, "conforms_to", "provenance")
    shared = names_standard(record, PROVENANCE_LANGUAGES, "conforms_to", "provenance")
    return {
        "I1-01M": met_if_given(followed, is_listed),
        "R1.3-01M": met_if_given(followed, is_listed),
        "I1-02M": met_if_given(followed, is_listed and is_readable),
        "R1.3-02M": met_if_given(followed, is_listed and is_readable),
        "R1.2-01M": met_if_given(told, holding),
        "R1.2-02M": met_if_given(told, shared),
    }


def _of_related(record: Record) -> dict[str, int]:
    related = values_of(record, "related_identifiers")
    qualified = any(map(leads_to_data, related))
    return {
        "I2-01M": subjects.vocabulary_terms(record),
        "I3-01M": met_if(bool(related)),
        "I3-02M": met_if(qualified or any(map(is_of_data_repository, related))),
        "I3-03M": met_if(any(relation_of(text)[0] in RELATIONS for text in related)),
        "I3-04M": met_if(qualified),
    }


@known
def leads_to_data(text: str) -> bool:
    relation, target = relation_of(text)
    return relation in TO_DATA or (relation in RELATIONS and is_of_data_repository(target))


@known
def is_of_data_repository(text: str) -> bool:
    return re.search(DATA_TARGET, text) is not None


def _of_reuse(record: Record) -> dict[str, int]:
    core = subjects.has(record, *subjects.CITATION, "description", "keywords")
    filled = sum(bool(values_of(record, field)) for field in DESCRIPTIVE)
    names = values_of(record, "license")
    licences = [*names, *values_of(record, "license_url")]
    return {
        "F2-01M": met_if(core),
        "R1-01M": MET if filled >= 10 else PARTLY if filled >= 5 else UNMET,
        "R1.1-01M": met_if(bool(licences)),
        "R1.1-02M": met_if(any(map(is_known, licences)) or any(map(is_of_family, names))),
        "R1.1-03M": met_if(any(map(is_exact_licence, licences))),
    }


@known
def is_known(text: str) -> bool:
    return spdx_of(text) is not None


@known
def is_exact_licence(text: str) -> bool:
    return is_exact(text)


@known
def is_of_family(text: str) -> bool:
    plain = text.lower()
    if "creativecommons" in "".join(plain.split()) or any(name in plain for name in FAMILIES):
        return True
    return re.search(r"\b(?:cc[ -]?by|odbl)\b", plain) is not None


def score_of(states: States) -> Score:
    levels = {f"{area}.level": level_of(area, states) for area in "FAIR"}
    return points_of(METRICS, states) | levels


def counts_of(area: str, states: States) -> dict[str, tuple[int, int, int]]:
    """Return of an area's priorities how many are met, could be judged, and are there."""
    counts = {}
    for priority in PRIORITIES:
        found = [states[r.test] for r in ROWS if r.groups[0] == area and r.priority == priority]
        judged = [state for state in found if state != NOT_ASSESSED]
        counts[priority] = judged.count(MET), len(judged), len(found)
    return counts


def level_of(area: str, states: States) -> int | None:
    """Return the level of an area: all that is Essential, then half and all of the further ones."""
    counts = counts_of(area, states)
    if not any(judged for _, judged, _ in counts.values()):
        return None
    met, judged, _ = counts["Essential"]
    if met < judged:
        return 0
    level = 1
    for priority in ("Important", "Useful"):
        met, judged, _ = counts[priority]
        if 2 * met < judged:
            return level
        if met < judged:
            return level + 1
        level += 2
    return level
