"""F-UJI v0.8 judged once more, one record at a time and in plain Python, to compare with.

Nothing here is shared with the indicators or the kernel but the vocabularies: a fact is an ``if``
over a record's values, and points are added up by loops over the rubric's file.
"""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fairdb_core.records import Record, values_of
from fairdb_core.vocabularies.access_rights import OPEN, access_of
from fairdb_core.vocabularies.formats import format_of
from fairdb_core.vocabularies.identifiers import scheme_of
from fairdb_core.vocabularies.licences import is_licence
from fairdb_core.vocabularies.protocols import STANDARD_PROTOCOLS, WITH_AUTHENTICATION
from fairdb_core.vocabularies.relations import ORIGIN_RELATIONS
from fairdb_core.vocabularies.standards import (
    DISCIPLINARY_STANDARDS,
    GENERIC_NAMESPACES,
    GENERIC_STANDARDS,
)

NOT_ASSESSED, UNMET, MET = 0, 1, 3
RUBRICS = Path(__file__).resolve().parents[2] / "fairdb_core" / "rubrics"
RUBRIC = tomllib.loads((RUBRICS / "fsf_v0_8.toml").read_text())
HASH_LENGTHS = {32, 40, 56, 64, 96, 128}
HASH_NAMES = {
    "md5", "sha1", "sha-1", "sha224", "sha-224", "sha256", "sha-256", "sha384", "sha-384",
    "sha512", "sha-512",
}  # fmt: skip
HEX = set("0123456789abcdef")
SCHEME = set("abcdefghijklmnopqrstuvwxyz0123456789+.-")
CITATION = (
    "creators", "title", "identifier", "publication_date", "publisher", "resource_type",
)  # fmt: skip
ORIGIN = (
    "creators", "contributors", "publisher", "rights_holder", "publication_date",
    "modified_date", "creation_date", "version", "provenance",
)  # fmt: skip


def facts_of(record: Record) -> dict[str, int]:
    """Return the state of each indicator of the rubric for one record."""

    def has(*fields: str) -> bool:
        return all(values_of(record, field) for field in fields)

    related = values_of(record, "related_identifiers")
    typed = has("formats") or has("media_types")
    origin = any(has(field) for field in ORIGIN) or any(map(tells_origin, related))
    met = {
        "has_citation_elements": has(*CITATION),
        "has_discovery_elements": has(*CITATION, "description", "keywords"),
        "states_access_rights": any(map(states_access, values_of(record, "access_rights"))),
        "has_related_resource": bool(related),
        "related_resource_is_link": any(map(is_related_link, related)),
        "has_resource_type": has("resource_type"),
        "states_size_and_format": typed and (has("size") or has("service_url")),
        "has_licence": has("license") or has("license_url"),
        "has_provenance": origin,
        "format_is_open_or_scientific": has_good_format(record),
    }
    states = {key: MET if is_met else UNMET for key, is_met in met.items()}
    never = (
        "identifier_resolves", "data_link_resolves", "page_embeds_metadata", "names_variables",
        "metadata_can_be_fetched", "data_can_be_fetched", "page_embeds_linked_data",
        "linked_data_can_be_negotiated", "provenance_is_formal",
    )  # fmt: skip
    states |= dict.fromkeys(never, NOT_ASSESSED)
    return states | identifier_facts(record) | link_facts(record) | vocabulary_facts(record)


def identifier_facts(record: Record) -> dict[str, int]:
    identifiers = values_of(record, "identifier")
    addresses = [*identifiers, *values_of(record, "access_url")]
    links = values_of(record, "download_url")
    met = {
        "identifier_is_unique": any(map(is_unique, addresses)),
        "identifier_is_persistent": any(scheme_of(text) for text in identifiers),
        "data_link_is_unique": any(map(is_unique, links)),
        "data_link_is_persistent": any(scheme_of(text) for text in links),
        "metadata_protocol_is_standard": reached_by(addresses, STANDARD_PROTOCOLS),
        "metadata_protocol_can_authenticate": reached_by(addresses, WITH_AUTHENTICATION),
    }
    return {key: MET if is_met else UNMET for key, is_met in met.items()}


def link_facts(record: Record) -> dict[str, int]:
    links = values_of(record, "download_url")
    met = {
        "record_names_its_data": any(map(is_unique, links)),
        "data_protocol_is_standard": reached_by(links, STANDARD_PROTOCOLS),
        "data_protocol_can_authenticate": reached_by(links, WITH_AUTHENTICATION),
    }
    rights = [access_of(text) for text in values_of(record, "access_rights")]
    if not links and any(right not in {OPEN, None} for right in rights):
        return dict.fromkeys(met, NOT_ASSESSED)
    return {key: MET if is_met else UNMET for key, is_met in met.items()}


def vocabulary_facts(record: Record) -> dict[str, int]:
    terms = [
        text.strip().casefold()
        for field in ("subjects", "keywords", "theme")
        for text in values_of(record, field)
        if re.match(r"https?://.", text.strip().casefold())
    ]
    own = [term for term in terms if not term.split("://", 1)[1].startswith(GENERIC_NAMESPACES)]
    followed = values_of(record, "conforms_to")

    def state(given: list[str], is_met: bool) -> int:
        if not given:
            return NOT_ASSESSED
        return MET if is_met else UNMET

    return {
        "uses_vocabulary_terms": state(terms, bool(own)),
        "follows_disciplinary_standard": state(
            followed, any(names(text, DISCIPLINARY_STANDARDS) for text in followed)
        ),
        "follows_generic_standard": state(
            followed, any(names(text, GENERIC_STANDARDS) for text in followed)
        ),
    }


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


