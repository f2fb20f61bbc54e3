"""The list of datasets that match some filters, a page at a time."""

import polars as pl

from fairdb_core.domain.summaries import (
    DatasetRow,
    ExplorePage,
    Filters,
    Sort,
)
from fairdb_core.repositories.storage import Work
from fairdb_core.scoring.facets import line_of
from fairdb_core.scoring.patterns import PATTERN
from fairdb_core.services.batch_names import with_batch_names
from fairdb_core.services.narrowing import Scope, facet_counts, failing_of, matching, reliefs
from fairdb_core.services.standing import Standing

ROWS_PER_PAGE = 20


def explore(
    standing: Standing,
    filters: Filters,
    scope: Scope,
    *,
    sort: Sort,
    page: int,
    work: Work | None = None,
) -> ExplorePage:
    """Return one page of the datasets that match.

    Args:
        standing: The assessed datasets as they stand.
        filters: Which of them are meant.
        scope: What the filters are held against.
        sort: Their order.
        page: Counted from 1; a page beyond the last gives the last.
        work: Where batches have their names; they keep their keys where it is not given.
    """
    found = matching(standing, filters, scope)
    page_count = max(1, -(-found.count // ROWS_PER_PAGE))
    page = min(max(1, page), page_count)
    part = found.page(sort, (page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE)
    shown = ExplorePage(
        rows=dataset_rows(part, scope),
        count=found.count,
        total_count=standing.height,
        page=page,
        page_count=page_count,
        mean=found.spread.mean,
        median=found.spread.median,
        facets=facet_counts(standing, filters, scope) if standing.height else (),
        reliefs=reliefs(standing, filters, scope),
    )
    return shown if work is None else with_batch_names(work, shown, scope.collections)


def with_titles(datasets: pl.DataFrame) -> pl.DataFrame:
    """Return datasets with title and identifier, which are held together with the keywords."""
    text = pl.col("text")
    return datasets.with_columns(line_of(text, "title"), line_of(text, "identifier"))


def dataset_rows(datasets: pl.DataFrame, scope: Scope) -> tuple[DatasetRow, ...]:
    """Return datasets as a list shows them."""
    if datasets.is_empty():
        return ()
    facts = {f"fact:{check.indicator}" for check in scope.checks if check.points}
    present = sorted(facts.intersection(scope.patterns.columns))
    shown = [*present, *(f"{key}.percent" for key, *_ in scope.dimensions)]
    patterns = scope.patterns.select(shown)[datasets[PATTERN].to_numpy()]
    gaps = pl.Series("gaps", failing_of(patterns, present).sum(axis=1))
    rows = with_titles(datasets).hstack([gaps, *patterns.drop(present)]).iter_rows(named=True)
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
