"""Whether a column's content can be what its header says, and what content says by itself."""

from dataclasses import dataclass

from fairdb_core.importers.profiles import Profile
from fairdb_core.metadata import FIELD_BY_NAME, Kind

_MOST, _MANY, _SOME = 0.8, 0.5, 0.3
_FEWEST_ALIKE, _IN_ALL = 3, 0.99
_URLS_OF_ONE = frozenset({"access_url", "download_url"})
_SHORT, _LONG, _SHORTEST_TITLE, _SHORTEST_PMID = 60, 25, 3, 6


@dataclass(frozen=True, slots=True)
class Verdict:
    """What content says about a suggestion.

    Attributes:
        field: The field that it fits, another one where content knows better, or ``None``.
        weight: What it adds to the confidence, from -0.3 to 0.1.
        reason: In plain words.
    """

    field: str | None
    weight: float
    reason: str


def judge(field: str, profile: Profile) -> Verdict:
    """Return whether a column can hold a field."""
    redirected = _redirect(field, profile)
    if redirected is not None:
        return redirected
    problem = _objection(field, profile)
    if problem:
        return Verdict(None, 0.0, problem)
    support = _support(field, profile)
    return Verdict(field, 0.08 if support else 0.0, support)


def by_content(profile: Profile, *, is_unknown: bool = False) -> list[tuple[str, float, str]]:
    """Return fields that content alone suggests, each with confidence and reason.

    Args:
        profile: The column.
        is_unknown: Whether its header says nothing at all.
    """
    found = []
    for field, test, least, confidence, what in _BY_CONTENT + _BY_CONTENT_ALONE * is_unknown:
        share = profile.share(test)
        if share >= least and not _is_one_for_all(field, profile):
            found.append((field, confidence, f"{100 * share:.0f} % of the values are {what}"))
    if profile.share("doi") >= _MOST and profile.distinct >= _MOST:
        found.append(("identifier", 0.62, "almost every value is a DOI of its own"))
    is_prose = profile.share("prose") >= _MANY and profile.share("url") < _SOME
    if is_prose and profile.distinct >= _MOST:
        found.append(("description", 0.55, "the values are sentences, different in each row"))
    if is_unknown and profile.share("language") >= _IN_ALL and profile.share("english"):
        found.append(("language", 0.52, "the values are languages"))
    if is_unknown and profile.share("topic") and max(map(profile.share, _NO_TOPICS)) < _SOME:
        found.append(("keywords", 0.51, "the values are lists of words that come again"))
    return sorted(found, key=lambda each: -each[1])


_BY_CONTENT = (
    ("related_identifiers", "doi", _MOST, 0.52, "DOIs"),
    ("license", "licence", _MOST, 0.58, "licences"),
    ("contact_email", "email", _MOST, 0.55, "e-mail addresses"),
    ("media_types", "media", _MOST, 0.6, "media types"),
    ("spatial_bbox", "box", 0.9, 0.55, "bounding boxes"),
    ("download_url", "file", 0.7, 0.55, "addresses of files"),
    ("service_url", "service", 0.7, 0.55, "addresses of services"),
    ("temporal_coverage", "period", _MOST, 0.52, "periods"),
)
# These only count where the header is in words that nobody knows.
_BY_CONTENT_ALONE = (
    ("creators", "person", _MOST, 0.55, "names of persons"),
    ("language", "language name", 0.95, 0.52, "languages"),
    ("formats", "format", 0.9, 0.55, "known formats"),
    ("access_rights", "access", 0.9, 0.52, "access terms"),
    ("access_url", "url", _MOST, 0.52, "addresses"),
    ("size", "bytes", _MOST, 0.52, "sizes"),
    ("update_frequency", "frequency", _MOST, 0.52, "frequencies"),
)
_NO_TOPICS = ("person", "format", "language name", "access", "licence", "url", "media")


