"""How FAIR many datasets are together: every figure of the first screen, from assessed rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import polars as pl

from fairdb_core.domain.summaries import (
    Bin,
    Change,
    CheckCounts,
    CheckMethod,
    CollectionScore,
    Fix,
    PrincipleScore,
    TrendPoint,
)
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.repositories.assessments import live
from fairdb_core.scoring.spans import stands_at, with_spans

BIN_WIDTH = 10
MOST_POINTS = 24
LOOK_BACK = timedelta(days=90)
FIXES_SHOWN = 8
DOTS_SHOWN = 50


def principle_scores(
    datasets: pl.DataFrame, dimensions: Sequence[tuple[str, str, float]]
) -> tuple[PrincipleScore, ...]:
    """Return each dimension of a rubric: mean percent, and mean points beside it.

    Args:
        datasets: The assessed datasets.
        dimensions: Id, title and possible points.
    """
    scores = []
    for key, title, possible in dimensions:
        percents = datasets[f"{key}.percent"].drop_nulls()
        scores.append(
            PrincipleScore(
                dimension=key,
                name=title,
                percent=number(percents.mean()),
                earned=number(datasets[f"{key}.earned"].mean()) or 0.0,
                judged=number(datasets[f"{key}.judged"].mean()) or 0.0,
                possible=possible,
                judged_count=percents.len(),
            )
        )
    return tuple(scores)


def bins_of(percents: pl.Series) -> tuple[Bin, ...]:
    """Return how many percentages lie in each tenth."""
    counted = (
        percents.drop_nulls()
        .alias("percent")
        .to_frame()
        .group_by((pl.col("percent") // BIN_WIDTH).clip(0, 9).cast(pl.Int64).alias("bin"))
        .len()
    )
    counts: dict[int, int] = dict(counted.iter_rows())
    return tuple(
        Bin(start, start + BIN_WIDTH, counts.get(start // BIN_WIDTH, 0))
        for start in range(0, 100, BIN_WIDTH)
    )


def check_counts(datasets: pl.DataFrame, checks: Sequence[CheckMethod]) -> tuple[CheckCounts, ...]:
    """Return in which state of every check how many datasets are."""
    judged = [
        check for check in checks if check.points and f"fact:{check.indicator}" in datasets.columns
    ]
    if not judged:
        return ()
    totals = datasets.select(
        (pl.col(f"fact:{check.indicator}") == state).sum().alias(f"{check.check_id}:{state}")
        for check in judged
        for state in range(4)
    ).row(0, named=True)
    return tuple(
        CheckCounts(
            check_id=check.check_id,
            principle=check.principle,
            question=check.question,
            met=totals[f"{check.check_id}:3"],
            partly=totals[f"{check.check_id}:2"],
            unmet=totals[f"{check.check_id}:1"],
            not_assessed=totals[f"{check.check_id}:0"],
        )
        for check in judged
    )


def fixes_of(
    counts: Sequence[CheckCounts],
    checks: Sequence[CheckMethod],
    gains: Mapping[str, float],
) -> tuple[Fix, ...]:
    """Return what raises the mean most.

    Args:
        counts: The datasets in each state.
        checks: The checks of the rubric.
        gains: By check, the points that the mean gains when it is met everywhere.
    """
    failed = {each.check_id: each.failed for each in counts}
    fixes = [
        Fix(
            check_id=check.check_id,
            principle=check.principle,
            question=check.question,
            advice=check.advice,
            field_title=FIELD_BY_NAME[check.fields[0]].title if check.fields else "",
            example=check.example
            or (FIELD_BY_NAME[check.fields[0]].example if check.fields else ""),
            count=failed[check.check_id],
            gain=gains.get(check.check_id, 0.0),
        )
        for check in checks
        if failed.get(check.check_id) and gains.get(check.check_id, 0.0) > 0
    ]
    return tuple(sorted(fixes, key=lambda fix: (-fix.gain, fix.check_id))[:FIXES_SHOWN])


def collection_scores(
    datasets: pl.DataFrame, names: Mapping[int, str]
) -> tuple[CollectionScore, ...]:
    """Return the figures of each collection, by name; those without datasets too."""
    percent = pl.col("percent")
    figures = (
        {}
        if datasets.is_empty()
        else {
            key: rest
            for key, *rest in datasets.group_by("collection_id")
            .agg(
                pl.len(),
                mean=percent.mean(),
                median=percent.median(),
                lower=percent.quantile(0.25, "linear"),
                upper=percent.quantile(0.75, "linear"),
            )
            .iter_rows()
        }
    )
    return tuple(
        CollectionScore(key, name, *figures.get(key, (0, None, None, None, None)))
        for key, name in sorted(names.items(), key=lambda pair: pair[1].casefold())
    )


def trend_of(rows: pl.DataFrame) -> tuple[TrendPoint, ...]:
    """Return the score after each batch, or at the end of each month where batches are many."""
    if rows.is_empty():
        return ()
    slim = with_spans(rows.select("dataset_id", "batch_at", "is_deleted", "percent"))
    return trend_at(times_of(slim["batch_at"]), lambda at: slim.filter(stands_at(at))["percent"])


def trend_at(
    times: Iterable[datetime], percents_at: Callable[[datetime], pl.Series]
) -> tuple[TrendPoint, ...]:
    """Return the score at some times; those at which nothing could be judged are left out."""
    points = []
    for at in times:
        percents = percents_at(at).drop_nulls()
        if not percents.is_empty():
            mean, median = number(percents.mean()), number(percents.median())
            points.append(TrendPoint(at, mean or 0.0, median or 0.0, percents.len()))
    return tuple(points)


def change_of(rows: pl.DataFrame, trend: Sequence[TrendPoint]) -> Change | None:
    """Return how the mean moved over the last quarter, or since the first upload if later."""
    if len(trend) < 2:  # noqa: PLR2004
        return None
    limit = trend[-1].at - LOOK_BACK
    earlier = [point for point in trend[:-1] if point.at <= limit]
    since = (earlier[-1] if earlier else trend[0]).at
    then, now = _percents(live(rows, at=since)), _percents(live(rows))
    both = now.join(then, on="dataset_id", suffix="_then")
    mean_then, mean_now = number(then["percent"].mean()), number(now["percent"].mean())
    if mean_then is None or mean_now is None:
        return None
    total = mean_now - mean_then
    moved = number((both["percent"] - both["percent_then"]).sum()) or 0.0
    from_edits = moved / now.height
    return Change(since, total, from_edits, total - from_edits)


def sentence_of(
    count: int,
    mean: float | None,
    median: float | None,
    change: Change | None,
    fixes: Sequence[Fix],
) -> str:
    """Return the figures in words, the ones that matter first."""
    if not count or mean is None or median is None:
        return "There is no dataset to judge yet."
    noun = "dataset" if count == 1 else "datasets"
    parts = [f"{count:,} {noun}, median {median:.0f} %, mean {mean:.1f} %"]
    if change is not None and round(change.total, 1):
        way = "up" if change.total > 0 else "down"
        parts[0] += (
            f", {way} {abs(change.total):.1f} points since {change.since:%B %Y}: "
            f"{change.from_edits:+.1f} from edits, "
            f"{change.from_membership:+.1f} from datasets added or removed"
        ).replace("-", "−")
    elif change is not None:
        parts[0] += f", unchanged since {change.since:%B %Y}"
    if fixes:
        parts.append(f"Biggest gap: “{fixes[0].question}” fails in {fixes[0].count:,}")
    return ". ".join(parts) + "."


def number(value: object) -> float | None:
    """Return a figure of a frame as a plain number, ``None`` where there is none."""
    return float(value) if isinstance(value, int | float) else None


def _percents(datasets: pl.DataFrame) -> pl.DataFrame:
    return datasets.select("dataset_id", "percent").drop_nulls()


def times_of(batch_times: pl.Series) -> list[datetime]:
    """Return the last moment of each day with a batch, or of each month when those are many."""
    for every in ("1d", "1mo", "3mo", "1y"):
        times = (
            batch_times.alias("at")
            .to_frame()
            .group_by(pl.col("at").dt.truncate(every).alias("start"))
            .agg(pl.col("at").max())
            .sort("at")["at"]
        )
        if times.len() <= MOST_POINTS:
            break
    return times.to_list()
