"""Values for a record's fields that can be found in the record itself, each with where it stands.

Nothing is invented here: a value is another field's, a part of it, or the vocabulary's word for
it. A person still decides whether it is right.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import Record, values_of
from fairdb_core.vocabularies.access_rights import EMBARGOED, OPEN, access_of
from fairdb_core.vocabularies.formats import format_of, format_of_url
from fairdb_core.vocabularies.identifiers import normalise_identifier, scheme_of
from fairdb_core.vocabularies.licences import nearest_by_name, spdx_of
from fairdb_core.vocabularies.relations import DATA_TARGET, RELATION_TYPES
from fairdb_core.vocabularies.resource_types import general_type_of
from fairdb_core.vocabularies.themes import theme_of

Found = tuple[str, str]

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"'<>?#&\x1f]+")
_ZENODO = re.compile(r"zenodo\.org/records?/([0-9]+)")
_YEAR = r"(1[89][0-9]{2}|20[0-9]{2})"
_YEARS = re.compile(rf"\b{_YEAR}\s*(?:-|–|—|/|to|bis)\s*{_YEAR}\b")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WORD = re.compile(r"[^\W\d_][\w-]{3,}")
_STOP_WORDS = (
    "about across after also among and are based been before between both data dataset datasets "
    "does each from have into more most not other over per some such than that the their them "
    "then there these they this through under upon used using very was were what when where which "
    "while with within without eine einer eines und der die das für mit von les des une pour dans "
    "los las para con del los het een voor van dei delle nella file files version"
)
_FAMILIES = (
    (r"public domain|\bcc[ -]?(?:0|zero)\b|no rights reserved", "CC0-1.0"),
    (r"non[- ]?commercial.*share|by[ -]nc[ -]sa", "CC-BY-NC-SA-4.0"),
    (r"non[- ]?commercial|by[ -]nc", "CC-BY-NC-4.0"),
    (r"share[- ]?alike|by[ -]sa", "CC-BY-SA-4.0"),
    (r"creative\s*commons|\bcc[ -]?by\b|attribution", "CC-BY-4.0"),
    (r"open data ?base|odbl", "ODbL-1.0"),
    (r"open government", "OGL-UK-3.0"),
)
_LANGUAGES = {
    "en": "the of and in for from with by on", "de": "der die das und für mit von im zur",
    "fr": "le la les des et du pour dans sur", "es": "el la los las y del para en por",
    "it": "il la di del della e per nel dei", "nl": "de het een van en voor met op",
    "pt": "o a os das dos e para em da do",
}  # fmt: skip
_PUBLISHERS = {
    "10.5281": "Zenodo", "10.5061": "Dryad", "10.6084": "figshare", "10.1594": "PANGAEA",
    "10.7910": "Harvard Dataverse", "10.18112": "OpenNeuro", "10.15468": "GBIF",
    "10.17632": "Mendeley Data", "10.3886": "ICPSR", "10.4121": "4TU.ResearchData",
}  # fmt: skip


def found_values(record: Record, field: str) -> list[Found]:
    """Return values for a field that the record gives away, and the fields they stand in.

    Args:
        record: A normalised record.
        field: The field to fill; for one with several values, each is to be added to them.
    """
    find = _FINDERS.get(field)
    held = set(values_of(record, field))
    if find is None:
        return []
    return [found for found in dict.fromkeys(find(record)) if found[0] and found[0] not in held]


def _from(record: Record, *fields: str) -> Iterator[Found]:
    """Yield the first value of each of some fields."""
    for field in fields:
        for value in values_of(record, field)[:1]:
            yield value, FIELD_BY_NAME[field].title


def _links(record: Record) -> Iterator[Found]:
    for field in ("identifier", "access_url", "download_url", "metadata_url"):
        yield from _from(record, field)


def _as_link(identifier: str) -> str:
    return f"https://doi.org/{identifier}" if scheme_of(identifier) == "doi" else identifier


def _identifiers(record: Record) -> Iterator[Found]:
    for text, where in (*_links(record), *_from(record, "alternate_identifier")):
        if scheme_of(text):
            yield _as_link(normalise_identifier(text)), where
        else:
            yield from ((f"https://doi.org/{doi.lower()}", where) for doi in _dois(text))
    for text, where in _from(record, "access_url", "alternate_identifier"):
        if "://" in text:
            yield text, where


def _dois(text: str) -> list[str]:
    found = [doi.rstrip(".,;)]}") for doi in _DOI.findall(text)]
    return found + [f"10.5281/zenodo.{number}" for number in _ZENODO.findall(text)]


def _own_link(record: Record) -> Iterator[Found]:
    for text, where in _from(record, "identifier"):
        if scheme_of(text) or "://" in text:
            yield _as_link(text), where


def _pages(record: Record) -> Iterator[Found]:
    yield from _own_link(record)
    yield from _from(record, "metadata_url")


def _files(record: Record) -> Iterator[Found]:
    for text, where in _from(record, "access_url", "identifier", "service_url"):
        if "://" in text and (where == "Service URL" or format_of_url(text)):
            yield text, where


def _publishers(record: Record) -> Iterator[Found]:
    yield from _from(record, "rights_holder", "contact_name")
    for text, where in _links(record):
        for doi in [text] if scheme_of(text) == "doi" else _dois(text):
            prefix = normalise_identifier(doi).split("/")[0]
            if prefix in _PUBLISHERS:
                yield _PUBLISHERS[prefix], where
        host = (urlsplit(text).hostname or "").removeprefix("www.") if "://" in text else ""
        if host and not host.endswith(("doi.org", "handle.net")):
            yield host, where


def _types(record: Record) -> Iterator[Found]:
    for text, where in _from(record, "resource_type"):
        yield general_type_of(text) or "Dataset", where
    for _, where in _from(record, "formats", "download_url", "title"):
        yield "Dataset", where


def _themes(record: Record) -> Iterator[Found]:
    for field in ("theme", "subjects", "keywords", "title", "description"):
        for text in values_of(record, field):
            address = theme_of(text)
            if address:
                yield address, FIELD_BY_NAME[field].title
                break


def _subjects(record: Record) -> Iterator[Found]:
    for field in ("keywords", "theme"):
        for text in values_of(record, field):
            if "://" in text:
                yield text, FIELD_BY_NAME[field].title
    yield from _themes(record)


def _keywords(record: Record) -> Iterator[Found]:
    for field in ("subjects", "theme"):
        for text in values_of(record, field):
            if "://" not in text:
                yield text, FIELD_BY_NAME[field].title
    for text, where in _from(record, "title", "description"):
        words = [word for word in _WORD.findall(text) if word.casefold() not in _STOP_WORDS.split()]
        yield from ((word.casefold(), where) for word in words[:1])


def _languages(record: Record) -> Iterator[Found]:
    for text, where in _from(record, "description", "title"):
        words = set(text.casefold().split())
        counts = {code: len(words & set(stop.split())) for code, stop in _LANGUAGES.items()}
        best = max(counts, key=counts.__getitem__)
        if counts[best]:
            yield best, where


def _licences(record: Record) -> Iterator[Found]:
    for text, where in _from(record, "license", "license_url", "access_rights", "rights_holder"):
        spdx_id = spdx_of(text)
        if spdx_id:
            yield spdx_id, where
            continue
        for pattern, nearest in _FAMILIES:
            if re.search(f"(?i){pattern}", text):
                yield nearest, where
                break
        meant = nearest_by_name(text)
        if meant:
            yield meant, where


def _licence_urls(record: Record) -> Iterator[Found]:
    for spdx_id, where in _licences(record):
        yield f"https://spdx.org/licenses/{spdx_id}", where


def _access(record: Record) -> Iterator[Found]:
    for text, where in _from(record, "access_rights"):
        term = access_of(text)
        if term:
            yield term, where
    for _, where in _from(record, "embargo_date"):
        yield EMBARGOED, where
    for text, where in _from(record, "download_url", "license"):
        if "://" in text or spdx_of(text):
            yield OPEN, where


def _formats(record: Record) -> Iterator[Found]:
    for url in values_of(record, "download_url") + values_of(record, "access_url"):
        found = format_of_url(url)
        if found:
            yield found.name, FIELD_BY_NAME["download_url"].title
    for field in ("media_types", "formats"):
        for text in values_of(record, field):
            found = format_of(text)
            if found:
                yield found.name, FIELD_BY_NAME[field].title


def _media_types(record: Record) -> Iterator[Found]:
    for name, where in (*_from_formats(record), *_formats(record)):
        found = format_of(name)
        if found and found.media_type:
            yield found.media_type, where


def _from_formats(record: Record) -> Iterator[Found]:
    for text in values_of(record, "formats"):
        yield text, FIELD_BY_NAME["formats"].title


def _emails(record: Record) -> Iterator[Found]:
    for field in ("contact_name", "creators", "publisher", "description", "access_rights"):
        for text in values_of(record, field):
            yield from ((email, FIELD_BY_NAME[field].title) for email in _EMAIL.findall(text))


def _relations(record: Record) -> Iterator[Found]:
    for text in values_of(record, "related_identifiers"):
        if not text.startswith(tuple(f"{name}:" for name in RELATION_TYPES)):
            is_data = re.search(DATA_TARGET, text) is not None
            yield f"{'IsDerivedFrom' if is_data else 'References'}:{text}", "Related resources"
    yield from _mentioned(record)
    # A dataset's own identifier and landing page are no other resource, whatever would pass.
    for text, where in _from(record, "metadata_url"):
        yield f"HasMetadata:{text}", where


def _mentioned(record: Record) -> Iterator[Found]:
    """Yield the DOIs that a record's texts name, but for its own."""
    own = {normalise_identifier(text) for text, _ in _links(record)}
    for field in ("description", "provenance", "alternate_identifier"):
        for text in values_of(record, field):
            dois = [doi for doi in _dois(text) if normalise_identifier(doi) not in own]
            yield from ((f"References:{doi}", FIELD_BY_NAME[field].title) for doi in dois)


