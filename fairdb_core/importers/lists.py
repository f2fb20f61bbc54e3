"""Cells that hold several values: parted by a mark, or written as a JSON or Python list."""

import ast
from collections.abc import Iterable

import orjson

_NAMING_KEYS = (
    "name", "title", "label", "value", "prefLabel", "text", "display_name", "@value", "url", "id",
    "identifier", "@id",
)  # fmt: skip


def listed(cell: str) -> list[str] | None:
    """Return the values of a cell written as a JSON or Python list, ``None`` if it is none.

    A list that holds something without a name is left as it stands, lest a value be lost.
    """
    text = cell.strip()
    if not (text.startswith("[") and text.endswith("]")):
        return None
    try:
        found = _parsed(text)
        texts = list(_texts(found)) if isinstance(found, list) else None
        # An escape can spell half a character, which no text may hold.
        "".join(texts or ()).encode()
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return texts


def parted(cell: str, separator: str | None) -> list[str]:
    """Return the values of a cell.

    Args:
        separator: What parts them; ``None`` for one value, ``json`` for a list.
    """
    values = listed(cell)
    if values is not None:
        return values
    if separator is None or separator == "json":
        return [cell]
    return cell.split(separator)


def _parsed(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return ast.literal_eval(text)


def _texts(values: Iterable[object]) -> Iterable[str]:
    for value in values:
        if isinstance(value, str | int | float):
            yield str(value)
        elif isinstance(value, list):
            yield from _texts(value)
        elif isinstance(value, dict):
            named = next((value[key] for key in _NAMING_KEYS if value.get(key)), None)
            if value and not isinstance(named, str):
                raise ValueError(value)
            yield named or ""
        elif value is not None:
            raise ValueError(value)
