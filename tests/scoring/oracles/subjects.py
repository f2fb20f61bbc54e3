"""What a record says of the things themselves: its formats, standards, terms and origin."""

import re
from functools import lru_cache

from fairdb_core.records import Record, values_of
from fairdb_core.vocabularies.relations import ORIGIN_RELATIONS
from fairdb_core.vocabularies.standards import GENERIC_NAMESPACES, HOSTS_WITHOUT_TERMS
from tests.scoring.oracles.adding_up import NOT_ASSESSED, met_if
from tests.scoring.oracles.values import (
    ending_of,
    format_named,
    has_structured_type,
    names_one_of,
    relation_of,
)

CITATION = (
    "creators", "title", "identifier", "publication_date", "publisher", "resource_type",
)  # fmt: skip
ORIGIN = (
    "creators", "contributors", "publisher", "rights_holder", "publication_date",
    "modified_date", "creation_date",
)  # fmt: skip
ORIGINAL = {name.lower() for name in ORIGIN_RELATIONS}
Names = tuple[tuple[str, tuple[str, ...]], ...]


def has(record: Record, *fields: str) -> bool:
    return all(values_of(record, field) for field in fields)


def has_any(record: Record, *fields: str) -> bool:
    return any(values_of(record, field) for field in fields)


def formats_of(record: Record) -> list[str]:
    """Return what is said of the formats: names, media types, and the endings of the files."""
    told = [*values_of(record, "formats"), *values_of(record, "media_types")]
    return told + [ending_of(url) for url in values_of(record, "download_url")]


def has_trait(text: str, *traits: str) -> bool:
    found = format_named(text)
    return found is not None and any(trait in found.traits for trait in traits)


def is_good_format(text: str) -> bool:
    found = format_named(text)
    if found is not None and found.name in {"ZIP", "GZIP", "TAR", "7z", "RAR", "HTML", "RDFa"}:
        return False
    return has_trait(text, "open", "lasting", "science") or has_structured_type(text)


def tells_origin(record: Record) -> bool:
    related = values_of(record, "related_identifiers")
    return has_any(record, *ORIGIN) or any(relation_of(text)[0] in ORIGINAL for text in related)


def vocabulary_terms(record: Record) -> int:
    """Return whether an address among the subjects is of a vocabulary that says something."""
    texts = [
        text.strip().casefold()
        for field in ("subjects", "keywords", "theme")
        for text in values_of(record, field)
    ]
    terms = [text for text in texts if re.match(r"https?://.", text)]
    return met_if(not all(map(_is_no_term, terms))) if terms else NOT_ASSESSED


def _is_no_term(address: str) -> bool:
    rest = address.split("://", 1)[1]
    host = re.split(r"[/?#:]", rest)[0]
    names_no_terms = rest != host and f".{host}".endswith(
        tuple(f".{name}" for name in HOSTS_WITHOUT_TERMS)
    )
    return names_no_terms or rest.startswith(GENERIC_NAMESPACES)


def names_standard(record: Record, standards: dict[str, tuple[str, ...]], *fields: str) -> bool:
    names = tuple(standards.items())
    return any(_names(text, names) for field in fields for text in values_of(record, field))


@lru_cache(maxsize=100_000)
def _names(text: str, standards: Names) -> bool:
    return names_one_of(text, dict(standards))
