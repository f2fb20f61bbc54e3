"""Datasets and their versions, one at a time and by the hundred thousand."""

from collections.abc import Sequence
from typing import Any

import orjson
import polars as pl
from sqlalchemy import CursorResult, select, text, update
from sqlalchemy.orm import Session

from fairdb_core import records
from fairdb_core.domain.datasets import Dataset
from fairdb_core.repositories.bulk import insert_rows
from fairdb_core.repositories.packed_texts import PackedTexts
from fairdb_core.repositories.tables import (
    Base,
    DatasetRow,
    DatasetVersionRow,
)

_KNOWN = {
    "identity": pl.String,
    "dataset_id": pl.Int64,
    "dataset_version_id": pl.Int64,
    "content_hash": pl.String,
    "metadata_json": pl.String,
    "is_deleted": pl.Boolean,
}
_MATCH = """
    SELECT d.identity, d.dataset_id, d.current_version_id, v.content_hash, v.metadata_json,
           d.deleted_at IS NOT NULL
    FROM {wanted} JOIN datasets d ON d.collection_id = :collection_id AND d.identity = w.value
    JOIN dataset_versions v ON v.dataset_version_id = d.current_version_id
"""


_COUNT = """
    SELECT count(*) FROM {wanted} JOIN datasets d
        ON d.collection_id = :collection_id AND d.identity = w.value AND d.deleted_at IS NULL
"""


class DatasetRepository:
    """Keeps datasets and their versions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, dataset_id: int) -> Dataset | None:
        """Return a dataset as it stands now, deleted ones too."""
        found = self._session.execute(
            select(DatasetRow, DatasetVersionRow.metadata_json)
            .join(
                DatasetVersionRow,
                DatasetVersionRow.dataset_version_id == DatasetRow.current_version_id,
            )
            .where(DatasetRow.dataset_id == dataset_id)
            .execution_options(populate_existing=True)
        ).one_or_none()
        if found is None:
            return None
        row, text_of_row = found
        metadata_json = PackedTexts(self._session).text(row.current_version_id, text_of_row)
        return Dataset(
            dataset_id=row.dataset_id,
            collection_id=row.collection_id,
            identity=row.identity,
            dataset_version_id=row.current_version_id,
            row_version=row.row_version,
            record=records.from_json(metadata_json),
            owner_user_id=row.owner_user_id,
            deleted_at=row.deleted_at,
        )

    def matching(self, collection_id: int, identities: Sequence[str]) -> pl.DataFrame:
        """Return what the collection knows of some identities.

        Returns:
            One row a known identity: ``identity``, ``dataset_id``, ``dataset_version_id``,
            ``content_hash``, ``metadata_json``, ``is_deleted``.
        """
        found = _of_wanted(self._session, _MATCH, collection_id, identities).all()
        known = pl.DataFrame(
            [tuple(row) for row in found], schema=_KNOWN, orient="row", strict=False
        )
        return PackedTexts(self._session).filled(known)

    def count_matching(self, collection_id: int, identities: Sequence[str]) -> int:
        """Return how many of some identities the collection holds, deleted ones left out."""
        return int(_of_wanted(self._session, _COUNT, collection_id, identities).scalar_one())

    def current(self, collection_id: int, dataset_ids: Sequence[int]) -> pl.DataFrame:
        """Return how some datasets of a collection stand, deleted ones left out.

        Returns:
            One row a dataset: ``dataset_id``, ``identity``, ``metadata_json``.
        """
        is_sqlite = self._session.get_bind().dialect.name == "sqlite"
        # Only a cross join keeps SQLite from walking the list anew for every dataset.
        wanted = "json_each(:ids) w CROSS" if is_sqlite else "unnest(:ids) AS w(value)"
        query = text(f"""
            SELECT d.dataset_id, d.identity, d.current_version_id, v.metadata_json
            FROM {wanted} JOIN datasets d ON d.dataset_id = w.value
            JOIN dataset_versions v ON v.dataset_version_id = d.current_version_id
            WHERE d.collection_id = :collection_id AND d.deleted_at IS NULL
        """)  # noqa: S608 - one of two texts of our own
        ids = orjson.dumps(list(dataset_ids)).decode() if is_sqlite else list(dataset_ids)
        found = self._session.execute(query, {"ids": ids, "collection_id": collection_id}).all()
        names = ("dataset_id", "identity", "dataset_version_id", "metadata_json")
        schema = {name: _KNOWN[name] for name in names}
        frame = pl.DataFrame([tuple(row) for row in found], schema=schema, orient="row")
        standing = PackedTexts(self._session).filled(frame)
        return standing.drop("dataset_version_id").sort("dataset_id")

    def rename(self, dataset_id: int, identity: str) -> None:
        """Let a dataset be known by another identity, which no other of its collection has."""
        self._session.execute(
            update(DatasetRow).where(DatasetRow.dataset_id == dataset_id).values(identity=identity)
        )

    def add_datasets(self, collection_id: int, rows: pl.DataFrame) -> None:
        """Add new datasets to a collection that the transaction holds.

        Args:
            rows: ``dataset_id``, ``identity``, ``current_version_id``.
        """
        insert_rows(
            self._session,
            Base.metadata.tables["datasets"],
            # By ascending keys of both indexes, which is several times as fast.
            rows.sort("dataset_id").with_columns(
                collection_id=pl.lit(collection_id), row_version=pl.lit(1)
            ),
        )


def _of_wanted(
    session: Session, query: str, collection_id: int, identities: Sequence[str]
) -> CursorResult[Any]:
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    # Only a cross join keeps SQLite from walking the list anew for every dataset.
    source = "unnest(CAST(:wanted AS text[])) w(value)"
    source = "json_each(:wanted) w CROSS" if is_sqlite else source
    wanted = orjson.dumps(list(identities)).decode() if is_sqlite else list(identities)
    return session.connection().execute(
        text(query.format(wanted=source)), {"wanted": wanted, "collection_id": collection_id}
    )
