"""Questions that are cut for the heatmap stay different."""

from pages.ui.heatmap import told_apart

LONG = "Is the metadata that describes the dataset registered in "


def test_questions_cut_to_the_same_show_where_they_differ() -> None:
    texts = [f"{LONG}a search engine?", f"{LONG}a catalogue?", "Is there a licence?"]
    labels = told_apart(texts, 46)
    assert len(set(labels)) == len(texts)
    assert all(len(label) <= 46 for label in labels)
    assert labels == ["Is the metadata… search engine?", "Is the metadata… catalogue?", texts[2]]


def test_questions_that_are_told_apart_are_only_cut() -> None:
    texts = [f"Does {LONG.lower()}", f"{LONG}a catalogue?"]
    assert [label[-1] for label in told_apart(texts, 46)] == ["…", "…"]
    assert told_apart(texts, 46)[1] == "Is the metadata that describes the dataset re…"
