"""Words that headers cut short are read in full."""

import pytest

from fairdb_core.importers.header_abbreviations import spelt_out


@pytest.mark.parametrize(
    ("words", "full"),
    [
        ("pub yr", "publication year"),
        ("publ", "publisher"),
        ("rel pubs", "related publications"),
        ("temp cov", "temporal coverage"),
        ("study no", "study number"),
        ("checked yes no", "checked yes no"),
        ("temp", "temp"),
        ("", ""),
    ],
)
def test_words_are_spelt_out(words: str, full: str) -> None:
    assert spelt_out(tuple(words.split())) == tuple(full.split())
