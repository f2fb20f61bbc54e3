"""Where each column goes: a suggestion by header and content, with its certainty and reason."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.importers.content import by_content, judge
from fairdb_core.importers.dataset_lists import not_a_dataset_list, other_kind_of
from fairdb_core.importers.header_stems import is_about_papers, only_names_datasets
from fairdb_core.importers.header_words import fields_by_header, is_of_others, is_unknown, words_of
from fairdb_core.importers.profiles import Profile, profile_of
from fairdb_core.metadata import FIELD_BY_NAME, Kind
from fairdb_core.vocabularies.identifiers import normalise_identifier
from fairdb_core.vocabularies.languages import language_of

__all__ = ["not_a_dataset_list", "suggest_mapping"]

ACCEPTED = 0.6
_HIGHEST = 0.99
_MOSTLY, _FEW = 0.8, 0.3
_LANGUAGE_CODE = 3
# Only one column can be these; the rest may be filled from several.
_ALONE = frozenset({"title", "version", "status", "size", "checksum", "spatial_bbox"})
_PREFIX_COLUMNS = 4
# Fields whose values are known wherever they stand.
_TOLD_BY_CONTENT = frozenset(
    {"creators", "formats", "access_rights", "license", "media_types", "contact_email",
     "description", "update_frequency"}
)  # fmt: skip
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
    _find_title(chosen, profiles)
    _find_by_content(chosen, profiles)
    _find_identifier(chosen, profiles)
    return tuple(
        _column(profile, chosen.get(position), rejected.get(position, ""))
        for position, profile in enumerate(profiles)
    )


def _shared_prefixes(header: list[str]) -> frozenset[str]:
    """Return first words that many headers share and that name no field, such as a project's."""
    firsts = Counter(words[0] for name in header if len(words := words_of(name)) > 1)
    least = max(_PREFIX_COLUMNS, len(header) // 4)
    return frozenset(
        word
        for word, count in firsts.items()
        if count >= least and word != "dc" and not fields_by_header(word)
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
        is_of_paper = is_about_papers(words_of(profile.column))
        for named_field, confidence, reason in by_content(
            profile, is_unknown=is_unknown(profile.column)
        ):
            is_theirs = is_of_paper and named_field == "identifier"
            field = "related_identifiers" if is_theirs else named_field
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


def _find_title(chosen: dict[int, _Candidate], profiles: list[Profile]) -> None:
    """Take the first column of short texts of their own for the title, if none is named so."""
    found = {candidate.field for candidate in chosen.values()}
    # A department alone is also in a list of staff.
    if not found - {"publisher"} or "title" in found:
        return
    for position, profile in enumerate(profiles):
        is_text = profile.share("worded") >= _MOSTLY and profile.share("prose", "person") < _FEW
        is_own = min(profile.distinct, profile.filled) >= _MOSTLY
        may_be = is_unknown(profile.column) or only_names_datasets(words_of(profile.column))
        if position not in chosen and is_text and is_own and may_be:
            reason = "no header says title, and these are short texts, different in each row"
            chosen[position] = _Candidate(position, "title", 0.5, reason)
            return


def _find_by_content(chosen: dict[int, _Candidate], profiles: list[Profile]) -> None:
    """Give a field that no column was found for to the first whose content is of its kind."""
    taken = {candidate.field for candidate in chosen.values()}
    if not taken:
        return
    for position, profile in enumerate(profiles):
        if position in chosen or is_of_others(profile.column):
            continue
        for field, _, reason in by_content(profile, is_unknown=True):
            if field in _TOLD_BY_CONTENT - taken:
                chosen[position] = _Candidate(position, field, 0.5, reason)
                taken.add(field)
                break


def _find_identifier(chosen: dict[int, _Candidate], profiles: list[Profile]) -> None:
    """Take another identifier of its own in each row for the identifier, if there is none."""
    if any(candidate.field == "identifier" for candidate in chosen.values()):
        return
    for position, candidate in sorted(chosen.items()):
        profile = profiles[position]
        if candidate.field == "alternate_identifier" and profile.distinct * profile.filled >= 0.99:  # noqa: PLR2004
            chosen[position] = replace(candidate, field="identifier")
            return


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
    words = words_of(profiles[candidate.position].column)
    if any(words_of(profiles[each.position].column) == words for each in earlier):
        return candidate
    if candidate.field == "identifier":
        return _fitted_identifier(candidate, earlier[0], profiles)
    if candidate.field == "title" and _is_translation(words, earlier[0], profiles):
        return replace(candidate, field="alternative_title", reason="the title in another language")
    is_sure = candidate.confidence >= 0.7  # noqa: PLR2004 - as sure as a whole header word
    return candidate if is_sure and candidate.field not in _ALONE else None


def _fitted_identifier(
    candidate: _Candidate, earlier: _Candidate, profiles: list[Profile]
) -> _Candidate | None:
    profile = profiles[candidate.position]
    if _are_other_dois(profile, profiles[earlier.position]):
        reason = "DOIs beside those of the datasets"
        return replace(candidate, field="related_identifiers", confidence=0.6, reason=reason)
    if _PERSISTENT & set(words_of(profile.column)):
        return candidate
    if profile.distinct <= 0.9:  # noqa: PLR2004
        return None
    reason = "another column holds the identifier"
    return replace(candidate, field="alternate_identifier", confidence=0.6, reason=reason)


def _is_translation(words: tuple[str, ...], earlier: _Candidate, profiles: list[Profile]) -> bool:
    """Return whether two headers differ in nothing but a language."""
    others = words_of(profiles[earlier.position].column)
    differing = set(words) ^ set(others)
    return 0 < len(differing) <= 2 and all(  # noqa: PLR2004 - one word each
        len(word) <= _LANGUAGE_CODE and language_of(word) for word in differing
    )


def _are_other_dois(profile: Profile, earlier: Profile) -> bool:
    """Return whether two columns hold DOIs, and not the same ones."""
    if min(profile.share("doi"), earlier.share("doi")) < _MOSTLY:
        return False
    own, others = (set(map(normalise_identifier, each.samples)) for each in (profile, earlier))
    return not own & others


def _column(profile: Profile, candidate: _Candidate | None, rejected: str) -> ColumnMapping:
    field = FIELD_BY_NAME[candidate.field] if candidate else None
    separator = profile.separator if field is not None and field.is_many else None
    if field is not None and field.kind is Kind.NAME and separator == ",":
        # "Family, Given" is one name; only full names stand in a list.
        separator = separator if profile.share("full name") >= _MOSTLY else None
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
