from fairdb_core.scoring.ranks import Ranked, rank_ranges, weighted_mean

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
    assert weighted_mean((None, 50.0, 80.0), (9.0, 1.0, 2.0)) == 70.0
    assert weighted_mean((None,), (1.0,)) == 0.0
