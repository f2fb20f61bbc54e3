"""Which ranks groups could have: over plausible weights of the dimensions, and over chance.

Each draw counts every dimension with half to twice the points that the rubric gives it, evenly on
a logarithmic scale, and moves each mean by its standard error.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

DRAWS = 1_000
LEAST_WEIGHT, MOST_WEIGHT = 0.5, 2.0
_OUTER = 0.025


@dataclass(frozen=True, slots=True)
class Ranked:
    """A group to be ranked.

    Attributes:
        dimensions: The mean percent of each dimension, ``None`` where nothing was judged.
        error: The standard error of the group's mean.
    """

    dimensions: tuple[float | None, ...]
    error: float


def rank_ranges(groups: Sequence[Ranked], points: Sequence[float]) -> list[tuple[int, int]]:
    """Return the best and the worst rank of each group in 95 of 100 draws.

    Args:
        groups: The groups.
        points: What the rubric gives each dimension.
    """
    # Not for secrets: the same question gets the same answer each time.
    chance = random.Random(len(groups))  # noqa: S311
    low, high = math.log(LEAST_WEIGHT), math.log(MOST_WEIGHT)
    drawn: list[list[int]] = [[] for _ in groups]
    for _ in range(DRAWS):
        weights = [each * math.exp(chance.uniform(low, high)) for each in points]
        scores = [
            weighted_mean(group.dimensions, weights) + chance.gauss(0.0, group.error)
            for group in groups
        ]
        order = sorted(range(len(groups)), key=lambda place: -scores[place])
        for rank, place in enumerate(order, 1):
            drawn[place].append(rank)
    return [_middle(sorted(ranks)) for ranks in drawn]


def weighted_mean(percents: Sequence[float | None], weights: Sequence[float]) -> float:
    """Return the weighted mean of what was judged, 0 where nothing was."""
    pairs = [(p, w) for p, w in zip(percents, weights, strict=True) if p is not None]
    total = sum(weight for _, weight in pairs)
    return sum(percent * weight for percent, weight in pairs) / total if total else 0.0


def _middle(ranks: Sequence[int]) -> tuple[int, int]:
    cut = int(len(ranks) * _OUTER)
    return ranks[cut], ranks[-cut - 1]
