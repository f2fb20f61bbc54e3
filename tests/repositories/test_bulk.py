"""Many rows at once, on both stores."""

import polars as pl
import pytest
from sqlalchemy import column, select, table, text

from fairdb_core.repositories.bulk import insert_rows
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import Base


@pytest.mark.parametrize("count", [1, 2, 199, 200, 201, 601])
@pytest.mark.parametrize("is_deletion", [True, False])
def test_rows_are_stored_as_they_are_however_many(
    storage: Storage, count: int, is_deletion: bool
) -> None:
    rows = pl.DataFrame(
        {
            "dataset_version_id": range(1, count + 1),
            "dataset_id": range(count, 0, -1),
            "batch_id": [7] * count,
            "metadata_json": [""] * count,
            "raw_json": ["it's"] * count,
            "content_hash": [f"{number}'" for number in range(count)],
            "is_deletion": [is_deletion] * count,
        }
    )
    with storage.work() as work:
        insert_rows(work.session, Base.metadata.tables["dataset_versions"], rows)
    with storage.read() as work:
        found = work.session.execute(
            select(*map(column, rows.columns))
            .select_from(table("dataset_versions"))
            .order_by("dataset_version_id")
        ).all()
    assert [tuple(row) for row in found] == rows.rows()


def test_column_that_is_empty_in_every_row_stays_empty(storage: Storage) -> None:
    rows = pl.DataFrame(
        {
            "dataset_id": [1, 2],
            "collection_id": [1, 1],
            "identity": ["a", "b"],
            "current_version_id": [1, 2],
            "row_version": [1, 1],
            "deleted_at": [None, None],
        }
    )
    with storage.work() as work:
        insert_rows(work.session, Base.metadata.tables["datasets"], rows)
    with storage.read() as work:
        found = work.session.execute(
            text("SELECT identity, row_version, deleted_at FROM datasets ORDER BY dataset_id")
        ).all()
    assert [tuple(row) for row in found] == [("a", 1, None), ("b", 1, None)]
