"""A receipt counts what happened, and keeps silent about what did not."""

import pytest

from fairdb_core.domain.uploads import EffectCounts
from pages.ui.receipts import counts_in_words


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
