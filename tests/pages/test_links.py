"""Filters survive the way into a link and back, and the address of a list is such a link."""

from fairdb_core.domain.summaries import Facet, Filters
from pages.ui.links import filters_of_link, link_of


def test_link_gives_back_name_and_filters() -> None:
    filters = Filters(
        "soil & rain", ((Facet.PUBLISHER, ("A = B", "Ünï?")), (Facet.YEAR, ("2020",))), is_mine=True
    )
    name, found = filters_of_link(link_of("Group & more", filters))
    assert (name, found) == ("Group & more", filters)


def test_address_of_a_list_is_read_and_what_is_strange_passed_over() -> None:
    name, found = filters_of_link("q=soil&licence=MIT&licence=CC0-1.0&page=3&nonsense=1")
    assert name == "soil"
    assert found == Filters("soil", ((Facet.LICENSE, ("CC0-1.0", "MIT")),))
    assert filters_of_link("") == ("Group", Filters())


def test_datasets_chosen_one_by_one_survive_the_way_into_a_link_and_back() -> None:
    filters = Filters(ids=(3, 17, 5))
    assert filters_of_link(link_of("3 chosen", filters)) == ("3 chosen", filters)
    assert filters_of_link("ids=4,x,-1,4,%31") == ("Group", Filters(ids=(4, 1)))
