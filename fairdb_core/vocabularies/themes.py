"""The EU data themes: their addresses, and the words by which tables mean them.

Source: the Publications Office's authority table ``data-theme`` (CC BY 4.0); the words are ours.
"""

import re
from functools import cache

ADDRESS = "http://publications.europa.eu/resource/authority/data-theme/"

_WORDS = {
    "AGRI": "agricultur farm crop fisher forest food livestock landwirtschaft",
    "ECON": "econom financ tax budget trade business employment labour labor income market "
            "wirtschaft",
    "EDUC": "educat school universit student cultur sport museum library bildung",
    "ENER": "energy electric power solar gas oil energie",
    "ENVI": "environment climat weather soil water biodivers species ecolog ocean pollution air "
            "rain temperature geolog occurrence habitat bird plant umwelt",
    "GOVE": "government election public council parliament permit administration verwaltung",
    "HEAL": "health hospital disease patient clinic cancer covid medic brain mri eeg neuro "
            "cohort gesundheit",
    "INTR": "international diplomacy migration development aid",
    "JUST": "justice crime police court law safety recht",
    "REGI": "region city urban district map parcel boundar address zoning geodat geograph land "
            "stadt",
    "SOCI": "society population census demograph household housing social survey opinion "
            "bevölkerung",
    "TECH": "science technolog research physics chemi genom protein satellite astronom machine "
            "learning image",
    "TRAN": "transport traffic road rail bus vehicle parking bicycle flight verkehr",
}  # fmt: skip


def theme_of(text: str) -> str | None:
    """Return the address of the EU data theme that a text speaks of, ``None`` where of none."""
    found = _pattern().search(text)
    if found is None:
        return None
    word = found.group(1).casefold()
    return ADDRESS + next(code for code, words in _WORDS.items() if word in words.split())


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted({word for row in _WORDS.values() for word in row.split()}, key=len)
    return re.compile(r"(?i)\b(" + "|".join(reversed(words)) + ")")
