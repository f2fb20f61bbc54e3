"""Acts over several collections: one batch in each, told, undone and counted as one."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace

from fairdb_core.domain.uploads import NO_MEAN, Batch, EffectCounts, MeanScore

_NAMES_TOLD = 3
ONLY_TOGETHER = (
    "This changed other collections too, in one act. Only who may change all of them can undo it."
)


def as_one(parts: Sequence[Batch]) -> Batch:
    """Return the batches of one act as one batch, a single one as it is.

    Args:
        parts: What the act did to each collection, the first batch first.
    """
    if len(parts) == 1:
        return parts[0]
    return replace(
        parts[0],
        counts=EffectCounts(*map(sum, zip(*(astuple(each.counts) for each in parts), strict=True))),
        rows_total=sum(each.rows_total for each in parts),
        rows_done=sum(each.rows_done for each in parts),
        before=mean_together(each.before for each in parts),
        after=mean_together(each.after for each in parts),
        parts=tuple(parts),
    )


def mean_together(means: Iterable[MeanScore]) -> MeanScore:
    """Return the mean over all datasets that are behind some means."""
    total, size = 0.0, 0
    for mean in means:
        if mean.count is None:
            return MeanScore(count=None)
        total += (mean.percent or 0.0) * mean.count
        size += mean.count
    return MeanScore(total / size, size) if size else NO_MEAN


def names_together(names: Iterable[str]) -> str:
    """Return the names of some collections in words, the first few where these are many."""
    told = list(names)
    if len(told) > _NAMES_TOLD + 1:
        told = [*told[:_NAMES_TOLD], f"{len(told) - _NAMES_TOLD:,} more"]
    *first, last = told
    return f"{', '.join(first)} and {last}" if first else last
