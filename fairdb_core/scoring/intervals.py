"""How far a mean of scores could lie off by chance, and whether two means can be told apart.

A score lies between 0 and 100 and is often skewed, so the interval of a mean is Wilson's for a
share, with as many trials as would scatter like the scores do, and Student's quantile. It never
leaves 0 to 100, as a plain ``mean ± t·s/√n`` does, and needs no resampling. The interval of a
difference is put together from those of the two means (Newcombe's way).
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

LEVEL = 0.95
# One made-up score that lies so far off keeps a few equal scores from looking certain.
GUARD_POINTS = 10.0
LEAST_POINTS = 1.0
SMALLEST_JUDGED = 10
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Sample:
    """The scores of one group: how many, their mean and their variance."""

    count: int
    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Interval:
    """From where to where a mean, or a difference, may lie."""

    lower: float
    upper: float


def mean_interval(sample: Sample, level: float = LEVEL) -> Interval:
    """Return in what range the mean lies that such scores stand for.

    Args:
        sample: At least two scores between 0 and 100.
        level: How sure.
    """
    count, p = sample.count, sample.mean / _WHOLE
    spread = ((count - 1) * sample.variance + GUARD_POINTS**2) / count / _WHOLE**2
    t = t_quantile((1 + level) / 2, count - 1)
    trials = count * max(p * (1 - p), 1 / (4 * count)) / spread
    centre = (p + t * t / (2 * trials)) / (1 + t * t / trials)
    half = t / (1 + t * t / trials) * math.sqrt(p * (1 - p) / trials + t * t / (4 * trials**2))
    return Interval(_WHOLE * max(0.0, centre - half), _WHOLE * min(1.0, centre + half))


def difference_interval(one: Sample, other: Sample, level: float = LEVEL) -> Interval:
    """Return in what range the first mean less the second lies."""
    first, second = mean_interval(one, level), mean_interval(other, level)
    gap = one.mean - other.mean
    below = math.hypot(one.mean - first.lower, second.upper - other.mean)
    above = math.hypot(first.upper - one.mean, other.mean - second.lower)
    return Interval(gap - below, gap + above)


def paired_interval(count: int, mean: float, variance: float, level: float = LEVEL) -> Interval:
    """Return in what range a mean of differences lies that were taken dataset by dataset."""
    half = t_quantile((1 + level) / 2, count - 1) * math.sqrt(variance / count)
    return Interval(mean - half, mean + half)


def are_told_apart(one: Sample, other: Sample, *, pairs: int = 1) -> bool:
    """Return whether two means differ by more than chance explains, and by a point or more.

    Args:
        one: The first group.
        other: The second.
        pairs: How many pairs are looked at, which makes each one stricter.
    """
    if abs(one.mean - other.mean) < LEAST_POINTS:
        return False
    found = difference_interval(one, other, 1 - (1 - LEVEL) / pairs)
    return found.lower > 0 or found.upper < 0


def t_quantile(probability: float, freedom: int) -> float:
    """Return Student's quantile, from that of the normal distribution by Fisher's expansion."""
    z = NormalDist().inv_cdf(probability)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return z + math.fsum(term / float(freedom) ** power for power, term in enumerate(terms, 1))
