"""Mean and quantiles of counted numbers, against those of the numbers one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fairdb_core.scoring.quantiles import Spread, ranks_of

NUMBERS = st.lists(
    st.one_of(st.none(), st.integers(0, 40).map(lambda n: n * 2.5)), min_size=1, max_size=40
)


@given(NUMBERS, st.floats(0, 1))
def test_counted_numbers_give_the_same_as_one_by_one(
    given_numbers: list[float | None], share: float
) -> None:
    known = [number for number in given_numbers if number is not None]
    ranks = ranks_of(np.array([np.nan if n is None else n for n in given_numbers]))
    spread = ranks.spread(np.ones(len(given_numbers), dtype=np.int64))
    assert spread.count == len(known)
    if not known:
        assert (spread.mean, spread.quantile(share)) == (None, None)
        return
    assert np.isclose(spread.mean, np.mean(known))
    assert np.isclose(spread.median, np.median(known))
    assert np.isclose(spread.quantile(share), np.quantile(known, share))


def test_each_number_counts_as_often_as_is_said() -> None:
    spread = ranks_of(np.array([50.0, np.nan, 10.0])).spread(np.array([3, 7, 1]))
    assert (spread.count, spread.mean, spread.median) == (4, 40.0, 50.0)


def test_nothing_has_no_middle() -> None:
    assert Spread(np.zeros(0), np.zeros(0, dtype=np.int64)).median is None
