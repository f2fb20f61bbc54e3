"""Headers that are questions say what they ask for."""

import pytest

from fairdb_core.importers.header_questions import field_by_question
from fairdb_core.importers.header_words import words_of

QUESTIONS = {
    "title": ("What is it called?", "Hoe heet de dataset?", "¿Cómo se llama el conjunto?"),
    "description": ("Worum geht es?", "De quoi s'agit-il ?", "¿De qué trata?"),
    "creators": ("Who made it?", "Wer hat es erstellt?", "Qui l'a produit ?"),
    "contributors": ("Who else helped?",),
    "publisher": ("Welke afdeling beheert het?", "Who keeps it?"),
    "funding": ("Who paid for it?", "¿Quién lo financió?"),
    "publication_date": ("When was it released?", "Wann wurde es veröffentlicht?"),
    "modified_date": ("When was it last changed?", "Wanneer voor het laatst bijgewerkt?"),
    "update_frequency": ("How often is it updated?", "Wie oft wird es aktualisiert?"),
    "access_url": ("Where can I get it?", "Où le trouver ?"),
    "access_rights": ("Who may see it?", "Can outsiders use it, and how?"),
    "size": ("How big (MB)", "Hoe groot is het?"),
    "spatial_coverage": ("What places does it cover?", "Over welk gebied?"),
    "temporal_coverage": ("Welke jaren?", "When was it collected?"),
    "provenance": ("How was it made", "Hoe zijn de gegevens verzameld?"),
}


@pytest.mark.parametrize(
    ("field", "header"), [(field, header) for field in QUESTIONS for header in QUESTIONS[field]]
)
def test_question_asks_for_its_field(field: str, header: str) -> None:
    assert field_by_question(words_of(header)) == field


@pytest.mark.parametrize("header", ["Title", "Comment", "var name", "Auteur ou contact", "Who?"])
def test_what_is_no_question_asks_for_nothing(header: str) -> None:
    assert field_by_question(words_of(header)) is None