def _standards(record: Record) -> Iterator[Found]:
    for text, where in _from(record, "identifier"):
        if re.match(DATA_TARGET, text):
            yield "DataCite Metadata Schema 4, http://datacite.org/schema/kernel-4", where


def _origins(record: Record) -> Iterator[Found]:
    for text in values_of(record, "related_identifiers"):
        relation, colon, target = text.partition(":")
        if colon and relation == "IsDerivedFrom":
            yield f"prov:wasDerivedFrom {target}", "Related resources"
    for text, where in _from(record, "creators", "publisher"):
        yield f"prov:wasAttributedTo {text}", where


def _periods(record: Record) -> Iterator[Found]:
    for text, where in _from(record, "title", "description"):
        for start, end in _YEARS.findall(text):
            if start <= end:
                yield f"{start}/{end}", where


def _descriptions(record: Record) -> Iterator[Found]:
    titles = values_of(record, "title")
    rest = [
        f"{label}: {', '.join(values_of(record, field)[:5])}."
        for field, label in (
            ("keywords", "Keywords"), ("spatial_coverage", "Places"),
            ("temporal_coverage", "Time"), ("creators", "By"), ("publisher", "Published by"),
        )
        if values_of(record, field)
    ]  # fmt: skip
    if titles and rest:
        yield " ".join([f"{titles[0].rstrip('.')}.", *rest]), "Title and others"