def _redirect(field: str, profile: Profile) -> Verdict | None:
    """Return what a column holds where its content contradicts its header in a known way."""
    for fields, test, least, other, reason in _REDIRECTS:
        if field in fields and profile.share(test) >= least:
            return Verdict(other, 0.0, reason)
    if field == "contact_email" and profile.share("email") < _SOME < profile.share("word"):
        return Verdict("contact_name", -0.1, "the values are names, not addresses")
    if field == "media_types" and profile.share("media") < _MANY <= profile.share("format"):
        return Verdict("formats", 0.0, "the values are names of formats")
    return _redirect_licence(profile) if field == "license" else None


_REDIRECTS = (
    (("identifier", "access_url", "alternate_identifier"), "file", _MANY, "download_url",
     "the values are addresses of files"),
    (("access_url", "download_url"), "service", _MANY, "service_url",
     "the values are addresses of services"),
    (("contact_name", "contributors", "publisher"), "email", 0.6, "contact_email",
     "the values are e-mail addresses"),
    (("modified_date",), "frequency", _MANY, "update_frequency", "the values are frequencies"),
    (("spatial_coverage",), "period", _MOST, "temporal_coverage", "the values are periods"),
    (("formats",), "bytes", _MANY, "size", "the values are sizes"),
    (("status",), "date", _MOST, "modified_date", "the values are dates"),
    (("spatial_coverage",), "box", _MANY, "spatial_bbox", "the values are bounding boxes"),
)  # fmt: skip


def _redirect_licence(profile: Profile) -> Verdict | None:
    if profile.share("access") >= _MANY and profile.share("licence") < _SOME:
        return Verdict("access_rights", 0.0, "the values say who may see the data")
    if profile.share("prose") >= _MANY and profile.share("licence") < _SOME:
        return Verdict("access_rights", -0.15, "the values are sentences and name no licence")
    return None


def _objection(field: str, profile: Profile) -> str:
    """Return why content cannot be of a field, empty where it can."""
    if not profile.shares:
        return ""
    if _is_one_for_all(field, profile):
        return "one and the same address stands in all rows, so it leads to none of the datasets"
    kind = FIELD_BY_NAME[field].kind
    for test, least, message in _NEEDED.get(kind, ()):
        if profile.share(*test.split("|")) < least:
            return message
    for test, message in _FORBIDDEN.items():
        if field in _EXEMPT.get(test, ()) or _is_gazetteer(field, test, profile):
            continue
        if profile.share(test) >= _MOST:
            return message
    return _objection_by_field(field, profile)


def _is_one_for_all(field: str, profile: Profile) -> bool:
    """Return whether all datasets would get one address, as that of the portal they came from."""
    is_one = len(profile.samples) == 1 and profile.distinct <= 1 / _FEWEST_ALIKE
    return field in _URLS_OF_ONE and is_one and profile.filled >= _IN_ALL


def _is_gazetteer(field: str, test: str, profile: Profile) -> bool:
    is_place = field == "spatial_coverage" and test == "url"
    return is_place and profile.share("gazetteer") >= _MANY


def _objection_by_field(field: str, profile: Profile) -> str:
    objections = {
        "identifier": (
            (profile.distinct < _MANY, "the values repeat, so they identify no dataset"),
            (profile.share("spaced") >= _MANY, "the values are several words each"),
        ),
        "title": (
            (profile.distinct < _SOME, "the values repeat, so they are no titles"),
            (profile.length < _SHORTEST_TITLE, "the values are too short for titles"),
        ),
        "resource_type": (
            (profile.share("variable type") >= _MANY, "the values are types of variables"),
        ),
        "related_identifiers": (
            (
                profile.share("number") >= _MOST and profile.length < _SHORTEST_PMID,
                "the values are counts",
            ),
        ),
        "description": (
            (
                profile.length < _LONG and profile.share("prose") < _SOME,
                "the values are too short for descriptions",
            ),
        ),
    }
    for is_so, message in objections.get(field, ()):
        if is_so:
            return message
    if field in ("subjects", "theme", "keywords") and profile.share("host") >= _MOST:
        return "the values are names of hosts"
    if field in _LABELS and profile.length > _SHORT and profile.share("prose") > _MANY:
        return "the values are whole sentences"
    return ""


