"""What whole records earn, of which most is known already while somebody types."""

from collections.abc import Collection, Iterable
from functools import lru_cache

import polars as pl

from fairdb_core.cache import RUBRICS_KEPT, looked_up
from fairdb_core.indicators.packing import FACT
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.kernel import earned_points, judged_points, percent_of

_States = tuple[int, ...]
_Total = tuple[float, float]


def totals_of(found: Collection[_States], rubric: Rubric) -> dict[_States, _Total]:
    """Return the points earned and the percent, as ``score`` gives them, by the states of facts.

    Args:
        found: States of the rubric's indicators in their order.
        rubric: What the facts are worth.

    Returns:
        Of each the points and the percent, which is 0 where nothing was judged.
    """

    def work_out(new: list[_States]) -> Iterable[_Total]:
        schema = {FACT + name: pl.UInt8 for name in rubric.indicators}
        sums = pl.DataFrame(new, schema=schema, orient="row").select(_sums(rubric))
        return sums.select("earned", percent_of("").fill_null(0.0)).iter_rows()

    return looked_up(_known(rubric), found, work_out)


@lru_cache(maxsize=RUBRICS_KEPT)
def _known(rubric: Rubric) -> dict[_States, _Total]:
    """Return what was worked out by the rubric so far."""
    return {}


@lru_cache(maxsize=RUBRICS_KEPT)
def _sums(rubric: Rubric) -> list[pl.Expr]:
    return [
        pl.sum_horizontal(map(points, rubric.metrics)).alias(name)
        for name, points in (("earned", earned_points), ("judged", judged_points))
    ]
