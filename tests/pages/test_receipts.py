"""A receipt counts what happened, and keeps silent about what did not."""

import pytest

from fairdb_core.domain.undos import UndoPlan
from fairdb_core.domain.uploads import EffectCounts
from pages.ui.receipts import counts_in_words
from pages.ui.undoing import undo_in_words, undone_in_words


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


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((40, 3, 2), "Puts 40 datasets back, removes 3 and keeps what was changed since in 2."),
        ((1, 0, 0), "Puts 1 dataset back."),
        ((0, 1, 0), "Removes 1 dataset."),
        ((0, 1_590, 1), "Removes 1,590 datasets and keeps what was changed since in 1."),
    ],
)
def test_undo_says_beforehand_what_it_does(counts: tuple[int, int, int], words: str) -> None:
    put_back, removed, kept = counts
    plan = UndoPlan(1, ("Rhine",), (1,), put_back, removed, kept)
    assert undo_in_words(plan) == words
