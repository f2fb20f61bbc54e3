"""Which ranks groups could have: over plausible weights of the dimensions, and over chance.

Each draw counts every dimension with half to twice the points that the rubric gives it, evenly on
a logarithmic scale, and moves each mean by its standard error.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from fairdb_core.scoring.quantiles import Values

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
    known = np.array([group.dimensions for group in groups], dtype=np.float64)
    weights, chances = _drawn(len(groups), len(points))
    weights = weights * np.array(points)
    is_judged = ~np.isnan(known)
    total = np.maximum(weights @ is_judged.T, np.finfo(float).tiny)
    means = weights @ np.where(is_judged, known, 0.0).T / total
    scores = means + chances * np.array([group.error for group in groups])
    # Equal groups come in the order in which they are given.
    order = np.argsort(-scores, axis=1, kind="stable")
    ranks = np.sort(np.argsort(order, axis=1), axis=0) + 1
    cut = int(DRAWS * _OUTER)
    return list(zip(ranks[cut].tolist(), ranks[-cut - 1].tolist(), strict=True))


@lru_cache(maxsize=32)
def _drawn(group_count: int, dimension_count: int) -> tuple[Values, Values]:
    """Return how weights and means are moved in each draw: for the same groups always the same."""
    chance = np.random.default_rng(group_count)
    low, high = np.log(LEAST_WEIGHT), np.log(MOST_WEIGHT)
    weights = np.exp(chance.uniform(low, high, (DRAWS, dimension_count)))
    return weights, chance.normal(size=(DRAWS, group_count))