def _support(field: str, profile: Profile) -> str:
    for test, what in _SUPPORTS.get(field, ()):
        if profile.share(test) >= _MANY:
            return f"{100 * profile.share(test):.0f} % of the values are {what}"
    return ""


_NEEDED: dict[Kind, tuple[tuple[str, float, str], ...]] = {
    Kind.DATE: (("date|year", 0.6, "the values are no dates"),),
    Kind.URL: (("url|pid", 0.4, "the values are no addresses"),),
    Kind.EMAIL: (("email", 0.3, "the values are no e-mail addresses"),),
    Kind.LANGUAGE: (("language", 0.5, "the values are no languages"),),
    Kind.MEDIA_TYPE: (("media", 0.5, "the values are no media types"),),
    Kind.BOX: (("box", 0.5, "the values are no bounding boxes"),),
    Kind.SIZE: (("number|size", 0.4, "the values are no sizes"),),
}
_FORBIDDEN = {
    "boolean": "the values are only yes or no",
    "number": "the values are numbers",
    "email": "the values are e-mail addresses",
    "url": "the values are addresses",
    "date": "the values are dates",
}
_URLS = frozenset(
    {"access_url", "download_url", "service_url", "metadata_url", "license_url", "identifier",
     "alternate_identifier", "related_identifiers", "license", "collection", "conforms_to",
     "subjects", "theme", "language", "provenance", "access_rights",
     "formats", "funding", "creators", "update_frequency", "resource_type", "media_types"}
)  # fmt: skip
_DATES = frozenset(
    {"publication_date", "creation_date", "modified_date", "embargo_date", "temporal_start",
     "temporal_end", "temporal_coverage", "version"}
)  # fmt: skip
_EXEMPT = {
    "boolean": frozenset({"version", "identifier", "size"}),
    "number": _DATES | {"identifier", "alternate_identifier", "size", "version", "spatial_bbox",
                        "related_identifiers", "subjects", "collection", "checksum"},
    "email": frozenset({"contact_email"}),
    "url": _URLS,
    "date": _DATES | {"identifier", "alternate_identifier", "size"},
}  # fmt: skip
_LABELS = frozenset(
    {"alternative_title", "publisher", "resource_type", "keywords", "subjects", "theme",
     "formats", "version", "status", "update_frequency", "contact_name", "rights_holder",
     "collection", "size"}
)  # fmt: skip
_SUPPORTS = {
    "identifier": (("pid", "persistent identifiers"),),
    "license": (("licence", "licences"),),
    "license_url": (("licence", "addresses of licences"),),
    "language": (("language", "languages"),),
    "formats": (("format", "known formats"), ("media", "media types")),
    "media_types": (("media", "media types"),),
    "access_rights": (("access", "access terms"),),
    "access_url": (("url", "addresses"),),
    "download_url": (("url", "addresses"),),
    "service_url": (("url", "addresses"),),
    "metadata_url": (("url", "addresses"),),
    "contact_email": (("email", "e-mail addresses"),),
    "description": (("prose", "sentences"),),
    "publication_date": (("date", "dates"),),
    "modified_date": (("date", "dates"),),
    "creation_date": (("date", "dates"),),
    "temporal_start": (("date", "dates"),),
    "temporal_end": (("date", "dates"),),
    "embargo_date": (("date", "dates"),),
    "temporal_coverage": (("period", "periods"), ("date", "dates")),
    "related_identifiers": (("pid", "persistent identifiers"), ("url", "addresses")),
    "resource_type": (("type", "resource types"),),
    "creators": (("person", "names of persons"),),
    "size": (("size", "sizes"),),
    "update_frequency": (("frequency", "frequencies"),),
    "spatial_bbox": (("box", "bounding boxes"),),
}
