"""Comparisons in words that hold as long as the evidence does: names by alphabet, no figures."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from fairdb_core.domain.comparisons import Funnel, Standing
from fairdb_core.scoring.intervals import (
    LEVEL,
    SMALLEST_JUDGED,
    Sample,
    are_told_apart,
    difference_interval,
)

_MOST_NAMES = 6
_FEW_PAIRS = 3


def verdict_of(samples: Mapping[str, Sample]) -> tuple[str, tuple[str, ...]]:
    """Return which groups really differ, in words, and the differences in figures.

    Args:
        samples: The groups by name.
    """
    judged = {
        name: sample
        for name, sample in sorted(samples.items(), key=lambda pair: pair[0].casefold())
        if sample.count >= SMALLEST_JUDGED
    }
    small = sorted((name for name in samples if name not in judged), key=str.casefold)
    left_out = f" {_list(small)}: fewer than ten datasets, too few to judge." if small else ""
    pairs = list(combinations(judged, 2))
    if not pairs:
        return f"There are no two groups with ten datasets or more to compare.{left_out}", ()
    lower: dict[str, list[str]] = {}
    alike, details = [], []
    for one, other in pairs:
        if not are_told_apart(judged[one], judged[other], pairs=len(pairs)):
            alike.append(f"{one} and {other} cannot be told apart.")
            continue
        high, low = (one, other) if judged[one].mean > judged[other].mean else (other, one)
        lower.setdefault(high, []).append(low)
        details.append(_detail(high, low, judged, len(pairs)))
    sentences = [
        f"{high} scores higher than {_list(lower[high])}." for high in judged if high in lower
    ]
    if len(alike) < _FEW_PAIRS:
        sentences += alike
    elif lower:
        sentences.append("All other pairs cannot be told apart.")
    else:
        sentences.append(f"The {len(judged)} groups cannot be told apart.")
    return " ".join(sentences) + left_out, tuple(details)


def funnel_verdict(funnel: Funnel, noun: str) -> str:
    """Return which of many groups stand out, in words."""
    total = len(funnel.points)
    if not total:
        return "No group has five datasets or more."
    above = [point.label for point in funnel.points if point.standing is Standing.ABOVE]
    below = [point.label for point in funnel.points if point.standing is Standing.BELOW]
    rest = total - len(above) - len(below)
    if rest == total:
        return (
            f"No {noun} stands out: all {total:,} lie where chance alone would put them around "
            "the mean of all datasets, and cannot be told apart from it."
        )
    parts = [
        f"{'above' if is_high else 'below'} the mean of all: {_list(sorted(names))}"
        for names, is_high in ((above, True), (below, False))
        if names
    ]
    out = len(above) + len(below)
    end = f" The other {rest:,} cannot be told apart from the mean." if rest else ""
    stand = "stands" if out == 1 else "stand"
    return f"{out:,} of {total:,} {stand} out, {'; '.join(parts)}.{end}"


def _detail(high: str, low: str, samples: Mapping[str, Sample], pairs: int) -> str:
    found = difference_interval(samples[high], samples[low], 1 - (1 - LEVEL) / pairs)
    gap = samples[high].mean - samples[low].mean
    return (
        f"{high} is {gap:.1f} points above {low}; between {found.lower:.1f} and "
        f"{found.upper:.1f}, allowing for chance."
    )


def _list(names: Sequence[str]) -> str:
    shown = list(names[:_MOST_NAMES])
    if len(names) > len(shown):
        return f"{', '.join(shown)} and {len(names) - len(shown):,} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
