"""What column headers mean, in the words of many languages; no file's own headers are known here.

A phrase is written without accents. Phrases are found in a header's words, wherever the words
stand side by side; the longest phrase wins.
"""

import re
from functools import cache

from fairdb_core.importers.header_abbreviations import spelt_out
from fairdb_core.importers.header_phrases import FURTHER_PHRASES, PHRASES
from fairdb_core.importers.header_questions import field_by_question
from fairdb_core.importers.header_stems import (
    end_of_period,
    fields_by_stems,
    is_about_embargo,
    is_about_frequency,
    is_about_others,
    is_about_papers,
    is_opaque,
    names_of_others,
    plain,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that make a column a figure or a flag about something, not the thing itself.
FIGURES = _words(
    "number num count counts total percent percentage pct score rank index cost price "
    "duration flag views downloads hits visits rating anzahl nombre-de numero-de quantidade "
    "errors error validator checked raw has max min avg mean std required requires pays "
    "acronym affiliation affiliations orcid orcids badge thumbnail logo "
    "retention granularity resolution scale precision accuracy epsg crs"
)
_NOISE = _words(
    "dc dct dcterms dcat schema datacite dcmi dublin core the of a an de la le les du des der "
    "die das del el los las do da di il lo per in for to en es fr it pt und et y e field "
    "value text str md meta my our d l free name"
)
# Too many things are called so: these words count alone, or beside words for a dataset.
_WEAK = _words(
    "type typ tipo art size date datum data fecha year jahr ano annee name nom nome naam "
    "metadata title id key codice codigo status state stand code url uri link source sources local "
    "land ente group "
    "fin ort bis von end start begin dataset datensatz access number coverage format use page "
    "file files"
)
_OWN = _words(
    "table series survey study layer metadata dataset datasets data record resource "
    "item datensatz jeu donnees datos"
)
# Beside these words an identifier is that of something else.
_FOREIGN = frozenset(
    {"paper", "papers", "article", "articles", "publication", "publications", "issn", "isbn",
     "journal", "manuscript", "type", "scheme", "related", "parent", "project", "sample", "event",
     "user", "person", "author", "creator", "organization", "organisation", "publisher", "funder",
     "grant", "file", "category", "owner", "contact", "creators", "authors", "contributors",
     "persons", "funders", "affiliation"}
)  # fmt: skip
_PERIODS = ("temporal_coverage", "temporal_start", "temporal_end")
_NAMED, _WELL_NAMED = 0.6, 0.75
_POINTERS = frozenset({"id", "doi", "dois", "identifier", "identifiers", "pid", "guid"})
_CURIE = re.compile(r"\b[A-Za-z]\w{1,12}:(?=[A-Za-z])")
_ENDS = {"from": "start", "to": "end", "start": "start", "end": "end", "von": "start", "bis": "end",
         "beginn": "start", "ende": "end", "desde": "start", "hasta": "end"}  # fmt: skip
# Which one of a list that was laid out in columns: ``titles[0].title``, ``creators/1/name``.
_PLACE = re.compile(r"\[\d+\]|(?<=[./_])\d+(?=[./_])")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+")
_TAIL = re.compile(r"[\[(][^\])]*[\])]?\s*$")


def words_of(header: str) -> tuple[str, ...]:
    """Return the words of a header in lower case, without accents."""
    bare = _TAIL.sub(_end_of_period, header).strip() or header
    parted = _CAMEL.sub(" ", _CURIE.sub(" ", _PLACE.sub(" ", bare)))
    words = _WORD.findall(plain(parted))
    return spelt_out(tuple(part for word in words for part in _segments(word)))


def _end_of_period(tail: re.Match[str]) -> str:
    """Return what a bracket at the end of a header says of a period, which is all that counts."""
    return " " + _ENDS.get(tail.group(0).strip(" ([])").casefold(), "")


def fields_by_header(header: str, noise: frozenset[str] = frozenset()) -> dict[str, float]:
    """Return how well a header names each field, from 0 to 1; fields it does not name are absent.

    Args:
        header: The header as it stands in the file.
        noise: Words that say nothing here, such as a prefix that many columns share.
    """
    words = tuple(word for word in words_of(header) if word not in noise)
    if not words:
        return {}
    if {"doi", "dois"}.intersection(_WORD.findall(plain(header))) and (
        _FOREIGN.intersection(words) or is_about_papers(words)
    ):
        return {"related_identifiers": 0.9}
    question = field_by_question(words_of(header))
    if question:
        return {question: _WELL_NAMED}
    is_qualified = header.startswith(("dc.", "dcterms.", "DC."))
    found = _fields_by_phrases(words, is_qualified=is_qualified)
    best = max(found.values(), default=0.0)
    if best < (_NAMED if is_qualified else _WELL_NAMED) and not FIGURES.intersection(words):
        for field, score in fields_by_stems(words).items():
            found[field] = max(found.get(field, 0.0), score)
    _adjust(found, words)
    return found


def _adjust(found: dict[str, float], words: tuple[str, ...]) -> None:
    """Settle what several words say together."""
    for field in _PERIODS if is_about_embargo(words) else ():
        found.pop(field, None)
    if "modified_date" in found and is_about_frequency(words):
        found["update_frequency"] = found.pop("modified_date")
    end = end_of_period(words) if "temporal_coverage" in found else None
    if end:
        found[end] = max(found.get(end, 0.0), found.pop("temporal_coverage"))
    if names_of_others(words):
        found.pop("spatial_coverage", None)


def is_unknown(header: str) -> bool:
    """Return whether no word of a header is known in any language."""
    words = words_of(header)
    is_known = any(word in _vocabulary() or word in FIGURES or word in _WEAK for word in words)
    return not is_known and is_opaque(words)


def is_of_others(header: str) -> bool:
    """Return whether a header speaks of figures, flags, or of something that is no dataset."""
    words = words_of(header)
    return bool((FIGURES | _FOREIGN).intersection(words)) or is_about_others(words)


def _fields_by_phrases(words: tuple[str, ...], *, is_qualified: bool) -> dict[str, float]:
    weight = [0.35 if word in _NOISE else 1.0 for word in words]
    if is_qualified and words[-1] not in _WEAK and words[-1:] in _lexicon():
        weight[-1] *= 2
    found: dict[str, float] = {}
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            phrase, outside = words[start:end], words[:start] + words[end:]
            if FIGURES.intersection(outside) or not _may_stand_in(phrase, outside):
                continue
            share = sum(weight[start:end]) / sum(weight)
            # The last word is what a header is about in most languages.
            place = 1.0 if end == len(words) else 0.8 if is_qualified else 0.92
            for field, early in _lexicon().get(phrase, {}).items():
                score = (0.48 + 0.45 * share) * place + 0.03 * early
                found[field] = max(found.get(field, 0.0), score)
    return found


def _may_stand_in(phrase: tuple[str, ...], outside: tuple[str, ...]) -> bool:
    """Return whether a phrase still means what it says among the other words of a header."""
    if _POINTERS.intersection(phrase) and _FOREIGN.intersection(outside):
        return False
    if len(phrase) > 1 or phrase[0] not in _WEAK:
        return True
    others = [word for word in outside if word not in _NOISE and word not in _OWN]
    if phrase == ("id",):
        return not any(word in _vocabulary() for word in others)
    return not others


@cache
def _lexicon() -> dict[tuple[str, ...], dict[str, float]]:
    """Return the fields of each phrase, with how early it stands among the phrases of a field."""
    lexicon: dict[tuple[str, ...], dict[str, float]] = {}
    for field, text in PHRASES.items():
        phrases = text.split(";")
        for place, phrase in enumerate(phrases):
            lexicon.setdefault(tuple(plain(phrase).split()), {}).setdefault(
                field, 1 - place / len(phrases)
            )
    for field, text in FURTHER_PHRASES.items():
        for phrase in text.split(";"):
            lexicon.setdefault(tuple(_WORD.findall(plain(phrase))), {}).setdefault(field, 0.0)
    return lexicon


@cache
def _vocabulary() -> frozenset[str]:
    words = {word for key in _lexicon() for word in key if len(word) > 2}  # noqa: PLR2004
    return frozenset(words | {"records", "of", "event", "user", "person", "project", "parent"})


@cache
def _segments(word: str) -> tuple[str, ...]:
    """Return the known words that a run of letters is put together from, else the run itself."""
    known = _vocabulary()
    if word in known or len(word) < 8 or not word.isascii():  # noqa: PLR2004 - short words
        return (word,)
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(end):
            head = best[start]
            is_id = end == len(word) and word[start:] == "id"
            if head is not None and (word[start:end] in known or (head and is_id)):
                current = best[end]
                if current is None or len(head) + 1 < len(current):
                    best[end] = (*head, word[start:end])
    return best[len(word)] or (word,)
