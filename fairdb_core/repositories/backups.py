"""A whole store as one file that either kind of database can be restored from.

The file is a ZIP with one table a member, one row a line of JSON, and a manifest with the SHA-256
of each. It holds everything, password hashes too: keep it as safe as the store.
"""

import base64
import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import LargeBinary, Table, func, insert, select, text
from sqlalchemy.orm import Session

from fairdb_core.errors import StorageError
from fairdb_core.repositories.schema import revision_of
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import Base, UTCDateTime

_MANIFEST = "manifest.json"
_ROWS_PER_PIECE = 2_000


def back_up(storage: Storage, path: Path) -> dict[str, int]:
    """Write one consistent state of the store, while others go on writing to it.

    Args:
        storage: The store.
        path: The file to write; a half-written one is never left under this name.

    Returns:
        How many rows of each table were written.
    """
    unfinished = path.with_name(path.name + ".part")
    counts: dict[str, int] = {}
    digests: dict[str, str] = {}
    with (
        storage.snapshot() as work,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as file,
    ):
        unfinished.chmod(0o600)
        for table in Base.metadata.sorted_tables:
            counts[table.name], digests[table.name] = _write(work.session, table, file)
        manifest = {
            "revision": revision_of(work.session.connection()),
            "made_at": datetime.now(UTC).isoformat(),
            "rows": counts,
            "sha256": digests,
        }
        file.writestr(_MANIFEST, orjson.dumps(manifest, option=orjson.OPT_NON_STR_KEYS))
    unfinished.replace(path)
    return counts


def restore(storage: Storage, path: Path) -> dict[str, int]:
    """Fill an empty store from a backup, in one transaction.

    Raises:
        StorageError: The file is damaged, of another revision, or the store is not empty.
    """
    try:
        with zipfile.ZipFile(path) as file:
            manifest = orjson.loads(file.read(_MANIFEST))
            _check(file, manifest)
            return _fill(storage, file, manifest)
    except (zipfile.BadZipFile, KeyError, orjson.JSONDecodeError, OSError) as error:
        raise StorageError(f"{path.name} is no backup, or it is damaged ({error}).") from error


def _write(session: Session, table: Table, file: zipfile.ZipFile) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    binary = [column.name for column in table.columns if isinstance(column.type, LargeBinary)]
    result = session.execute(
        select(table).order_by(*table.primary_key.columns), execution_options={"yield_per": 500}
    )
    with file.open(f"{table.name}.jsonl", "w", force_zip64=True) as member:
        for row in result.mappings():
            values = dict(row)
            for name in binary:
                values[name] = base64.b64encode(values[name]).decode()
            line = orjson.dumps(values, option=orjson.OPT_APPEND_NEWLINE)
            digest.update(line)
            member.write(line)
            count += 1
    return count, digest.hexdigest()


def _check(file: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    for name, expected in manifest["sha256"].items():
        digest = hashlib.sha256()
        with file.open(f"{name}.jsonl") as member:
            while block := member.read(1 << 20):
                digest.update(block)
        if digest.hexdigest() != expected:
            raise StorageError(f"The backup is damaged: the table {name} has another checksum.")


def _fill(storage: Storage, file: zipfile.ZipFile, manifest: dict[str, Any]) -> dict[str, int]:
    with storage.work(statement_seconds=0) as work:
        revision = revision_of(work.session.connection())
        if revision != manifest["revision"]:
            raise StorageError(
                f"The backup is of revision {manifest['revision']}, the store of {revision}. "
                "Restore it with the program that made it, then start the newer one."
            )
        for table in Base.metadata.sorted_tables:
            if work.session.scalar(select(func.count()).select_from(table)):
                raise StorageError("The store is not empty. Restore into a new data folder.")
        for table in Base.metadata.sorted_tables:
            with file.open(f"{table.name}.jsonl") as member:
                for rows in _pieces(_rows(member, table)):
                    work.session.execute(insert(table), rows)
        if not storage.is_sqlite:
            _set_sequences(work.session)
    return dict(manifest["rows"])


def _rows(lines: Iterable[bytes], table: Table) -> Iterator[dict[str, Any]]:
    times = [column.name for column in table.columns if isinstance(column.type, UTCDateTime)]
    binary = [column.name for column in table.columns if isinstance(column.type, LargeBinary)]
    for line in lines:
        values = orjson.loads(line)
        for name in times:
            if values[name] is not None:
                values[name] = datetime.fromisoformat(values[name])
        for name in binary:
            values[name] = base64.b64decode(values[name])
        yield values


def _pieces(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while piece := list(islice(rows, _ROWS_PER_PIECE)):
        yield piece


def _set_sequences(session: Session) -> None:
    """Let the keys that PostgreSQL hands out begin after the restored ones."""
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        sequence = session.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"),
            {"table": table.name, "column": column.name},
        )
        if sequence is not None:
            last = session.scalar(select(func.max(column)))
            session.execute(
                text("SELECT setval(CAST(:sequence AS regclass), :next, false)"),
                {"sequence": sequence, "next": (last or 0) + 1},
            )
