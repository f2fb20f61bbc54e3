"""The list of datasets that match some filters, a page at a time."""

import polars as pl

from fairdb_core.domain.summaries import (
    DatasetRow,
    ExplorePage,
    Filters,
    Sort,
)
from fairdb_core.services.narrowing import Scope, facet_counts, fails, narrow, reliefs
from fairdb_core.services.overview import number

ROWS_PER_PAGE = 25


def explore(
    datasets: pl.DataFrame, filters: Filters, scope: Scope, *, sort: Sort, page: int
) -> ExplorePage:
    """Return one page of the datasets that match.

    Args:
        datasets: The assessed datasets as they stand.
        filters: Which of them are meant.
        scope: What the filters are held against.
        sort: Their order.
        page: Counted from 1; a page beyond the last gives the last.
    """
    matching = narrow(datasets, filters, scope)
    page_count = max(1, -(-matching.height // ROWS_PER_PAGE))
    page = min(max(1, page), page_count)
    part = _sorted(matching, sort).slice((page - 1) * ROWS_PER_PAGE, ROWS_PER_PAGE)
    is_empty = matching.is_empty()
    return ExplorePage(
        rows=dataset_rows(part, scope),
        count=matching.height,
        total_count=datasets.height,
        page=page,
        page_count=page_count,
        mean=None if is_empty else number(matching["percent"].mean()),
        median=None if is_empty else number(matching["percent"].median()),
        facets=() if datasets.is_empty() else facet_counts(datasets, filters, scope),
        reliefs=reliefs(datasets, filters, scope),
    )


def dataset_rows(datasets: pl.DataFrame, scope: Scope) -> tuple[DatasetRow, ...]:
    """Return datasets as a list shows them."""
    facts = {f"fact:{check.indicator}" for check in scope.checks if check.points}
    present = sorted(facts.intersection(datasets.columns))
    gaps = pl.sum_horizontal(fails(name) for name in present) if present else pl.lit(0)
    rows = datasets.with_columns(gaps=gaps).iter_rows(named=True)
    return tuple(
        DatasetRow(
            dataset_id=row["dataset_id"],
            title=row["title"] or "",
            identifier=row["identifier"] or "",
            collection_name=scope.collections.get(row["collection_id"], ""),
            publisher=row["publisher"] or "",
            year=row["publication_year"],
            percent=row["percent"],
            principles=tuple((title, row[f"{key}.percent"]) for key, title, _ in scope.dimensions),
            gaps=row["gaps"],
        )
        for row in rows
    )


def _sorted(datasets: pl.DataFrame, sort: Sort) -> pl.DataFrame:
    if datasets.is_empty():
        return datasets
    if sort is Sort.TITLE:
        return datasets.sort(["title", "dataset_id"], nulls_last=True)
    if sort is Sort.NEWEST:
        return datasets.sort("dataset_version_id", descending=True)
    return datasets.sort(
        ["percent", "dataset_id"], descending=[sort is Sort.HIGHEST, False], nulls_last=True
    )
