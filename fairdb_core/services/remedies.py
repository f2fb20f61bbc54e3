"""What could be done about failed checks: which field, which action, which value."""

from collections.abc import Mapping, Sequence

from fairdb_core.domain.fixes import FixAction, Remedy
from fairdb_core.domain.summaries import CheckMethod, Fix
from fairdb_core.importers.fixes import FIXABLE
from fairdb_core.metadata import FIELD_BY_NAME, Kind
from fairdb_core.scoring.fix_order import FixGain

# A value is there and of the wrong form: its spelling first, before anything is written over it.
_ABOUT_FORM = ("format_is_", "format_terms_", "related_resource_is_", "uses_vocabulary_")
# A value is there that cannot be spelled otherwise: one that is right takes its place.
_ABOUT_CHOICE = (
    "licence_is_", "access_rights_are_", "follows_", "provenance_", "complies_", "states_access",
)  # fmt: skip
_MOST_NAMED = 3
_SAID_ELSEWHERE = {"media_types": "formats", "formats": "media_types"}


def fix_of(found: FixGain, checks: Mapping[str, CheckMethod]) -> Fix:
    """Return one fix of many datasets in words.

    Args:
        found: What it settles and brings.
        checks: The checks of the rubric by id.
    """
    settled = [checks[check_id] for check_id in found.check_ids]
    return Fix(
        title=title_of(settled),
        field=field_to_change(settled[0]),
        check_ids=found.check_ids,
        principles=tuple(dict.fromkeys(check.principle for check in settled)),
        questions=tuple(check.question for check in settled),
        advice=tuple(dict.fromkeys(check.advice for check in settled)),
        example=FIELD_BY_NAME[found.field].example,
        count=found.dataset_count,
        gain=found.gain,
    )


def title_of(settled: Sequence[CheckMethod]) -> str:
    """Return in words which fields are filled or corrected so that some checks are met."""
    names = dict.fromkeys(name for check in settled for name in check.fix_fields)
    titles = [FIELD_BY_NAME[name].title for name in names]
    if len(titles) > _MOST_NAMED:
        titles = [*titles[: _MOST_NAMED - 1], f"{len(titles) - _MOST_NAMED + 1} other fields"]
    *others, last = titles
    return f"{', '.join(others)} and {last}" if others else last


def field_to_change(check: CheckMethod) -> str:
    """Return the field that a bulk fix would change, empty where a check needs another way."""
    return next((name for name in check.fix_fields[:1] if name in FIXABLE), "")


def remedy_among(
    checks: Sequence[CheckMethod], wanted: Sequence[str], field: str = ""
) -> Remedy | None:
    """Return what could be done about failed checks, ``None`` where a bulk fix cannot do anything.

    Args:
        checks: The checks of a rubric.
        wanted: The ids of those that fail.
        field: The field that somebody chose already, else the one that the first check needs.
    """
    changed = {
        check: field if field in check.fields and field in FIXABLE else field_to_change(check)
        for check in checks
        if check.check_id in wanted
    }
    names = [name for name in changed.values() if name]
    if not names:
        return None
    name = field if field in names else names[0]
    settled = [check for check in changed if changed[check] == name]
    action, source = _action_of(settled[0], name)
    return Remedy(
        questions=tuple(check.question for check in settled),
        advice=tuple(dict.fromkeys(check.advice for check in settled)),
        field=name,
        action=action,
        example=FIELD_BY_NAME[name].example,
        source=source,
    )


def _action_of(check: CheckMethod, name: str) -> tuple[FixAction, str]:
    if check.indicator.startswith(_ABOUT_FORM):
        return FixAction.NORMALISE, ""
    if check.indicator.startswith(_ABOUT_CHOICE):
        return FixAction.SET, ""
    if FIELD_BY_NAME[name].kind in (Kind.FORMAT, Kind.MEDIA_TYPE):
        return FixAction.COPY, _SAID_ELSEWHERE[name]
    return FixAction.FILL, ""
