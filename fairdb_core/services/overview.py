"""How FAIR many datasets are together: every figure of the first screen, from assessed rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
import polars as pl

from fairdb_core.domain.summaries import (
    Bin,
    Change,
    CheckCounts,
    CheckMethod,
    CollectionScore,
    Fix,
    PrincipleScore,
)
from fairdb_core.indicators import State
from fairdb_core.scoring.fixables import COUNT
from fairdb_core.scoring.quantiles import Spread, ranks_of

BIN_WIDTH = 10
MOST_POINTS = 24
DOTS_SHOWN = 50


def principle_scores(
    tally: pl.DataFrame, dimensions: Sequence[tuple[str, str, float]]
) -> tuple[PrincipleScore, ...]:
    """Return each dimension of a rubric: mean percent, and mean points beside it.

    Args:
        tally: Scores by pattern, with the ``count`` of datasets.
        dimensions: Id, title and possible points.
    """
    counts = tally[COUNT].to_numpy()
    scores = []
    for key, title, possible in dimensions:
        percents = ranks_of(tally[f"{key}.percent"].to_numpy()).spread(counts)
        scores.append(
            PrincipleScore(
                dimension=key,
                name=title,
                percent=percents.mean,
                earned=mean_of(tally, f"{key}.earned") or 0.0,
                judged=mean_of(tally, f"{key}.judged") or 0.0,
                possible=possible,
                judged_count=percents.count,
            )
        )
    return tuple(scores)


def mean_of(tally: pl.DataFrame, column: str) -> float | None:
    """Return the mean of a column over all datasets behind a tally."""
    return ranks_of(tally[column].to_numpy()).spread(tally[COUNT].to_numpy()).mean


def bins_of(percents: Spread) -> tuple[Bin, ...]:
    """Return how many percentages lie in each tenth."""
    tenths = np.clip(percents.values // BIN_WIDTH, 0, 9).astype(np.int64)
    counts = np.bincount(tenths, weights=percents.counts, minlength=10)
    return tuple(
        Bin(start, start + BIN_WIDTH, int(counts[start // BIN_WIDTH]))
        for start in range(0, 100, BIN_WIDTH)
    )


def check_counts(tally: pl.DataFrame, checks: Sequence[CheckMethod]) -> tuple[CheckCounts, ...]:
    """Return in which state of every check how many datasets are.

    Args:
        tally: Facts by pattern, with the ``count`` of datasets.
        checks: The checks of the rubric.
    """
    judged = [
        check for check in checks if check.points and f"fact:{check.indicator}" in tally.columns
    ]
    counts = tally[COUNT].to_numpy()
    totals = {
        check.check_id: np.bincount(
            tally[f"fact:{check.indicator}"].to_numpy(), weights=counts, minlength=4
        )
        for check in judged
    }
    return tuple(
        CheckCounts(
            check_id=check.check_id,
            principle=check.principle,
            question=check.question,
            met=int(totals[check.check_id][State.MET]),
            partly=int(totals[check.check_id][State.PARTLY]),
            unmet=int(totals[check.check_id][State.UNMET]),
            not_assessed=int(totals[check.check_id][State.NOT_ASSESSED]),
        )
        for check in judged
    )


def collection_scores(
    counts: Mapping[str | int | None, int],
    spreads: Mapping[str | int | None, Spread],
    names: Mapping[int, str],
) -> tuple[CollectionScore, ...]:
    """Return the figures of each collection, by name; those without datasets too.

    Args:
        counts: The datasets of each collection, also those of which nothing could be judged.
        spreads: How the percents are spread, by collection.
        names: Of all collections that are meant.
    """
    nothing = Spread(np.zeros(0), np.zeros(0, dtype=np.int64))
    found = [
        (key, name, spreads.get(key, nothing))
        for key, name in sorted(names.items(), key=lambda pair: pair[1].casefold())
    ]
    return tuple(
        CollectionScore(key, name, counts.get(key, 0), s.mean, *s.quantiles(0.5, 0.25, 0.75))
        for key, name, s in found
    )


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
    if change is not None and change.shown_total:
        way = "up" if change.shown_total > 0 else "down"
        from_edits, from_membership = change.shown_parts
        parts[0] += (
            f", {way} {abs(change.shown_total):.1f} points since {change.since:%B %Y}: "
            f"{from_edits:+.1f} from edits, "
            f"{from_membership:+.1f} from datasets added or removed"
        ).replace("-", "−")
    elif change is not None:
        parts[0] += f", unchanged since {change.since:%B %Y}"
    if fixes:
        parts.append(f"Biggest gap: {fixes[0].title}, to fill or correct in {fixes[0].count:,}")
    return ". ".join(parts) + "."


def number(value: object) -> float | None:
    """Return a figure of a frame as a plain number, ``None`` where there is none."""
    return float(value) if isinstance(value, int | float) else None


def times_of(batch_times: pl.Series) -> list[datetime]:
    """Return the last moment of each day with a batch, or of each month when those are many."""
    at = np.sort(batch_times.to_physical().to_numpy())
    days = at.astype("datetime64[us]").astype("datetime64[D]")
    months = days.astype("datetime64[M]").astype(np.int64)
    for start in (days.astype(np.int64), months, months // 3, months // 12):
        lasts = np.flatnonzero(np.append(start[1:] != start[:-1], True)[: len(at)])
        if len(lasts) <= MOST_POINTS:
            break
    return pl.Series(at[lasts]).cast(batch_times.dtype).to_list()
