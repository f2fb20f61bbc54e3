import pytest

from fairdb_core.errors import RubricError
from fairdb_core.rubrics import loader
from fairdb_core.rubrics.loader import load_rubrics, parse_rubric

SMALL = b"""
id = "small"
title = "Small"
version = "1"
source = "https://example.org"
licence = "CC0-1.0"
summary = "One test"
[[dimensions]]
id = "F"
title = "Findable"
[[metrics]]
id = "M1"
title = "One"
dimension = "F"
principle = "F1"
combination = "cumulative"
[[metrics.tests]]
id = "M1-1"
indicator = "has_licence"
points = 1
rule = "any"
"""


TWIN = b"""[[metrics.tests]]
id = "M1-1"
indicator = "has_title"
points = 1
rule = "any"
[[metrics.tests]]"""


def test_small_rubric_is_read_with_the_digest_of_its_file() -> None:
    rubric = parse_rubric(SMALL, name="small.toml")
    assert (rubric.key[:2], rubric.possible, rubric.principles) == (("small", "1"), 1, ("F1",))
    assert len(rubric.digest) == 64


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'"has_licence"', b'"has_lice"', "no indicators named has_lice"),
        (b"[[metrics.tests]]", TWIN, "stand twice: M1-1"),
        (b'dimension = "F"', b'dimension = "G"', "no dimensions named G"),
        (b'rule = "any"', b'rule = "any"\nimplies = ["X"]', "no tests named X"),
        (b"points = 1", b"points = -1", "points"),
        (b'title = "Small"', b"title = ", "cannot be read"),
    ],
)
def test_unsound_rubric_is_refused_by_name(old: bytes, new: bytes, said: str) -> None:
    with pytest.raises(RubricError, match=said):
        parse_rubric(SMALL.replace(old, new), name="small.toml")


def test_published_rubric_that_was_edited_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(loader.PUBLISHED_DIGESTS, "fsf_v0_8", "0" * 64)
    load_rubrics.cache_clear()
    try:
        with pytest.raises(RubricError, match="not the file that was published"):
            load_rubrics()
    finally:
        load_rubrics.cache_clear()
