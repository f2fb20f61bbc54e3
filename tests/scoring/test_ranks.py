from fairdb_core.scoring.ranks import Ranked, rank_ranges

POINTS = (7.0, 7.0, 6.0, 6.0)


def test_group_that_is_better_in_everything_keeps_its_rank() -> None:
    best, worst = Ranked((90.0,) * 4, 0.5), Ranked((40.0,) * 4, 0.5)
    assert rank_ranges([worst, best], POINTS) == [(2, 2), (1, 1)]


def test_groups_good_at_different_things_may_change_places() -> None:
    one, other = Ranked((90.0, 90.0, 40.0, 40.0), 0.1), Ranked((45.0, 45.0, 90.0, 90.0), 0.1)
    assert rank_ranges([one, other], POINTS) == [(1, 2), (1, 2)]


def test_chance_alone_leaves_ranks_open() -> None:
    near = [Ranked((60.0,) * 4, 5.0), Ranked((62.0,) * 4, 5.0)]
    assert rank_ranges(near, POINTS) == [(1, 2), (1, 2)]
    assert rank_ranges(near, POINTS) == rank_ranges(near, POINTS)


def test_dimension_that_was_not_judged_is_left_out() -> None:
    partly, whole = Ranked((None, 80.0, None, None), 0.0), Ranked((70.0,) * 4, 0.0)
    assert rank_ranges([whole, partly], POINTS) == [(2, 2), (1, 1)]
    nothing = Ranked((None,) * 4, 0.0)
    assert rank_ranges([nothing, whole], POINTS) == [(2, 2), (1, 1)]


def test_equal_groups_come_in_the_order_in_which_they_are_given() -> None:
    assert rank_ranges([Ranked((50.0,) * 4, 0.0)] * 2, POINTS) == [(1, 1), (2, 2)]
