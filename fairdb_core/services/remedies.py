"""What a bulk fix could do about a failed check: which field, which action, which value."""

from collections.abc import Sequence

from fairdb_core.domain.fixes import FixAction, Remedy
from fairdb_core.domain.summaries import CheckMethod
from fairdb_core.importers.fixes import FIXABLE
from fairdb_core.metadata import FIELD_BY_NAME, Kind

# A value is there and of the wrong form: its spelling first, before anything is written over it.
_ABOUT_FORM = ("format_is_", "format_terms_", "related_resource_is_", "uses_vocabulary_")
# A value is there that cannot be spelled otherwise: one that is right takes its place.
_ABOUT_CHOICE = (
    "licence_is_", "access_rights_are_", "follows_", "provenance_", "complies_", "states_access",
)  # fmt: skip
_SAID_ELSEWHERE = {"media_types": "formats", "formats": "media_types"}


def remedy_of(check: CheckMethod, field: str = "") -> Remedy | None:
    """Return what could be done about a check, ``None`` where a bulk fix cannot do anything.

    Args:
        check: The check that fails.
        field: The field that somebody chose already, else the first that may be changed.
    """
    fields = [name for name in check.fields if name in FIXABLE]
    if not fields:
        return None
    name = field if field in fields else fields[0]
    action, source = _action_of(check, name)
    return Remedy(
        question=check.question,
        advice=check.advice,
        field=name,
        action=action,
        example=FIELD_BY_NAME[name].example,
        source=source,
    )


def remedy_among(
    checks: Sequence[CheckMethod], wanted: Sequence[str], field: str = ""
) -> Remedy | None:
    """Return what could be done about the first of some failed checks, or about a field.

    Args:
        checks: The checks of a rubric.
        wanted: The ids of those that fail.
        field: The field that somebody chose already.
    """
    by_id = {check.check_id: check for check in checks}
    remedies = (remedy_of(by_id[name], field) for name in wanted if name in by_id)
    found = [remedy for remedy in remedies if remedy is not None]
    return next((each for each in found if each.field == field), found[0] if found else None)


def _action_of(check: CheckMethod, name: str) -> tuple[FixAction, str]:
    if check.indicator.startswith(_ABOUT_FORM):
        return FixAction.NORMALISE, ""
    if check.indicator.startswith(_ABOUT_CHOICE):
        return FixAction.SET, ""
    if FIELD_BY_NAME[name].kind in (Kind.FORMAT, Kind.MEDIA_TYPE):
        return FixAction.COPY, _SAID_ELSEWHERE[name]
    return FixAction.FILL, ""
