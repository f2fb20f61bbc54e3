"""A receipt counts what happened, and keeps silent about what did not."""

import pytest

from fairdb_core.domain.uploads import EffectCounts
from pages.ui.receipts import counts_in_words, undone_in_words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (EffectCounts(create=591, refused=14), "591 datasets created, 14 refused"),
        (EffectCounts(create=1), "1 dataset created"),
        (EffectCounts(update=1_200, unchanged=3), "1,200 updated, 3 unchanged"),
        (EffectCounts(), "nothing changed"),
    ],
)
def test_counts_name_only_what_happened(counts: EffectCounts, words: str) -> None:
    assert counts_in_words(counts) == words


@pytest.mark.parametrize(
    ("put_back", "removed", "words"),
    [
        (18, 0, "18 datasets put back"),
        (0, 590, "590 datasets removed"),
        (0, 1, "1 dataset removed"),
        (1_200, 1, "1 dataset removed, 1,200 put back"),
    ],
)
def test_undo_tells_removed_datasets_from_those_put_back(
    put_back: int, removed: int, words: str
) -> None:
    assert undone_in_words(put_back, removed) == words
