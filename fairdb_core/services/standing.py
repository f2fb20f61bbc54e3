"""Assessed datasets as they stand, held so that a million are counted within milliseconds.

Scores depend on the pattern of facts alone, and there are a few thousand patterns: whatever is
said of many datasets is worked out from how often each pattern occurs among them.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import prod
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.domain.summaries import Sort
from fairdb_core.scoring.fixables import COUNT
from fairdb_core.scoring.patterns import PATTERN
from fairdb_core.scoring.quantiles import Counts, Ranks, Spread, Values, ranks_of
from fairdb_core.services.codes import Codes, codes_of
from fairdb_core.services.texts import NO_TEXTS, Texts

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Kept = TypeVar("Kept")
MASKS_KEPT = 48
MOST_CELLS = 4_000_000
MOST_CELLS_KEPT = 400_000
MOST_BUNDLED = 2**16
PLACES_AT_ONCE = 32_768
FIRST_TITLES = 50_000
SORTED_BY_HEAPS = 5_000
# What has no title begins with an empty line.
_TITLE = pl.when(~pl.col("text").str.starts_with("\n")).then("text").alias("title")


@dataclass(frozen=True, slots=True)
class GroupedPatterns:
    """How often each pattern occurs in each of some groups, without those that do not.

    Attributes:
        values: By what the groups are told apart.
        group: The place of a group among these.
        pattern: The number of a pattern.
        counts: The datasets of that group with that pattern.
    """

    values: tuple[str | int | None, ...]
    group: Places
    pattern: Places
    counts: Counts

    def spreads(self, ranks: Ranks) -> list[tuple[str | int | None, int, Spread]]:
        """Return of each group how many datasets it has, and how their numbers are spread.

        Args:
            ranks: The number of each pattern.
        """
        width = len(ranks.values) + 1
        key = self.group * width + ranks.of_each[self.pattern]
        counts = np.bincount(key, self.counts, len(self.values) * width).astype(np.int64)
        counts = counts.reshape(-1, width)
        totals = counts.sum(axis=1)
        return [
            (self.values[at], int(totals[at]), Spread(ranks.values, counts[at, :-1]))
            for at in np.flatnonzero(totals)
        ]

    def sums(self, worth: Values) -> Values:
        """Return of each group the sums of some columns of numbers, a row a pattern."""
        found = np.zeros((len(self.values), worth.shape[1]))
        step = max(1, MOST_CELLS // max(1, len(worth)))
        for first in range(0, len(found), step):
            some = slice(*np.searchsorted(self.group, (first, first + step)))
            often = np.zeros((min(step, len(found) - first), len(worth)))
            often[self.group[some] - first, self.pattern[some]] = self.counts[some]
            found[first : first + step] = often @ worth
        return found


class Standing:
    """The datasets of some collections, judged by one rubric.

    Args:
        rows: A row a dataset: keys, facets, ``percent`` and ``pattern``.
        patterns: Facts and scores by pattern.
        texts: What is searched and shown: of each row, or of all versions where these are given.
        among: All versions of the datasets, of which these rows are the last.
        codes: Columns by numbers that are known already; what is asked for is added.
    """

    def __init__(
        self,
        rows: pl.DataFrame,
        patterns: pl.DataFrame,
        texts: Texts = NO_TEXTS,
        *,
        among: "Standing | None" = None,
        codes: dict[str, Codes] | None = None,
    ) -> None:
        self.rows = rows
        self.patterns = patterns
        self.numbers = rows[PATTERN].to_numpy()
        self._texts = texts
        self._among = among
        self._first = 0 if among is None else among.height - rows.height
        self._codes = {} if codes is None else codes
        self._lock = threading.Lock()
        self._masks: OrderedDict[Hashable, Mask] = OrderedDict()
        self._kept: dict[Hashable, object] = {}

    @property
    def height(self) -> int:
        """How many datasets there are."""
        return self.rows.height

    @cached_property
    def percents(self) -> Ranks:
        """The percent of each pattern."""
        return ranks_of(self.patterns["percent"].cast(pl.Float64).to_numpy())

    @property
    def texts(self) -> pl.Series:
        """Title, identifier and keywords of every dataset, a line each."""
        return self._texts.all.slice(self._first)

    def texts_at(self, places: Places) -> pl.Series:
        """Return the same of the datasets at a few places."""
        return self._texts.at(places + self._first)

    def mask(self, key: Hashable, condition: "Condition") -> Mask:
        """Return which datasets meet a condition, kept under a key."""
        if not self.height:
            return np.zeros(0, dtype=bool)
        if self._among is not None:
            return self._among.mask(key, condition)[-self.height :]
        with self._lock:
            found = self._masks.get(key)
            if found is not None:
                self._masks.move_to_end(key)
                return found
        made = condition(self)
        with self._lock:
            self._masks[key] = made
            while len(self._masks) > MASKS_KEPT:
                self._masks.popitem(last=False)
        return made

    def matching(self, masks: Sequence[Mask]) -> "Matching":
        """Return the datasets that all masks leave."""
        return Matching(self, np.logical_and.reduce(masks)) if masks else self.all

    @cached_property
    def all(self) -> "Matching":
        """All datasets; they are counted once."""
        return Matching(self, None)

    def codes(self, column: str) -> Codes:
        """Return a column by numbers."""
        if self._among is not None:
            every = self._among.codes(column)
            return Codes(every.values, every.of_each[self._first :])
        if column not in self._codes:
            self._codes[column] = codes_of(self.rows[column])
        return self._codes[column]

    def order(self, sort: Sort) -> Places:
        """Return the places of all datasets in an order."""
        return self.once(sort, lambda: _order(self, sort))

    def once(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what is made once of these datasets; two who ask at once may both make it."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = make()
        return found  # type: ignore[return-value]


Condition = Callable[[Standing], Mask]


class Matching:
    """Some of the datasets as they stand, all of them where ``mask`` is ``None``.

    Args:
        standing: All of them.
        mask: Which these are.
        patterns: Which patterns these have, where that alone tells them from others.
    """

    def __init__(
        self, standing: Standing, mask: Mask | None, *, patterns: Mask | None = None
    ) -> None:
        self.standing = standing
        self.patterns = patterns
        self._mask = mask

    @cached_property
    def mask(self) -> Mask | None:
        """Which datasets these are."""
        return self._mask if self.patterns is None else self.patterns.take(self.standing.numbers)

    def among(self, other: "Matching") -> "Matching":
        """Return those that are among others too."""
        masks = [each.mask for each in (self, other) if each.mask is not None]
        return self.standing.matching(masks)

    @cached_property
    def count(self) -> int:
        """How many datasets these are."""
        if self.patterns is not None:
            return int(self.pattern_counts.sum())
        return self.standing.height if self.mask is None else int(np.count_nonzero(self.mask))

    @cached_property
    def rows(self) -> pl.DataFrame:
        """The datasets themselves; prefer counts wherever they do."""
        rows = self.standing.rows
        return rows if self.mask is None else rows.filter(pl.Series(self.mask))

    @cached_property
    def pattern_counts(self) -> Counts:
        """How many of them have each pattern."""
        if self.patterns is not None:
            return np.where(self.patterns, self.standing.all.pattern_counts, 0)
        numbers, size = self.of(self.standing.numbers), self.standing.patterns.height
        return np.bincount(numbers, minlength=size).astype(np.int64)

    @cached_property
    def tally(self) -> pl.DataFrame:
        """The patterns that occur, with ``count``: what figures are worked out from."""
        some = np.flatnonzero(self.pattern_counts)
        counts = pl.Series(COUNT, self.pattern_counts[some])
        return rows_at(self.standing.patterns, some).hstack([counts])

    @cached_property
    def judged_tally(self) -> pl.DataFrame:
        """The same of those patterns by which something was judged."""
        return rows_at(self.tally, np.flatnonzero(self.tally["judged"].to_numpy() > 0))

    @cached_property
    def spread(self) -> Spread:
        """How their percents are spread."""
        return self.standing.percents.spread(self.pattern_counts)

    def counts(self, column: str) -> list[tuple[str | int | None, int]]:
        """Return how many have each value of a column, without the values that none has."""
        return _once(self, ("counts", column), lambda: _counts(self, column))

    def counts_of(self, columns: tuple[str, ...]) -> dict[str, list[tuple[str | int | None, int]]]:
        """Return the same as ``counts`` of several columns."""
        return _counts_of(self, columns)

    def by_pattern(self, column: str, values: Sequence[str | int | None]) -> npt.NDArray[np.int64]:
        """Return how many with each of some values of a column have each pattern."""
        return _by_pattern(self, column, values)

    def groups(self, column: str) -> GroupedPatterns:
        """Return how many with each value of a column have each pattern."""
        if _is_kept_by_groups(self, column):
            return _groups_with(self, column)
        if _cells(self.standing, column) > MOST_CELLS_KEPT:
            return _groups(self, column)
        return _once(self, ("groups", column), lambda: _groups(self, column))

    def page(self, sort: Sort, start: int, stop: int) -> pl.DataFrame:
        """Return some of the datasets in an order, with their ``text``."""
        if not self.count:
            return self.standing.rows.head(0)
        places = _places_in(self, sort, stop)[start:stop]
        return self.standing.rows[places].with_columns(self.standing.texts_at(places))

    def of(
        self, each: npt.NDArray[np.unsignedinteger[Any]]
    ) -> npt.NDArray[np.unsignedinteger[Any]]:
        """Return what these datasets have of what each has."""
        return each if self.mask is None else left_by(self.mask, each)


def first_places(found: Matching, count: int) -> Places:
    """Return where the first of some datasets are, without going through all."""
    parts: list[Places] = [np.zeros(0, dtype=np.intp)]
    for start in range(0, found.standing.height, PLACES_AT_ONCE):
        if count <= 0:
            break
        near = slice(start, start + PLACES_AT_ONCE)
        if found.patterns is not None:
            are_in = found.patterns.take(found.standing.numbers[near])
        elif found.mask is not None:
            are_in = found.mask[near]
        else:
            are_in = np.ones(min(PLACES_AT_ONCE, found.standing.height - start), dtype=bool)
        parts.append(np.flatnonzero(are_in)[:count] + start)
        count -= len(parts[-1])
    return np.concatenate(parts)


def left_by(
    mask: Mask, each: npt.NDArray[np.unsignedinteger[Any]]
) -> npt.NDArray[np.unsignedinteger[Any]]:
    """Return what a mask leaves, several times as fast as by places or by the mask itself."""
    return pl.Series(each).filter(pl.Series(mask)).to_numpy()


def _once(found: Matching, key: Hashable, make: Callable[[], Kept]) -> Kept:
    """Return what is made once of all datasets, of some of them each time."""
    return found.standing.once(key, make) if found is found.standing.all else make()


def _counts_of(
    found: Matching, columns: Sequence[str]
) -> dict[str, list[tuple[str | int | None, int]]]:
    if found is found.standing.all:
        return {column: found.counts(column) for column in columns}
    known = {column for column in columns if _is_kept_by_groups(found, column)}
    rest = tuple(column for column in columns if column not in known)
    bundles = found.standing.once(rest, lambda: _bundles(found.standing, rest))
    counted = dict(chain.from_iterable(_counts_in(found, bundle) for bundle in bundles))
    return counted | {column: _counts_of_groups(found, column) for column in known}


def _by_pattern(
    found: Matching, column: str, values: Sequence[str | int | None]
) -> npt.NDArray[np.int64]:
    codes, size = found.standing.codes(column), found.standing.patterns.height
    row_of = np.full(len(codes.values), len(values), dtype=np.int64)
    for row, value in enumerate(values):
        row_of[codes.values.index(value)] = row
    if _is_kept_by_groups(found, column):
        groups = _groups_with(found, column)
        both = row_of[groups.group] * size + groups.pattern
        counts = np.bincount(both, groups.counts, (len(values) + 1) * size)
    else:
        both = row_of[found.of(codes.of_each)] * size + found.of(found.standing.numbers)
        counts = np.bincount(both, minlength=(len(values) + 1) * size)
    return counts.reshape(-1, size)[: len(values)].astype(np.int64)


def _cells(standing: Standing, column: str) -> int:
    return len(standing.codes(column).values) * standing.patterns.height


def _is_kept_by_groups(found: Matching, column: str) -> bool:
    """Return whether it is known already how often each of the patterns is in each group."""
    return found.patterns is not None and _cells(found.standing, column) <= MOST_CELLS_KEPT


def _groups_with(found: Matching, column: str) -> GroupedPatterns:
    """Return the groups of all datasets, without the patterns that those of some do not have."""
    every = found.standing.all.groups(column)
    has = slice(None) if found.patterns is None else np.flatnonzero(found.patterns[every.pattern])
    return GroupedPatterns(every.values, every.group[has], every.pattern[has], every.counts[has])


def _counts_of_groups(found: Matching, column: str) -> list[tuple[str | int | None, int]]:
    groups, codes = _groups_with(found, column), found.standing.codes(column)
    counts = np.bincount(groups.group, groups.counts, len(codes.values))
    return _occurring(codes, counts.astype(np.int64))


def _groups(found: Matching, column: str) -> GroupedPatterns:
    codes, size = found.standing.codes(column), found.standing.patterns.height
    both = found.of(codes.of_each) * np.int64(size) + found.of(found.standing.numbers)
    if len(codes.values) * size <= MOST_CELLS:
        every = np.bincount(both, minlength=1)
        cells = np.flatnonzero(every)
        counts = every[cells]
    else:
        cells, counts = np.unique(both, return_counts=True)
    return GroupedPatterns(codes.values, cells // size, cells % size, counts.astype(np.int64))


def _counts(found: Matching, column: str) -> list[tuple[str | int | None, int]]:
    codes = found.standing.codes(column)
    return _occurring(codes, np.bincount(found.of(codes.of_each), minlength=len(codes.values)))


def _occurring(codes: Codes, counts: Counts) -> list[tuple[str | int | None, int]]:
    return [(codes.values[at], int(counts[at])) for at in np.flatnonzero(counts)]


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Some columns as one, so that all of them are counted by going through datasets once."""

    columns: tuple[str, ...]
    sizes: tuple[int, ...]
    of_each: npt.NDArray[np.unsignedinteger[Any]]


