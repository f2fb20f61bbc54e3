"""Which datasets began or ceased to fail a check, came or went since some time."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.domain.news import NewsItem, NewsKind, NewsPart
from fairdb_core.domain.summaries import CheckMethod, RubricMethod
from fairdb_core.scoring.facets import line_of
from fairdb_core.scoring.quantiles import Counts
from fairdb_core.services.moves import largest
from fairdb_core.services.narrowing import failing_of
from fairdb_core.services.score_frames import Judged
from fairdb_core.services.several import NOBODY
from fairdb_core.services.standing import Mask, Places, Standing

ITEMS_SHOWN = 8
_SHOWN = ("dataset_id", "collection_id", "percent")
# The place of a version, and the questions about it that are answered otherwise than before.
_Shown = tuple[int, tuple[str, ...]]


def parts_of(
    judged: Judged, since: datetime, method: RubricMethod, names: Mapping[int, str]
) -> tuple[NewsPart, ...]:
    """Return what happened since some time, each kind of which there is something.

    Args:
        judged: Every assessed version.
        since: The time.
        method: The checks that count.
        names: The collections by key.
    """
    versions, patterns = judged.versions, judged.versions.patterns
    if not versions.height:
        return ()
    checks = [check for check in method.checks if check.points and _fact(check) in patterns.columns]
    past, several = judged.past, judged.past.several
    then, now = several.standing(since), several.standing(datetime.max.replace(tzinfo=UTC))
    both = (then != NOBODY) & (now != NOBODY) & (then != now)
    pairs = several.places[then[both]], several.places[now[both]]
    new = np.concatenate([several.places[now[(then == NOBODY) & (now != NOBODY)]], past.new(since)])
    removed = several.places[then[(then != NOBODY) & (now == NOBODY)]]
    facts = tuple(dict.fromkeys(_fact(check) for check in checks))
    failing = versions.once(("failing bits", facts), lambda: _packed(failing_of(patterns, facts)))
    failed, fails = (failing.take(versions.numbers[places], axis=0) for places in pairs)
    ids = judged.past.dataset_ids[pairs[1]]
    questions = [(facts.index(_fact(check)), check.question) for check in checks]
    found = {
        NewsKind.FAILING: _moved(fails & ~failed, ids, pairs[1], questions),
        NewsKind.FIXED: _moved(failed & ~fails, ids, pairs[1], questions),
        NewsKind.NEW: _listed(versions, new),
        NewsKind.REMOVED: _listed(versions, removed),
    }
    return tuple(
        NewsPart(kind, count, _items(versions, shown, names))
        for kind, (count, shown) in found.items()
        if count
    )


def _packed(failing: Mask) -> npt.NDArray[np.uint64]:
    """Return the facts of each pattern as bits of a few numbers."""
    wanted = -failing.shape[1] % 64
    bits = np.packbits(np.pad(failing, ((0, 0), (0, wanted))), axis=1)
    return np.ascontiguousarray(bits).view(np.uint64)


def _moved(
    bits: npt.NDArray[np.uint64],
    ids: Counts,
    places: Places,
    questions: Sequence[tuple[int, str]],
) -> tuple[int, list[_Shown]]:
    """Return the datasets of which some facts are otherwise than before.

    Args:
        bits: Which facts, for each dataset.
        ids: The keys of the datasets.
        places: Their versions.
        questions: Which fact each question is about.
    """
    counts = np.bitwise_count(bits).sum(axis=1)
    moved = np.flatnonzero(counts)
    first = largest(moved, counts, ids, ITEMS_SHOWN)
    has_moved = np.unpackbits(bits[first].view(np.uint8), axis=1).astype(bool)
    return len(moved), [
        (int(place), tuple(dict.fromkeys(said for fact, said in questions if which[fact])))
        for place, which in zip(places[first], has_moved, strict=True)
    ]


def _listed(versions: Standing, places: Places) -> tuple[int, list[_Shown]]:
    keys = versions.rows["dataset_version_id"].to_numpy()
    last = places[largest(np.arange(len(places)), keys[places], keys[places], ITEMS_SHOWN)]
    return len(places), [(int(place), ()) for place in last]


def _items(
    versions: Standing, shown: Sequence[_Shown], names: Mapping[int, str]
) -> tuple[NewsItem, ...]:
    places = np.array([place for place, _ in shown], dtype=np.intp)
    told = versions.rows.select(*_SHOWN)[places].with_columns(versions.texts_at(places))
    told = told.with_columns(line_of(pl.col("text"), "title"))
    return tuple(
        _item(row, names, questions)
        for row, (_, questions) in zip(told.iter_rows(named=True), shown, strict=True)
    )


def _item(
    row: Mapping[str, object], names: Mapping[int, str], questions: tuple[str, ...]
) -> NewsItem:
    percent = row["percent"]
    return NewsItem(
        dataset_id=int(str(row["dataset_id"])),
        title=str(row["title"] or ""),
        collection_name=names.get(int(str(row["collection_id"])), ""),
        questions=questions,
        percent=percent if isinstance(percent, float) else None,
    )


def _fact(check: CheckMethod) -> str:
    return f"fact:{check.indicator}"
