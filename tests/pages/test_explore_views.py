"""The heatmap begins with groups that differ, where there are any."""

import pytest

from fairdb_core.domain.summaries import Facet, FacetCounts, FacetValue, Filters
from pages.ui.explore_views import usual_groups


def _counts(facet: Facet, **sizes: int) -> FacetCounts:
    return FacetCounts(facet, tuple(FacetValue(name, name, size) for name, size in sizes.items()))


@pytest.mark.parametrize(
    ("collections", "years", "filters", "expected"),
    [
        ({"soil": 40, "snow": 30}, {"y2020": 35, "y2021": 35}, Filters(), Facet.COLLECTION),
        ({"soil": 40}, {"y2020": 20, "y2021": 20}, Filters(), Facet.YEAR),
        ({"soil": 40, "few": 2}, {"y2020": 20, "y2021": 20}, Filters(), Facet.YEAR),
        ({"soil": 40}, {"y2020": 38, "y2021": 2}, Filters(), Facet.COLLECTION),
        (
            {"soil": 40, "snow": 30},
            {"y2020": 20, "y2021": 20},
            Filters(chosen=((Facet.COLLECTION, ("soil",)),)),
            Facet.YEAR,
        ),
    ],
)
def test_groups_are_collections_unless_one_holds_all_and_something_else_parts_it(
    collections: dict[str, int], years: dict[str, int], filters: Filters, expected: Facet
) -> None:
    facets = [_counts(Facet.COLLECTION, **collections), _counts(Facet.YEAR, **years)]
    assert usual_groups(facets, filters) is expected
