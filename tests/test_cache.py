"""What is kept, and what is let go when something newer takes its place."""

from fairdb_core.cache import Cache


def test_newer_state_takes_the_place_of_the_older() -> None:
    cache = Cache()
    assert cache.compute(("rows", 1), lambda: "old", slot="rows") == "old"
    assert cache.latest("rows") == "old"
    assert cache.compute(("rows", 2), lambda: "new", slot="rows") == "new"
    assert cache.compute(("rows", 2), lambda: "never made", slot="rows") == "new"
    assert (cache.get(("rows", 1)), cache.latest("rows")) == (None, "new")
    assert cache.latest("another") is None


def test_large_results_have_a_cache_of_their_own_or_share_this_one() -> None:
    small = Cache(large=Cache(2))
    for number in range(5):
        small.large.set(number, number)
    assert [small.large.get(number) for number in range(5)] == [None, None, None, 3, 4]
    assert small.get(4) is None
    assert Cache().large.get("nothing") is None