def _bundles(standing: Standing, columns: Sequence[str]) -> list[_Bundle]:
    """Return columns in bundles of at most so many different values as two bytes hold."""
    bundles: list[_Bundle] = []
    for column in sorted(columns, key=lambda each: len(standing.codes(each).values)):
        codes = standing.codes(column)
        size, before = len(codes.values), bundles[-1] if bundles else None
        if before is not None and prod(before.sizes) * size <= MOST_BUNDLED:
            both = before.of_each.astype(np.uint16) * np.uint16(size) + codes.of_each
            bundles[-1] = _Bundle((*before.columns, column), (*before.sizes, size), both)
        else:
            bundles.append(_Bundle((column,), (size,), codes.of_each))
    return bundles


def _counts_in(
    found: Matching, bundle: _Bundle
) -> Iterator[tuple[str, list[tuple[str | int | None, int]]]]:
    """Yield the counts of each column of a bundle."""
    counts = np.bincount(found.of(bundle.of_each), minlength=prod(bundle.sizes))
    counts = counts.reshape(bundle.sizes)
    for axis, column in enumerate(bundle.columns):
        others = tuple(each for each in range(len(bundle.sizes)) if each != axis)
        yield column, _occurring(found.standing.codes(column), counts.sum(axis=others))


def _places_in(found: Matching, sort: Sort, count: int) -> Places:
    """Return the first places of some datasets in an order, at least so many where there are."""
    if sort is Sort.TITLE:
        every = found.standing.all
        # Of these most filters leave a page.
        titled = every.standing.once("first titles", lambda: _by_title(every, FIRST_TITLES))
        first = _first_of(titled, found, count)
        if len(first) >= min(count, found.count):
            return first
        if count <= SORTED_BY_HEAPS:
            return _by_title(found, count)
    return _first_of(found.standing.order(sort), found, count)


