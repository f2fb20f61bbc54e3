"""Rows that are handed on in pieces, on both stores."""

import pytest
from sqlalchemy import func, select, text

from fairdb_core.errors import StorageError
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.streams import pieces_of
from fairdb_core.repositories.tables import TeamRow


def test_rows_come_in_their_order_so_many_at_a_time(storage: Storage) -> None:
    names = [f"team 'n' {number} %s" for number in range(5)]
    query = select(TeamRow.name, TeamRow.created_at).where(TeamRow.name.in_(names))
    with storage.work() as work:
        for name in (*names, "another"):
            work.teams.add(name)
        pieces = list(pieces_of(work.session.connection(), query.order_by(TeamRow.name.desc()), 2))
    assert [[name for name, _ in piece] for piece in pieces] == [
        names[:2:-1], names[2:0:-1], names[:1],
    ]  # fmt: skip
    assert all(at.utcoffset() is not None for piece in pieces for _, at in piece)


def test_nothing_gives_no_piece(storage: Storage) -> None:
    with storage.read() as work:
        query = select(TeamRow.name).where(TeamRow.name == "nobody")
        assert list(pieces_of(work.session.connection(), query, 2)) == []


def test_database_that_takes_too_long_fails_as_with_any_other_query(storage: Storage) -> None:
    if storage.is_sqlite:
        pytest.skip("only a server is waited for")

    def wait() -> None:
        with storage.read() as work:
            work.session.execute(text("SET LOCAL statement_timeout = 20"))
            list(pieces_of(work.session.connection(), select(func.pg_sleep(60)), 2))

    with pytest.raises(StorageError):
        wait()
