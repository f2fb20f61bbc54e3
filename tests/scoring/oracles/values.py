"""What single values are, decided in plain Python: identifiers, links, access, formats, standards.

Nothing here is shared with the indicators but the vocabularies.
"""

import re
from functools import lru_cache

from fairdb_core.vocabularies.access_rights import OPEN, access_of
from fairdb_core.vocabularies.formats import FileFormat, format_of
from fairdb_core.vocabularies.identifiers import scheme_of
from fairdb_core.vocabularies.licences import is_licence
from fairdb_core.vocabularies.protocols import STANDARD_PROTOCOLS

HASH_LENGTHS = {32, 40, 56, 64, 96, 128}
HASH_NAMES = {
    "md5", "sha1", "sha-1", "sha224", "sha-224", "sha256", "sha-256", "sha384", "sha-384",
    "sha512", "sha-512",
}  # fmt: skip
HEX = set("0123456789abcdef")
SCHEME = set("abcdefghijklmnopqrstuvwxyz0123456789+.-")
known = lru_cache(maxsize=300_000)


@known
def is_persistent(text: str) -> bool:
    return scheme_of(text) is not None


@known
def is_unique(text: str) -> bool:
    plain = text.strip().lower()
    return bool(is_url(plain) or is_uuid(plain) or is_hash(plain) or scheme_of(text))


def is_url(plain: str) -> bool:
    scheme, mark, rest = plain.partition("://")
    is_scheme = bool(scheme) and "a" <= scheme[0] <= "z" and set(scheme) <= SCHEME
    return (
        bool(mark) and is_scheme and rest[:1] not in {"", "/", "?", "#"} and len(rest.split()) == 1
    )


def is_uuid(plain: str) -> bool:
    if plain.startswith("urn:uuid:"):
        plain = plain[len("urn:uuid:") :]
    elif plain.startswith("{"):
        plain = plain[1:]
    groups = plain.removesuffix("}").split("-")
    return [len(group) for group in groups] == [8, 4, 4, 4, 12] and set("".join(groups)) <= HEX


def is_hash(plain: str) -> bool:
    for mark in ":=":
        name, found, rest = plain.partition(mark)
        if found and name in HASH_NAMES:
            plain = rest
    return len(plain) in HASH_LENGTHS and set(plain) <= HEX


@known
def protocol_of(text: str) -> str:
    """Return by which protocol a link or identifier is reached, nothing where by none."""
    plain = text.strip().lower()
    protocol, mark, _ = plain.partition("://")
    if mark and protocol in STANDARD_PROTOCOLS:
        return protocol
    scheme = scheme_of(text)
    if scheme in {None, "lsid"} or (scheme == "urn" and not plain.startswith("urn:nbn:")):
        return ""
    return "https"


@known
def states_access(text: str) -> bool:
    if any(access_of(part) is not None for part in (text, *re.split("[;|]", text))):
        return True
    is_address = "://" in text and " " not in text.strip()
    if is_address or is_licence(text) or scheme_of(text) is not None:
        return False
    return any(letter.isalpha() for letter in text)


@known
def is_closed(text: str) -> bool:
    return access_of(text) not in {OPEN, None}


@known
def is_linked(text: str) -> bool:
    """Return whether a related resource is given by a link or identifier, not by words alone."""
    relation, _, rest = text.strip().partition(":")
    is_word = relation.isascii() and relation.isalpha()
    return _is_link(text.strip()) or (is_word and _is_link(rest.strip()))


def _is_link(text: str) -> bool:
    begins_so = re.match(r"(?i)(?:https?://|10\.[0-9]{4,9}(?:\.[0-9]+)*/)\S", text) is not None
    return begins_so or is_url(text.lower()) or scheme_of(text) is not None


@known
def relation_of(text: str) -> tuple[str, str]:
    """Return the relation before a related resource, in small letters, and what is related."""
    relation, mark, rest = text.strip().partition(":")
    return (relation.lower(), rest.strip()) if mark and rest.strip() else ("", text.strip())


def names_one_of(text: str, standards: dict[str, tuple[str, ...]]) -> bool:
    """Return whether a text holds one of the standards' names as whole words."""
    return any(holds_word(text, name) for names in standards.values() for name in names)


def holds_word(text: str, word: str) -> bool:
    words = f" {text.lower()} "
    return any(
        not is_letter_or_digit(words[found.start() - 1])
        and not is_letter_or_digit(words[found.end()])
        for found in re.finditer(re.escape(word), words)
    )


def is_letter_or_digit(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


@known
def format_named(text: str) -> FileFormat | None:
    return format_of(text) if text else None


@known
def has_structured_type(text: str) -> bool:
    """Return whether a text is a media type of XML or JSON, or of something written in them."""
    top, mark, rest = text.strip().lower().partition("/")
    kind = rest.partition(";")[0].rstrip().split("+")
    is_media_type = bool(mark) and top.isascii() and top.isalpha() and " " not in "".join(kind)
    return is_media_type and kind[-1] in {"xml", "json"} and len(kind) <= 2 and "" not in kind


@known
def ending_of(url: str) -> str:
    """Return the ending of the first file name in an address, nothing where there is none."""
    parts = url.split("/")
    for number, part in enumerate(parts):
        before = [text for text in parts[:number] if text]
        if not before or before[-1].endswith(":"):
            continue
        name = re.split(r"[?#]", part)[0]
        is_last = name != part or number == len(parts) - 1
        _, dot, ending = name.rpartition(".")
        if is_last and dot and re.fullmatch(r"[A-Za-z0-9]{1,8}", ending):
            return ending
    return ""