def reached_by(texts: Iterable[str], protocols: frozenset[str]) -> bool:
    return any(protocol_of(text) in protocols for text in texts)


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


def states_access(text: str) -> bool:
    if access_of(text) is not None:
        return True
    is_address = "://" in text and " " not in text.strip()
    if is_address or is_licence(text) or scheme_of(text) is not None:
        return False
    return any(letter.isalpha() for letter in text)


def is_related_link(text: str) -> bool:
    plain = text.strip()
    if re.search(r"(?i)(?:https?|ftp)://\S", plain):
        return True
    if re.search(r"(?<![0-9])10\.[0-9]{4,9}(?:\.[0-9]+)*/\S", plain):
        return True
    if re.search(r"(?i)(?<![0-9a-z])(?:ark|urn|hdl|arxiv|pmid|pmcid|lsid):\S", plain):
        return True
    relation, _, rest = plain.partition(":")
    is_word = relation.isascii() and relation.isalpha()
    return scheme_of(plain) is not None or (is_word and scheme_of(rest) is not None)


def tells_origin(text: str) -> bool:
    relation, mark, rest = text.strip().partition(":")
    known = {name.lower() for name in ORIGIN_RELATIONS}
    return bool(mark) and relation.lower() in known and bool(rest.strip())


def names(text: str, standards: dict[str, tuple[str, ...]]) -> bool:
    """Return whether a text holds one of the standards' names as whole words."""
    words = f" {text.lower()} "
    return any(
        not is_letter_or_digit(words[found.start() - 1])
        and not is_letter_or_digit(words[found.end()])
        for known in standards.values()
        for name in known
        for found in re.finditer(re.escape(name), words)
    )


def is_letter_or_digit(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def has_good_format(record: Record) -> bool:
    told = [*values_of(record, "formats"), *values_of(record, "media_types")]
    seen = [ending_of(url) for url in values_of(record, "download_url")]
    return any(is_good_format(text) for text in [*told, *seen])


def is_good_format(text: str) -> bool:
    found = format_of(text) if text else None
    if found and ("open" in found.traits or "lasting" in found.traits or "science" in found.traits):
        return True
    top, mark, rest = text.strip().lower().partition("/")
    kind = rest.partition(";")[0].rstrip().split("+")
    is_media_type = bool(mark) and top.isascii() and top.isalpha() and " " not in "".join(kind)
    return is_media_type and kind[-1] in {"xml", "json"} and len(kind) <= 2 and "" not in kind


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


def points_of(facts: dict[str, int], rubric: dict[str, Any]) -> dict[str, float | None]:
    """Return a record's points, of the whole and of each group, by the kernel's columns."""
    groups: dict[str, list[dict[str, Any]]] = {"": rubric["metrics"]}
    for metric in rubric["metrics"]:
        for name in {metric["dimension"], metric["principle"]}:
            groups.setdefault(f"{name}.", []).append(metric)
    row: dict[str, float | None] = {}
    for name, metrics in groups.items():
        earned = sum(earned_of(metric, facts) for metric in metrics)
        judged = sum(judged_of(metric, facts) for metric in metrics)
        row[f"{name}earned"], row[f"{name}judged"] = earned, judged
        row[f"{name}percent"] = round(100 * earned / judged, 2) if judged else None
    levels = []
    for dimension in rubric["dimensions"]:
        metrics = [m for m in rubric["metrics"] if m["dimension"] == dimension["id"]]
        levels.append(level_of(metrics, facts))
        row[f"{dimension['id']}.maturity"] = levels[-1]
    mean = round(sum(level or 0 for level in levels) / len(levels), 2)
    row["maturity"] = 1 if 0 < mean < 1 else mean
    return row


def earned_of(metric: dict[str, Any], facts: dict[str, int]) -> float:
    points = [test["points"] for test in metric["tests"] if facts[test["indicator"]] == MET]
    if metric["combination"] == "cumulative":
        return sum(points)
    return points[-1] if points else 0


def judged_of(metric: dict[str, Any], facts: dict[str, int]) -> float:
    points = [t["points"] for t in metric["tests"] if facts[t["indicator"]] != NOT_ASSESSED]
    if metric["combination"] == "cumulative":
        return sum(points)
    return max(points, default=0)


def level_of(metrics: list[dict[str, Any]], facts: dict[str, int]) -> float | None:
    """Return the rounded mean level of the metrics of which anything was judged."""
    levels = []
    for metric in metrics:
        if all(facts[test["indicator"]] == NOT_ASSESSED for test in metric["tests"]):
            continue
        reached = [t["maturity"] for t in metric["tests"] if facts[t["indicator"]] == MET]
        levels.append(reached[-1] if reached else 0)
    if not levels:
        return None
    mean = sum(levels) / len(levels)
    return 1 if 0 < mean < 1 else round(mean)
