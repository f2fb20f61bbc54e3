"""Where each column goes: a suggestion by header and content, with its certainty and reason."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.importers.content import by_content, judge
from fairdb_core.importers.dataset_lists import not_a_dataset_list, other_kind_of
from fairdb_core.importers.header_words import fields_by_header, words_of
from fairdb_core.importers.profiles import Profile, profile_of
from fairdb_core.metadata import FIELD_BY_NAME, Kind

__all__ = ["not_a_dataset_list", "suggest_mapping"]

ACCEPTED = 0.6
_HIGHEST = 0.99
# Only one column can be these; the rest may be filled from several.
_ALONE = frozenset({"title", "version", "status", "size", "checksum", "spatial_bbox"})
_PREFIX_COLUMNS = 4
_PERSISTENT = frozenset({"doi", "pid", "handle", "ark", "urn", "persistent", "identifier", "uri"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    position: int
    field: str
    confidence: float
    reason: str


def suggest_mapping(frame: pl.DataFrame) -> tuple[ColumnMapping, ...]:
    """Return where each column goes, in the order of the columns.

    Args:
        frame: Raw cells, one text column a header.
    """
    profiles = [profile_of(frame[name]) for name in frame.columns]
    if other_kind_of(frame.columns):
        return tuple(_column(profile, None, "these rows are no datasets") for profile in profiles)
    rejected: dict[int, str] = {}
    noise = _shared_prefixes(frame.columns)
    candidates = [
        candidate
        for position, profile in enumerate(profiles)
        for candidate in _candidates(position, profile, noise, rejected)
    ]
    chosen = _choose(candidates, profiles)
    return tuple(
        _column(profile, chosen.get(position), rejected.get(position, ""))
        for position, profile in enumerate(profiles)
    )


def _shared_prefixes(header: list[str]) -> frozenset[str]:
    """Return first words that many headers share and that name no field, such as a project's."""
    firsts = Counter(words[0] for name in header if len(words := words_of(name)) > 1)
    least = max(_PREFIX_COLUMNS, len(header) // 4)
    return frozenset(
        word for word, count in firsts.items() if count >= least and not fields_by_header(word)
    )


def _candidates(
    position: int, profile: Profile, noise: frozenset[str], rejected: dict[int, str]
) -> Iterable[_Candidate]:
    """Yield what a column could be, by its header first and then by its content alone."""
    named = sorted(fields_by_header(profile.column, noise).items(), key=lambda each: -each[1])
    is_named = False
    for field, score in named:
        if profile.only_fillers:
            rejected.setdefault(position, "every value only stands for a missing one")
            return
        verdict = judge(field, profile)
        if verdict.field is None:
            rejected.setdefault(position, verdict.reason)
            continue
        confidence = min(_HIGHEST, score + verdict.weight)
        if not profile.shares:
            confidence *= 0.85
        if confidence >= ACCEPTED:
            is_named = True
            reason = f"the header says {FIELD_BY_NAME[field].title.lower()}"
            reason += f"; {verdict.reason}" if verdict.reason else ""
            yield _Candidate(position, verdict.field, confidence, reason)
    if not is_named:
        for field, confidence, reason in by_content(profile):
            yield _Candidate(position, field, confidence, reason)


def _choose(candidates: list[_Candidate], profiles: list[Profile]) -> dict[int, _Candidate]:
    """Return the candidate of each column, the surest first."""
    chosen: dict[int, _Candidate] = {}
    taken: dict[str, list[_Candidate]] = {}
    for candidate in sorted(candidates, key=lambda each: _rank(each, profiles)):
        if candidate.position in chosen:
            continue
        fitted = _fitted(candidate, taken.get(candidate.field, []), profiles)
        if fitted is not None:
            chosen[candidate.position] = fitted
            taken.setdefault(fitted.field, []).append(fitted)
    return chosen


def _rank(candidate: _Candidate, profiles: list[Profile]) -> tuple[float, float, int]:
    profile = profiles[candidate.position]
    pid = profile.share("pid") if candidate.field == "identifier" else 0.0
    return (-round(candidate.confidence + 0.3 * pid, 3), -profile.filled, candidate.position)


def _fitted(
    candidate: _Candidate, earlier: list[_Candidate], profiles: list[Profile]
) -> _Candidate | None:
    """Return a candidate beside those that were chosen for its field, ``None`` if it has to go."""
    if not earlier:
        return candidate
    is_sure = candidate.confidence >= 0.7  # noqa: PLR2004 - as sure as a whole header word
    words = words_of(profiles[candidate.position].column)
    is_same_header = any(words_of(profiles[e.position].column) == words for e in earlier)
    if is_same_header:
        return candidate
    if candidate.field == "identifier":
        if _PERSISTENT & set(words):
            return candidate
        is_own = profiles[candidate.position].distinct > 0.9  # noqa: PLR2004
        reason = "another column holds the identifier"
        return (
            _Candidate(candidate.position, "alternate_identifier", 0.6, reason) if is_own else None
        )
    if candidate.field in _ALONE:
        return None
    return candidate if is_sure else None


def _column(profile: Profile, candidate: _Candidate | None, rejected: str) -> ColumnMapping:
    field = FIELD_BY_NAME[candidate.field] if candidate else None
    separator = profile.separator if field is not None and field.is_many else None
    if field is not None and field.kind is Kind.NAME and separator == ",":
        separator = None if profile.share("person") >= 0.5 else separator  # noqa: PLR2004
    return ColumnMapping(
        column=profile.column,
        field=candidate.field if candidate else None,
        confidence=round(candidate.confidence, 2) if candidate else 0.0,
        reason=candidate.reason if candidate else rejected or "neither header nor content say",
        value_separator=separator,
        is_day_first=profile.is_day_first,
        filled_share=round(profile.filled, 4),
        samples=profile.samples,
    )
