"""What the wizard keeps of a person's choices."""

from fairdb_core.domain.uploads import ColumnMapping
from pages.ui.wizard.state import Wizard


def mapped(*pairs: tuple[str, str | None]) -> tuple[ColumnMapping, ...]:
    return tuple(ColumnMapping(column, field) for column, field in pairs)


def order_of(state: Wizard) -> list[str]:
    return [column.column for column in state.mapping_in_turn()]


def test_columns_of_one_field_stand_in_the_order_that_was_chosen() -> None:
    state = Wizard(
        mapping=mapped(
            ("a", "title"), ("b", "keywords"), ("c", "title"), ("d", "keywords"), ("e", "title")
        )
    )
    assert state.several(state.mapping) == {"title": ("a", "c", "e")}
    assert order_of(state) == ["a", "b", "c", "d", "e"]
    state.turns["title"] = ("e", "a", "c")
    assert order_of(state) == ["e", "b", "a", "d", "c"]


def test_column_that_was_mapped_later_comes_after_those_that_have_their_turn() -> None:
    state = Wizard(mapping=mapped(("a", "title"), ("b", "title"), ("c", "title")))
    state.turns["title"] = ("b", "gone", "a")
    assert order_of(state) == ["b", "a", "c"]


def test_column_of_its_own_stays_where_it_is() -> None:
    state = Wizard(mapping=mapped(("a", "title"), ("b", None), ("c", None)))
    assert state.several(state.mapping) == {}
    assert order_of(state) == ["a", "b", "c"]
