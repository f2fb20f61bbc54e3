"""What datasets would score by a rubric that is only tried out, told by their patterns of facts.

Datasets of one pattern score alike by every rubric that looks at the same facts. Only where a
draft looks at further facts are patterns told apart by these.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.indicators import State
from fairdb_core.indicators.packing import FACT, PACKED, facts_in
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.kernel import earned_points, judged_points
from fairdb_core.scoring.quantiles import Counts, Values
from fairdb_core.services.moves import largest
from fairdb_core.services.standing import Places, Standing

LEAST = 1e-9
_BITS = 2
_Numbers = npt.NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, eq=False)
class Rescored:
    """Datasets as they stand, and what they would score.

    Attributes:
        standing: The datasets.
        numbers: The pattern of each.
        before: The percent of each pattern, not a number where nothing is judged.
        after: The percent that it would have.
    """

    standing: Standing
    numbers: _Numbers
    before: Values
    after: Values

    @cached_property
    def counts(self) -> Counts:
        """How many datasets have each pattern, none where one of both rubrics judges nothing."""
        standing = self.standing
        counts = standing.all.pattern_counts
        if self.numbers is not standing.numbers:
            counts = np.bincount(self.numbers, minlength=len(self.before))
        return np.where(np.isnan(self.before) | np.isnan(self.after), 0, counts)

    @cached_property
    def moved(self) -> Values:
        """By how much each pattern would rise, 0 where no dataset moves."""
        moved = np.where(self.counts > 0, self.after - self.before, 0.0)
        return np.where(np.abs(moved) > LEAST, moved, 0.0)

    def most(self, count: int) -> Places:
        """Return where the datasets are that would move most, by ascending key among equals."""
        size = np.abs(self.moved)
        falling = np.argsort(-size, kind="stable")[: np.count_nonzero(size)]
        if not len(falling):
            return np.zeros(0, dtype=np.intp)
        enough = np.searchsorted(np.cumsum(self.counts[falling]), count)
        least = size[falling[min(int(enough), len(falling) - 1)]]
        near = np.flatnonzero((size >= least).take(self.numbers))
        ids = self.standing.rows["dataset_id"].to_numpy()
        every = np.arange(len(near))
        return near[largest(every, size[self.numbers[near]], ids[near], count)]


def rescored(standing: Standing, packed: pl.DataFrame, base: Rubric, draft: Rubric) -> Rescored:
    """Return what datasets would score by a draft.

    Args:
        standing: The datasets, judged by ``base``.
        packed: Their facts, packed.
        base: By which they are judged now.
        draft: The rubric that is tried out.
    """
    known, wanted = ({test.indicator for test in rubric.tests} for rubric in (base, draft))
    numbers: _Numbers = standing.numbers
    origin = np.arange(standing.patterns.height)
    states: dict[str, Places] = {}
    for name in sorted(wanted - known):
        numbers, firsts, state = _told_apart(numbers, len(origin), _states(packed, name))
        origin, states = origin[firsts], {each: found[firsts] for each, found in states.items()}
        states[name] = state
    shared = [standing.patterns[FACT + name].gather(origin) for name in sorted(wanted & known)]
    more = [pl.Series(FACT + name, state, dtype=pl.UInt8) for name, state in states.items()]
    before = standing.patterns["percent"].to_numpy()[origin]
    return Rescored(standing, numbers, before, _percents(pl.DataFrame([*shared, *more]), draft))


def _percents(facts: pl.DataFrame, rubric: Rubric) -> Values:
    """Return the percents that ``score`` gives, without the points and levels of every part."""
    points = facts.select(
        earned=pl.sum_horizontal(earned_points(metric) for metric in rubric.metrics),
        judged=pl.sum_horizontal(judged_points(metric) for metric in rubric.metrics),
    )
    earned, judged = (points[name] for name in ("earned", "judged"))
    percents = (100 * earned / judged).round(2).to_numpy()
    return np.where(judged.to_numpy() > 0, percents, np.nan)


def _states(packed: pl.DataFrame, fact: str) -> _Numbers | None:
    """Return the state of a fact of each dataset, ``None`` where none is known."""
    for name in packed.columns:
        if name.startswith(PACKED) and fact in facts_in(name):
            place = np.uint64(_BITS * facts_in(name).index(fact))
            states = (packed[name].to_numpy() >> place) & np.uint64(len(State) - 1)
            return states.astype(np.uint32)
    return None


def _told_apart(
    numbers: _Numbers, count: int, states: _Numbers | None
) -> tuple[_Numbers, Places, Places]:
    """Return datasets by their patterns and the states of a further fact.

    Args:
        numbers: The pattern of each dataset.
        count: How many patterns there are.
        states: The state of each dataset.

    Returns:
        The new pattern of each dataset, and by its number the old pattern and the state.
    """
    if states is None:
        every = np.arange(count)
        return numbers, every, np.full(count, State.NOT_ASSESSED)
    both = numbers * np.uint32(len(State)) + states
    found = np.flatnonzero(np.bincount(both, minlength=count * len(State)))
    number_of = np.zeros(count * len(State), dtype=np.uint32)
    number_of[found] = np.arange(len(found))
    return number_of[both], found // len(State), found % len(State)
