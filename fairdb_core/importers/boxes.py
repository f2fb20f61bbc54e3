"""Bounding boxes as tables write them, brought to west,south,east,north in degrees."""

import re
from collections.abc import Iterable
from decimal import Decimal

import orjson
import polars as pl

from fairdb_core.importers.findings import Finding

_NUMBER = r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_FOUR = re.compile(
    rf"(?i)^(envelope|bbox|box)?[\s\[(]*({_NUMBER})"
    + rf"[\s,;|\[\]()]+({_NUMBER})" * 3
    + r"[\s\])]*$"
)
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_SIDES = ("west", "south", "east", "north")
_LABELLED = re.compile(rf"(?i)\b({'|'.join(_SIDES)})[a-z_ ]*[\"']?\s*[:=]\s*[\"']?({_NUMBER})")
_WKT = re.compile(r"(?i)^(?:srid=4326;\s*)?(?:multi)?polygon\s*z?m?\s*(\(.*\))$", re.DOTALL)
_POINT = re.compile(rf"({_NUMBER})\s+({_NUMBER})(?:\s+{_NUMBER})*$")
_LARGEST_LATITUDE, _LARGEST_LONGITUDE = 90, 360
_DEEPEST = 6

_CANONICAL_NUMBER = r"(-?(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{0,9}[1-9])?)"
_CANONICAL = "^" + ",".join([_CANONICAL_NUMBER] * len(_SIDES)) + "$"

Box = tuple[float, float, float, float]


def box_of(text: str) -> tuple[str | None, Finding | None]:
    """Return a box as ``west,south,east,north``, or what is wrong with it.

    Args:
        text: Four numbers in that order, ``ENVELOPE(west, east, north, south)``, a polygon in WKT
            or GeoJSON, or four sides with their names.
    """
    box = _four(text) or _labelled(text) or _around(_wkt_points(text) or _geojson_points(text))
    if box is None or not _is_on_earth(*box):
        return None, Finding.BOX_NOT_UNDERSTOOD
    return ",".join(map(_plain, box)), None


def settled_boxes(values: pl.Series) -> pl.Series:
    """Return the boxes of a column that are nearly canonical already, else null."""
    values = (
        values.str.replace_all(r",\s+", ",")
        .str.replace_all(r"(\.[0-9]*[1-9])0+(,|$)", "$1$2")
        .str.replace_all(r"\.0*(,|$)", "$1")
    )
    sides = values.str.extract_groups(_CANONICAL).struct.unnest()
    west, south, east, north = sides.cast(pl.Float64, strict=False).get_columns()
    is_right = (
        (south <= north)
        & (south >= -_LARGEST_LATITUDE)
        & (north <= _LARGEST_LATITUDE)
        & (west.abs() <= _LARGEST_LONGITUDE)
        & (east.abs() <= _LARGEST_LONGITUDE)
        & ~values.str.contains(r"(?:^|,)-0(?:,|$)")
    )
    return values.set(~is_right.fill_null(value=False), None)


def _four(text: str) -> Box | None:
    found = _FOUR.match(text)
    if found is None and ";" in text:
        found = _FOUR.match(_DECIMAL_COMMA.sub(".", text))
    if found is None:
        return None
    word, *numbers = found.groups()
    one, two, three, four = map(float, numbers)
    return (one, four, two, three) if (word or "").casefold() == "envelope" else (
        one, two, three, four,
    )  # fmt: skip


def _labelled(text: str) -> Box | None:
    sides = {name.casefold(): float(number) for name, number in _LABELLED.findall(text)}
    if len(sides) < len(_SIDES):
        return None
    return sides["west"], sides["south"], sides["east"], sides["north"]


def _wkt_points(text: str) -> list[tuple[float, float]]:
    found = _WKT.match(text)
    if found is None:
        return []
    points = []
    for part in found.group(1).split(","):
        point = _POINT.match(part.strip(" ()\t\r\n"))
        if point is None:
            return []
        points.append((float(point.group(1)), float(point.group(2))))
    return points


def _geojson_points(text: str) -> list[tuple[float, float]]:
    if not text.startswith("{"):
        return []
    try:
        shape = orjson.loads(text)
    except orjson.JSONDecodeError:
        return []
    shape = shape.get("geometry") or shape
    return list(_pairs(shape.get("coordinates"), 0)) if isinstance(shape, dict) else []


def _pairs(found: object, depth: int) -> Iterable[tuple[float, float]]:
    if not isinstance(found, list) or depth > _DEEPEST:
        return
    if len(found) > 1 and all(type(part) in (int, float) for part in found):
        yield float(found[0]), float(found[1])
        return
    for part in found:
        yield from _pairs(part, depth + 1)


def _around(points: list[tuple[float, float]]) -> Box | None:
    if len(points) < 3:  # noqa: PLR2004 - fewer make no area
        return None
    longitudes, latitudes = zip(*points, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _is_on_earth(west: float, south: float, east: float, north: float) -> bool:
    return (
        south <= north
        and max(abs(south), abs(north)) <= _LARGEST_LATITUDE
        and max(abs(west), abs(east)) <= _LARGEST_LONGITUDE
    )


def _plain(number: float) -> str:
    """Return a number with every digit it has, and without an exponent."""
    return format(Decimal(repr(number + 0.0)).normalize(), "f")
