"""Which datasets began or ceased to fail a check, came or went since some time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import polars as pl

from fairdb_core.domain.news import NewsItem, NewsKind, NewsPart
from fairdb_core.domain.summaries import CheckMethod, RubricMethod
from fairdb_core.repositories.assessments import live
from fairdb_core.scoring.facets import line_of
from fairdb_core.scoring.patterns import PATTERN
from fairdb_core.services.narrowing import fails

ITEMS_SHOWN = 8
_THEN = ":then"


def parts_of(
    rows: pl.DataFrame,
    patterns: pl.DataFrame,
    since: datetime,
    method: RubricMethod,
    names: Mapping[int, str],
) -> tuple[NewsPart, ...]:
    """Return what happened since some time, each kind of which there is something.

    Args:
        rows: Every assessed version.
        patterns: The facts that they can have.
        since: The time.
        method: The checks that count.
        names: The collections by key.
    """
    if rows.is_empty():
        return ()
    checks = [check for check in method.checks if check.points and _fact(check) in patterns.columns]
    touched = rows.filter(pl.col("batch_at") > since).select("dataset_id").unique()
    changed = rows.join(touched, on="dataset_id", how="semi", maintain_order="left").with_columns(
        line_of(pl.col("text"), "title")
    )
    changed = changed.with_columns(
        patterns[name].gather(changed[PATTERN]) for name in _facts(checks)
    )
    then, now = live(changed, at=since), live(changed)
    both = now.join(
        then.select("dataset_id", *(pl.col(name).alias(name + _THEN) for name in _facts(checks))),
        on="dataset_id",
        maintain_order="left",
    )
    parts = [
        _moved(NewsKind.FAILING, both, checks, names),
        _moved(NewsKind.FIXED, both, checks, names),
        _listed(NewsKind.NEW, now.join(then, on="dataset_id", how="anti"), names),
        _listed(NewsKind.REMOVED, then.join(now, on="dataset_id", how="anti"), names),
    ]
    return tuple(part for part in parts if part.count)


def _moved(
    kind: NewsKind,
    both: pl.DataFrame,
    checks: Sequence[CheckMethod],
    names: Mapping[int, str],
) -> NewsPart:
    """Return the datasets that fail a check now and did not then, or the other way round."""
    if both.is_empty() or not checks:
        return NewsPart(kind, 0, ())
    flags = {_fact(check): _flag(kind, _fact(check)) for check in checks}
    found = (
        both.select(
            "dataset_id",
            "title",
            "collection_id",
            "percent",
            *(flag.alias(name) for name, flag in flags.items()),
        )
        .with_columns(moved=pl.sum_horizontal(pl.col(name) for name in flags))
        .filter(pl.col("moved") > 0)
        .sort(["moved", "dataset_id"], descending=[True, False])
    )
    items = tuple(
        _item(
            row,
            names,
            tuple(dict.fromkeys(check.question for check in checks if row[_fact(check)])),
        )
        for row in found.head(ITEMS_SHOWN).iter_rows(named=True)
    )
    return NewsPart(kind, found.height, items)


def _flag(kind: NewsKind, fact: str) -> pl.Expr:
    now, then = fails(fact), fails(fact + _THEN)
    flag = now & ~then if kind is NewsKind.FAILING else then & ~now
    return flag.fill_null(value=False)


def _listed(kind: NewsKind, datasets: pl.DataFrame, names: Mapping[int, str]) -> NewsPart:
    last = datasets.sort("dataset_version_id", descending=True).head(ITEMS_SHOWN)
    items = tuple(_item(row, names, ()) for row in last.iter_rows(named=True))
    return NewsPart(kind, datasets.height, items)


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


def _facts(checks: Sequence[CheckMethod]) -> list[str]:
    return list(dict.fromkeys(_fact(check) for check in checks))


def _fact(check: CheckMethod) -> str:
    return f"fact:{check.indicator}"
