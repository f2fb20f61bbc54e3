"""Which datasets began or ceased to fail a check, came or went since some time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
import polars as pl

from fairdb_core.domain.news import NewsItem, NewsKind, NewsPart
from fairdb_core.domain.summaries import CheckMethod, RubricMethod
from fairdb_core.repositories.assessments import live
from fairdb_core.scoring.facets import line_of
from fairdb_core.scoring.patterns import PATTERN
from fairdb_core.services.narrowing import fails
from fairdb_core.services.score_frames import Judged
from fairdb_core.services.standing import Places
from fairdb_core.services.versions import Versions, microsecond

ITEMS_SHOWN = 8
_THEN = ":then"
_KEYS = ("dataset_id", "dataset_version_id", "batch_at", "is_deleted")
# The key of a version, and the questions about it that are answered otherwise than before.
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
    changed = versions.rows.select(*_KEYS, PATTERN)[_of_changed_after(judged.past, since)]
    then, now = live(changed, at=since), live(changed)
    both = now.join(
        then.select("dataset_id", pl.col(PATTERN).alias(PATTERN + _THEN)),
        on="dataset_id",
        maintain_order="left",
    )
    found = {
        NewsKind.FAILING: _moved(NewsKind.FAILING, both, patterns, checks),
        NewsKind.FIXED: _moved(NewsKind.FIXED, both, patterns, checks),
        NewsKind.NEW: _listed(now.join(then, on="dataset_id", how="anti")),
        NewsKind.REMOVED: _listed(then.join(now, on="dataset_id", how="anti")),
    }
    return tuple(
        NewsPart(kind, count, _items(versions.rows, shown, names))
        for kind, (count, shown) in found.items()
        if count
    )


def _of_changed_after(versions: Versions, at: datetime) -> Places:
    """Return all versions of datasets that have one from after a time."""
    is_later = np.append(versions.begun > microsecond(at), False)[versions.batch]
    ids = versions.dataset_ids
    return np.flatnonzero(np.isin(ids, ids[is_later]))


def _moved(
    kind: NewsKind, both: pl.DataFrame, patterns: pl.DataFrame, checks: Sequence[CheckMethod]
) -> tuple[int, list[_Shown]]:
    """Return the datasets that fail a check now and did not then, or the other way round."""
    facts = list(dict.fromkeys(_fact(check) for check in checks))
    if both.is_empty() or not facts:
        return 0, []
    fails_it = patterns.select(fails(name).fill_null(value=False) for name in facts).to_numpy()
    now, then = (fails_it[both[name].to_numpy()] for name in (PATTERN, PATTERN + _THEN))
    has_moved = now & ~then if kind is NewsKind.FAILING else then & ~now
    moved = both.select("dataset_id", "dataset_version_id").with_columns(
        moved=pl.Series(has_moved.sum(axis=1)), place=pl.int_range(both.height)
    )
    found = moved.filter(pl.col("moved") > 0)
    order = [-pl.col("moved"), "dataset_id"]
    first = found.bottom_k(ITEMS_SHOWN, by=order).sort(order)
    questions = [(facts.index(_fact(check)), check.question) for check in checks]
    return found.height, [
        (version, tuple(dict.fromkeys(said for fact, said in questions if has_moved[place, fact])))
        for version, place in first.select("dataset_version_id", "place").iter_rows()
    ]


def _listed(datasets: pl.DataFrame) -> tuple[int, list[_Shown]]:
    last = datasets["dataset_version_id"].sort(descending=True).head(ITEMS_SHOWN)
    return datasets.height, [(version, ()) for version in last]


def _items(
    rows: pl.DataFrame, shown: Sequence[_Shown], names: Mapping[int, str]
) -> tuple[NewsItem, ...]:
    wanted = [version for version, _ in shown]
    told = rows.filter(pl.col("dataset_version_id").is_in(wanted)).with_columns(
        line_of(pl.col("text"), "title")
    )
    by_version = {row["dataset_version_id"]: row for row in told.iter_rows(named=True)}
    return tuple(_item(by_version[version], names, questions) for version, questions in shown)


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
