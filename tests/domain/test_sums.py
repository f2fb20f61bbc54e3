"""What is printed of a sum adds up to what is printed as the sum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairdb_core.domain.sums import shown_difference, shown_parts

hundredths = st.integers(-10_000, 10_000).map(lambda number: number / 100)
thirds = st.integers(-30_000, 30_000).map(lambda number: number / 300)
percents = st.floats(0, 100, allow_nan=False)


def printed(figure: float, digits: int) -> int:
    """Return a figure as it is printed, in units of its last digit."""
    return int(f"{figure:.{digits}f}".replace(".", ""))


@given(parts=st.lists(hundredths | thirds, max_size=8), digits=st.integers(0, 3))
def test_printed_parts_add_up_to_the_printed_sum_and_are_off_by_less_than_one_digit(
    parts: list[float], digits: int
) -> None:
    total = round(sum(parts), digits)
    shown = shown_parts(parts, total, digits)
    assert sum(printed(part, digits) for part in shown) == printed(total, digits)
    for part, figure in zip(parts, shown, strict=True):
        assert abs(part - figure) < 10**-digits + 1e-6
        assert part or not figure


@given(before=percents, parts=st.lists(thirds, min_size=1, max_size=5))
def test_printed_parts_lead_from_one_printed_figure_to_the_other(
    before: float, parts: list[float]
) -> None:
    after = before + sum(parts)
    change = shown_difference(before, after)
    if any(abs(part) > 1e-9 for part in parts):
        told = sum(printed(part, 1) for part in shown_parts(parts, change))
        assert printed(before, 1) + told == printed(after, 1)
    assert change == pytest.approx(after - before, abs=0.1 + 1e-9)


def test_parts_that_round_the_same_way_share_what_is_left() -> None:
    assert shown_parts([0.84, 0.84, 0.44], 2.1) == (0.9, 0.8, 0.4)
    assert shown_parts([2.64, -0.54], 2.1) == (2.6, -0.5)
    assert shown_parts([0.0, 0.04, 0.04, 0.04], 0.1) == (0.0, 0.1, 0.0, 0.0)
    assert shown_parts([0.1, 0.0, 0.0], 0.0) == (0.0, 0.0, 0.0)
    assert shown_parts([], 0.0) == ()
    assert shown_parts([0.0, 0.0], 0.0) == (0.0, 0.0)
