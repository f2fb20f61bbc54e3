"""Media types that IANA has registered, from an extract of mime-db that is kept as a file.

``python -m fairdb_core.vocabularies.renew_media_types mime-db-VERSION.tgz`` makes the file anew
from the npm package.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import orjson

FILE = "data/media_types.json"


@dataclass(frozen=True, slots=True)
class MediaTypes:
    """The extract: registered types in lower case, and where they come from."""

    source: str
    version: str
    licence: str
    types: frozenset[str]


@cache
def media_types() -> MediaTypes:
    """Return the extract."""
    told = orjson.loads((resources.files(__package__) / FILE).read_bytes())
    return MediaTypes(told["source"], told["version"], told["licence"], frozenset(told["types"]))


def is_registered(text: str) -> bool:
    """Return whether a text is a media type of IANA's list, with parameters or without."""
    return text.partition(";")[0].strip().casefold() in media_types().types
