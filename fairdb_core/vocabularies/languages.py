"""Languages: ISO 639 codes, and how tables write them.

Source: ISO 639-1, 639-2 and 639-3 as packaged by pycountry (Debian iso-codes, LGPL-2.1+), with
the names that languages give themselves added here.
"""

import re
from functools import cache

import pycountry

_OWN_NAMES = {
    "deutsch": "de", "allemand": "de", "alemán": "de", "tedesco": "de", "duits": "de",
    "englisch": "en", "anglais": "en", "inglés": "en", "inglês": "en", "inglese": "en",
    "engels": "en", "engelsk": "en", "angielski": "en", "angličtina": "en",
    "français": "fr", "francais": "fr", "französisch": "fr", "francés": "fr", "francese": "fr",
    "español": "es", "espanol": "es", "castellano": "es", "castilian": "es", "spanisch": "es",
    "espagnol": "es", "italiano": "it", "italienisch": "it", "italien": "it",
    "português": "pt", "portugues": "pt", "portugiesisch": "pt", "portugais": "pt",
    "nederlands": "nl", "niederländisch": "nl", "néerlandais": "nl", "flemish": "nl",
    "polski": "pl", "polnisch": "pl", "svenska": "sv", "schwedisch": "sv", "norsk": "no",
    "norwegisch": "no", "dansk": "da", "dänisch": "da", "suomi": "fi", "finnisch": "fi",
    "čeština": "cs", "tschechisch": "cs", "magyar": "hu", "русский": "ru", "russisch": "ru",
    "українська": "uk", "ελληνικά": "el", "greek": "el", "griechisch": "el", "türkçe": "tr",
    "中文": "zh", "汉语": "zh", "mandarin": "zh", "chinesisch": "zh", "日本語": "ja",
    "japanisch": "ja", "한국어": "ko", "العربية": "ar", "arabisch": "ar", "עברית": "he",
    "català": "ca", "galego": "gl", "euskara": "eu", "gaeilge": "ga", "cymraeg": "cy",
    "română": "ro", "slovenčina": "sk", "slovenščina": "sl", "hrvatski": "hr", "српски": "sr",
    "lietuvių": "lt", "latviešu": "lv", "eesti": "et", "íslenska": "is",
}  # fmt: skip
_ADDRESS = re.compile(r"(?i)^https?://\S+/(?:language|iso639-[12])/([a-z]{2,3})$")
_TAG = re.compile(r"(?i)^([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*$")


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of a language, its 639-3 code where there is none.

    Args:
        text: A code, a tag such as ``en_US``, a name, or an address of an authority table.
    """
    folded = " ".join(text.split()).casefold()
    address = _ADDRESS.match(folded)
    if address:
        folded = address.group(1)
    known = _codes().get(folded) or _OWN_NAMES.get(folded) or _names().get(folded)
    if known:
        return known
    tag = _TAG.match(folded)
    return _codes().get(tag.group(1)) if tag else None


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for language in pycountry.languages:
        short = getattr(language, "alpha_2", None) or language.alpha_3
        for name in ("alpha_2", "alpha_3", "bibliographic"):
            code = getattr(language, name, None)
            if code:
                codes[code] = short
    return codes


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in pycountry.languages:
        short = getattr(language, "alpha_2", None) or language.alpha_3
        for name in ("name", "common_name", "inverted_name"):
            text = getattr(language, name, None)
            if text:
                names.setdefault(text.casefold(), short)
                names.setdefault(text.casefold().split(" (")[0], short)
    return names
