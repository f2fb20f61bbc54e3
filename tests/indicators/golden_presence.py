"""Golden rows of facts that are met as soon as a field is filled."""

from fairdb_core.indicators import State
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import Record

# The fields that decide each of them; any one suffices.
_FIELDS: dict[str, tuple[str, ...]] = {
    "has_identifier": ("identifier",),
    "has_title": ("title",),
    "has_creator": ("creators",),
    "has_publisher": ("publisher",),
    "has_publication_date": ("publication_date",),
    "has_modified_date": ("modified_date",),
    "has_description": ("description",),
    "has_keywords": ("keywords",),
    "has_theme": ("theme",),
    "has_subject": ("keywords", "subjects", "theme"),
    "has_spatial_coverage": ("spatial_coverage", "spatial_bbox"),
    "has_temporal_coverage": ("temporal_coverage", "temporal_start", "temporal_end"),
    "has_format": ("formats",),
    "has_media_type": ("media_types",),
    "has_format_or_media_type": ("formats", "media_types"),
    "has_size": ("size",),
    "has_language": ("language",),
    "has_version": ("version",),
    "has_contact": ("contact_email", "contact_name"),
    "has_access_rights": ("access_rights",),
    "has_rights_statement": ("rights_holder", "access_rights"),
    "has_rights": ("license", "license_url", "access_rights", "rights_holder"),
    "has_contributor": ("contributors", "contact_name", "rights_holder"),
    "has_further_date": (
        "creation_date", "modified_date", "embargo_date", "temporal_coverage", "temporal_start",
    ),
    "has_alternate_identifier": ("alternate_identifier",),
    "has_funding": ("funding",),
    "has_parent": ("collection",),
}  # fmt: skip
_OTHERS: Record = {"status": "completed", "checksum": "sha256:9f86d081"}


def _filled(field: str) -> Record:
    return {field: ["数据"] if FIELD_BY_NAME[field].is_many else "数据"}


GOLDEN: dict[str, list[tuple[State, Record]]] = {
    key: [
        (State.UNMET, {}),
        (State.UNMET, _OTHERS),
        *((State.MET, _filled(field)) for field in fields),
    ]
    for key, fields in _FIELDS.items()
}
GOLDEN["has_download_link"] = [
    (State.MET, {"download_url": ["https://example.org/a.csv"]}),
    (State.MET, {"download_url": ["https://a.org/b"], "access_rights": "restricted access"}),
    (State.UNMET, {"access_url": "https://example.org/page"}),
    (State.UNMET, {"access_rights": "open access"}),
    (State.UNMET, {"access_rights": "see the readme"}),
    (State.NOT_ASSESSED, {"access_rights": "restricted access"}),
    (State.NOT_ASSESSED, {"access_rights": "embargoed access"}),
    (State.NOT_ASSESSED, {"access_rights": "metadata only access"}),
]
