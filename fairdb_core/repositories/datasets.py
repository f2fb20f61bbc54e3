"""Datasets and their versions, one at a time and by the hundred thousand."""

from collections.abc import Sequence
from datetime import datetime

import orjson
import polars as pl
from sqlalchemy import bindparam, delete, select, text, update
from sqlalchemy.orm import Session

from fairdb_core import records
from fairdb_core.domain.datasets import Dataset, DatasetVersion
from fairdb_core.repositories.bulk import insert_rows
from fairdb_core.repositories.tables import (
    Base,
    BatchRow,
    DatasetRow,
    DatasetVersionRow,
    UTCDateTime,
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
    SELECT d.identity, d.dataset_id, d.current_version_id, d.content_hash, v.metadata_json,
           d.deleted_at IS NOT NULL
    FROM {wanted} JOIN datasets d ON d.collection_id = :collection_id AND d.identity = w.value
    JOIN dataset_versions v ON v.dataset_version_id = d.current_version_id
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
        row, metadata_json = found
        return Dataset(
            dataset_id=row.dataset_id,
            collection_id=row.collection_id,
            identity=row.identity,
            dataset_version_id=row.current_version_id,
            row_version=row.row_version,
            record=records.from_json(metadata_json),
            created_at=row.created_at,
            updated_at=row.updated_at,
            owner_user_id=row.owner_user_id,
            deleted_at=row.deleted_at,
        )

    def versions(self, dataset_id: int, *, limit: int = 100) -> list[DatasetVersion]:
        """Return the versions of a dataset that became part of the store, the newest first."""
        found = self._session.execute(
            select(DatasetVersionRow, BatchRow)
            .join(BatchRow, BatchRow.batch_id == DatasetVersionRow.batch_id)
            .where(DatasetVersionRow.dataset_id == dataset_id, BatchRow.state == "ready")
            .order_by(DatasetVersionRow.dataset_version_id.desc())
            .limit(limit)
        )
        return [
            DatasetVersion(
                dataset_version_id=row.dataset_version_id,
                dataset_id=row.dataset_id,
                batch_id=row.batch_id,
                record=records.from_json(row.metadata_json),
                raw=_raw_cells(row.raw_json, batch),
                content_hash=row.content_hash,
                author_name=batch.author_name,
                created_at=batch.created_at,
                is_deletion=row.is_deletion,
            )
            for row, batch in found
        ]

    def matching(self, collection_id: int, identities: Sequence[str]) -> pl.DataFrame:
        """Return what the collection knows of some identities.

        Returns:
            One row a known identity: ``identity``, ``dataset_id``, ``dataset_version_id``,
            ``content_hash``, ``metadata_json``, ``is_deleted``.
        """
        is_sqlite = self._session.get_bind().dialect.name == "sqlite"
        query = _MATCH.format(
            wanted="json_each(:wanted) w"
            if is_sqlite
            else "unnest(CAST(:wanted AS text[])) AS w(value)"
        )
        wanted = orjson.dumps(list(identities)).decode() if is_sqlite else list(identities)
        found = self._session.execute(
            text(query), {"wanted": wanted, "collection_id": collection_id}
        ).all()
        return pl.DataFrame(
            [tuple(row) for row in found], schema=_KNOWN, orient="row", strict=False
        )

    def current(self, collection_id: int, dataset_ids: Sequence[int]) -> pl.DataFrame:
        """Return how some datasets of a collection stand, deleted ones left out.

        Returns:
            One row a dataset: ``dataset_id``, ``identity``, ``metadata_json``.
        """
        is_sqlite = self._session.get_bind().dialect.name == "sqlite"
        wanted = "SELECT value FROM json_each(:ids)" if is_sqlite else "SELECT unnest(:ids)"
        query = text(f"""
            SELECT d.dataset_id, d.identity, v.metadata_json
            FROM datasets d
            JOIN dataset_versions v ON v.dataset_version_id = d.current_version_id
            WHERE d.collection_id = :collection_id AND d.deleted_at IS NULL
              AND d.dataset_id IN ({wanted})
            ORDER BY d.dataset_id
        """)  # noqa: S608 - one of two texts of our own
        ids = orjson.dumps(list(dataset_ids)).decode() if is_sqlite else list(dataset_ids)
        found = self._session.execute(query, {"ids": ids, "collection_id": collection_id}).all()
        schema = {"dataset_id": pl.Int64, "identity": pl.String, "metadata_json": pl.String}
        return pl.DataFrame([tuple(row) for row in found], schema=schema, orient="row")

    def of_batch(self, batch_id: int) -> pl.DataFrame:
        """Return what a batch wrote, with what stood before and what stands now.

        Returns:
            One row a dataset: ``dataset_id``, ``dataset_version_id``, ``current_version_id``, and
            of the version before ``previous_json``, ``previous_hash``, ``previous_is_deletion``,
            null where the batch created the dataset.
        """
        query = text("""
            SELECT v.dataset_id, v.dataset_version_id, d.current_version_id,
                   p.metadata_json, p.content_hash, p.is_deletion
            FROM dataset_versions v
            JOIN datasets d ON d.dataset_id = v.dataset_id
            LEFT JOIN dataset_versions p ON p.dataset_version_id = (
                SELECT max(o.dataset_version_id) FROM dataset_versions o
                JOIN batches b ON b.batch_id = o.batch_id AND b.state = 'ready'
                WHERE o.dataset_id = v.dataset_id AND o.dataset_version_id < v.dataset_version_id)
            WHERE v.batch_id = :batch_id
            ORDER BY v.dataset_version_id
        """)
        schema = {
            "dataset_id": pl.Int64,
            "dataset_version_id": pl.Int64,
            "current_version_id": pl.Int64,
            "previous_json": pl.String,
            "previous_hash": pl.String,
            "previous_is_deletion": pl.Boolean,
        }
        found = self._session.execute(query, {"batch_id": batch_id}).all()
        return pl.DataFrame(
            [tuple(row) for row in found], schema=schema, orient="row", strict=False
        )

    def add_versions(self, rows: pl.DataFrame) -> None:
        """Write versions that nobody sees until their batch is ready."""
        insert_rows(self._session, Base.metadata.tables["dataset_versions"], rows)

    def discard_versions(self, batch_id: int) -> None:
        """Remove the versions of a batch that failed, which nobody has seen."""
        self._session.execute(
            delete(DatasetVersionRow).where(DatasetVersionRow.batch_id == batch_id)
        )

    def add_datasets(self, collection_id: int, rows: pl.DataFrame, at: datetime) -> None:
        """Add new datasets.

        Args:
            rows: ``dataset_id``, ``identity``, ``current_version_id``, ``content_hash``.
        """
        stamp = _database_time(at, self._session)
        insert_rows(
            self._session,
            Base.metadata.tables["datasets"],
            rows.with_columns(
                collection_id=pl.lit(collection_id),
                row_version=pl.lit(1),
                created_at=pl.lit(stamp),
                updated_at=pl.lit(stamp),
            ),
        )

    def point_to(self, batch_id: int, at: datetime) -> None:
        """Make the versions of a batch the current ones of datasets that exist already."""
        self._session.execute(
            text("""
                UPDATE datasets SET
                    current_version_id = v.dataset_version_id,
                    content_hash = v.content_hash,
                    row_version = row_version + 1,
                    updated_at = :at,
                    deleted_at = CASE WHEN v.is_deletion THEN :at ELSE NULL END
                FROM dataset_versions v
                WHERE v.batch_id = :batch_id AND datasets.dataset_id = v.dataset_id
                  AND datasets.current_version_id <> v.dataset_version_id
            """).bindparams(bindparam("at", type_=UTCDateTime())),
            {"batch_id": batch_id, "at": at},
        )

    def assigned_to(self, user_id: int) -> list[int]:
        """Return the datasets that are assigned to a researcher, deleted ones left out."""
        return list(
            self._session.scalars(
                select(DatasetRow.dataset_id)
                .where(DatasetRow.owner_user_id == user_id, DatasetRow.deleted_at.is_(None))
                .order_by(DatasetRow.dataset_id)
            )
        )

    def first_of(self, collection_id: int, *, limit: int) -> list[int]:
        """Return the first datasets of a collection, deleted ones left out."""
        return list(
            self._session.scalars(
                select(DatasetRow.dataset_id)
                .where(DatasetRow.collection_id == collection_id, DatasetRow.deleted_at.is_(None))
                .order_by(DatasetRow.dataset_id)
                .limit(limit)
            )
        )

    def assign(self, dataset_ids: Sequence[int], owner_user_id: int | None) -> None:
        """Say which researcher some datasets belong to."""
        self._session.execute(
            update(DatasetRow)
            .where(DatasetRow.dataset_id.in_(list(dataset_ids)))
            .values(owner_user_id=owner_user_id)
        )


def _raw_cells(raw_json: str, batch: BatchRow) -> dict[str, str]:
    if not raw_json or not batch.read_report:
        return {}
    return dict(zip(batch.read_report["header"], orjson.loads(raw_json), strict=False))


def _database_time(at: datetime, session: Session) -> str:
    """Return a time as text that both drivers store as the type of the column would."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return at.strftime("%Y-%m-%d %H:%M:%S.%f") if is_sqlite else at.isoformat()