def _other_numbers(record: Record) -> Iterator[Found]:
    for text, where in _from(record, "access_url"):
        last = urlsplit(text).path.rstrip("/").rsplit("/", 1)[-1]
        if last and last not in values_of(record, "identifier"):
            yield last, where


def _others(*fields: str) -> Callable[[Record], Iterator[Found]]:
    """Return a finder of what stands in other fields as it is."""
    return lambda record: _from(record, *fields)


_FINDERS: dict[str, Callable[[Record], Iterator[Found]]] = {
    "identifier": _identifiers,
    "title": _others("alternative_title", "identifier"),
    "description": _descriptions,
    "creators": _others("rights_holder", "contributors", "contact_name", "publisher"),
    "contributors": _others("contact_name", "rights_holder", "creators", "publisher"),
    "publisher": _publishers,
    "publication_date": _others("creation_date", "modified_date", "temporal_end"),
    "modified_date": _others("creation_date", "publication_date"),
    "creation_date": _others("publication_date", "modified_date"),
    "resource_type": _types,
    "subjects": _subjects,
    "keywords": _keywords,
    "theme": _themes,
    "language": _languages,
    "license": _licences,
    "license_url": _licence_urls,
    "access_rights": _access,
    "rights_holder": _others("publisher", "creators"),
    "access_url": _pages,
    "download_url": _files,
    "formats": _formats,
    "media_types": _media_types,
    "related_identifiers": _relations,
    "alternate_identifier": _other_numbers,
    "contact_email": _emails,
    "contact_name": _others("publisher", "creators"),
    "conforms_to": _standards,
    "provenance": _origins,
    "temporal_coverage": _periods,
}
