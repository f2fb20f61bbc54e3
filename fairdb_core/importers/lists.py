"""Cells that hold several values: parted by a mark, or written as a JSON or Python list."""

import ast
from collections.abc import Iterable

import orjson

_NAMING_KEYS = ("name", "title", "label", "value", "prefLabel", "url", "id", "identifier")


def listed(cell: str) -> list[str] | None:
    """Return the values of a cell written as a JSON or Python list, ``None`` if it is none."""
    text = cell.strip()
    if not (text.startswith("[") and text.endswith("]")):
        return None
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            found = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None
    return list(_texts(found)) if isinstance(found, list) else None


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


def _texts(values: Iterable[object]) -> Iterable[str]:
    for value in values:
        if isinstance(value, str | int | float):
            yield str(value)
        elif isinstance(value, list):
            yield from _texts(value)
        elif isinstance(value, dict):
            named = next((value[key] for key in _NAMING_KEYS if value.get(key)), None)
            if isinstance(named, str):
                yield named