def _first_of(order: Places, found: Matching, count: int) -> Places:
    """Return the first places of some datasets in an order, without going through all."""
    if found is found.standing.all:
        return order
    parts: list[Places] = []
    for start in range(0, len(order), PLACES_AT_ONCE):
        part = order[start : start + PLACES_AT_ONCE]
        parts.append(part[_are_in(found, part)])
        count -= len(parts[-1])
        if count <= 0:
            break
    return np.concatenate(parts)


def _are_in(found: Matching, places: Places) -> Mask:
    """Return which of some places are among those of datasets."""
    if found.patterns is None:
        return np.ones(len(places), dtype=bool) if found.mask is None else found.mask[places]
    are_in: Mask = found.patterns[found.standing.numbers[places]]
    return are_in


def _by_title(found: Matching, count: int) -> Places:
    """Return the places of the first datasets by title."""
    rows = _with_titles(found.standing).lazy().with_row_index("place")
    if found.mask is not None:
        rows = rows.filter(pl.lit(pl.Series(found.mask)))
    first = rows.sort(["title", "dataset_id"], nulls_last=True).head(count).collect()
    return first["place"].to_numpy().astype(np.intp)


def _with_titles(standing: Standing) -> pl.DataFrame:
    """Return the keys of datasets with what they are sorted by."""
    return pl.DataFrame([standing.texts, standing.rows["dataset_id"]]).select(_TITLE, "dataset_id")


def rows_at(rows: pl.DataFrame, places: Places) -> pl.DataFrame:
    """Return rows at some ascending places, the rows as they are where these are all."""
    return rows if len(places) == rows.height else rows[places]


def _order(standing: Standing, sort: Sort) -> Places:
    rows = standing.rows
    if sort is Sort.TITLE:
        titled = _with_titles(standing)
        in_order = titled.select(pl.arg_sort_by("title", "dataset_id", nulls_last=True))
        return in_order.to_series().to_numpy()
    if sort is Sort.NEWEST:
        return np.argsort(rows["dataset_version_id"].to_numpy(), kind="stable")[::-1]
    ids = rows["dataset_id"].to_numpy()
    by_id = standing.once("by id", lambda: np.argsort(ids, kind="stable"))
    ranks = standing.percents
    rank = ranks.of_each
    if sort is Sort.HIGHEST:
        last = len(ranks.values)
        rank = np.where(rank == last, rank, last - 1 - rank).astype(np.uint16)
    return by_id[np.argsort(rank[standing.numbers][by_id], kind="stable")]
