"""Small chunks that are joined read as they did before, on both kinds of store."""

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest
from sqlalchemy import distinct, func, select

from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.uploads import BatchKind, BatchState, EffectCounts
from fairdb_core.repositories.assessments import assessed_chunks
from fairdb_core.repositories.joined_chunks import ROWS_PER_CHUNK, _runs
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.repositories.tables import JoinedAssessmentRow
from fairdb_core.services.texts import Texts
from tests.repositories.test_datasets import _add_user

RUBRIC = ("r", "1", "d")


class Filled:
    """A collection that batches are added to."""

    def __init__(self, storage: Storage, name: str, viewer: Viewer, first_version: int) -> None:
        self.storage = storage
        self.viewer = viewer
        self.next_version = first_version
        with storage.work() as work:
            self.collection_id = work.collections.add(name, 1).collection_id

    def begin(self, count: int) -> tuple[int, pl.DataFrame]:
        """Begin a batch of so many versions, and return its key and them."""
        versions = range(self.next_version, self.next_version + count)
        self.next_version += count
        rows = pl.DataFrame(
            {
                "dataset_id": [version % 7 for version in versions],
                "dataset_version_id": versions,
                "is_deleted": [version % 11 == 0 for version in versions],
                "percent": [version / 7 for version in versions],
                "license": [f"licence {version % 3}" for version in versions],
                "text": [f"Title {version}\n10.1/{version}" for version in versions],
                "content_hash": [f"hash{version}" for version in versions],
            }
        )
        with self.storage.work() as work:
            effect = EffectCounts()
            return work.batches.add(self.viewer, self.collection_id, BatchKind.UPLOAD, effect), rows

    def finish(self, batch_id: int, rows: pl.DataFrame, *, joins: bool = True) -> None:
        """Make a batch visible."""
        with self.storage.work() as work:
            chunks = assessed_chunks(rows)
            work.assessments.add(self.collection_id, batch_id, RUBRIC, chunks)
            work.batches.finish(batch_id, BatchState.READY)
            if joins:
                work.assessments.join_small(self.collection_id, "r")

    def add(self, count: int, *, joins: bool = True) -> None:
        """Add a batch of so many versions."""
        self.finish(*self.begin(count), joins=joins)


def told(work: Work, *filled: Filled) -> tuple[list[tuple[Any, ...]], list[str], list[str]]:
    """Return every row of some collections, every text, and some texts."""
    found = work.assessments.read([each.collection_id for each in filled], "r")
    texts = Texts(found.rows["dataset_version_id"], found.texts)
    some = texts.at(np.arange(found.rows.height, step=5))
    return found.rows.sort("dataset_version_id").rows(), texts.all.to_list(), some.to_list()


def ranges(work: Work, filled: Filled) -> list[tuple[int, int]]:
    """Return between which versions texts are looked for together."""
    texts = work.assessments.read([filled.collection_id], "r").texts
    return [(each.first_version_id, each.last_version_id) for each in texts]


def joined_chunks(work: Work) -> tuple[int, int]:
    """Return how many chunks are joined, and to how many."""
    first = JoinedAssessmentRow.first_assessment_id
    chunks, joined = work.session.execute(
        select(func.count(first), func.count(distinct(first)))
    ).one()
    return chunks, joined


@pytest.fixture
def filling(storage: Storage) -> Callable[[str, int], Filled]:
    with storage.work() as work:
        viewer = _add_user(work, 1, Role.STEWARD, frozenset())
    return lambda name, first_version: Filled(storage, name, viewer, first_version)


def test_rows_and_texts_are_as_before_once_small_chunks_are_joined(
    storage: Storage, filling: Callable[[str, int], Filled]
) -> None:
    soil, rain = filling("Soil", 1), filling("Rain", 100_001)
    for number in range(12):
        soil.add(400 + number, joins=False)
        rain.add(2, joins=False)
    with storage.work() as work:
        before, keys = told(work, soil, rain), work.assessments.keys([soil.collection_id], "r")
        near = ranges(work, soil)
        assert joined_chunks(work) == (0, 0)
        work.assessments.join_small(soil.collection_id, "r")
        work.assessments.join_small(rain.collection_id, "r")
    with storage.read() as work:
        assert joined_chunks(work) == (24, 2)
        assert told(work, soil, rain) == before
        assert ranges(work, soil) == near
        assert work.assessments.keys([soil.collection_id], "r") == keys
        one = max(keys[soil.collection_id])
        last = work.assessments.read([soil.collection_id], "r", only=[one])
        assert last.rows["dataset_version_id"].to_list() == [*range(4456, 4867)]
        assert [len(each.rows) for each in last.texts] == [411]


def test_joining_goes_on_as_more_is_added_and_leaves_what_is_large(
    storage: Storage, filling: Callable[[str, int], Filled]
) -> None:
    soil, alone = filling("Soil", 1), filling("Alone", 1)
    for number in range(30):
        count = 3_000 if number == 9 else 1 + number % 3
        soil.add(count)
        alone.add(count, joins=False)
        with storage.read() as work:
            rows, *texts = told(work, soil)
            expected, *other_texts = told(work, alone)
            # Facts and facets; batches have keys of their own.
            assert [row[:5] for row in rows] == [row[:5] for row in expected]
            assert texts == other_texts
    with storage.read() as work:
        chunks, joined = joined_chunks(work)
        assert 20 <= chunks < 30
        assert joined <= 4


def test_chunks_taken_apart_can_be_removed_and_joined_again(
    storage: Storage, filling: Callable[[str, int], Filled]
) -> None:
    soil = filling("Soil", 1)
    batches = [soil.begin(5) for _ in range(10)]
    for batch in batches:
        soil.finish(*batch)
    with storage.work() as work:
        before = told(work, soil)
        work.assessments.take_apart(soil.collection_id)
        assert joined_chunks(work) == (0, 0)
        batch_id, rows = batches[3]
        work.assessments.remove(batch_id, "r")
        work.assessments.add(soil.collection_id, batch_id, RUBRIC, assessed_chunks(rows))
        work.assessments.join_small(soil.collection_id, "r")
    with storage.read() as work:
        assert joined_chunks(work) == (10, 1)
        assert told(work, soil) == before


def test_batch_that_ends_late_is_read_though_later_ones_are_joined(
    storage: Storage, filling: Callable[[str, int], Filled]
) -> None:
    soil = filling("Soil", 1)
    batches = [soil.begin(5) for _ in range(30)]
    late = batches.pop(4)
    for batch in (*batches[:12], late, *batches[12:]):
        soil.finish(*batch)
    with storage.read() as work:
        rows, texts, _ = told(work, soil)
        assert len(rows) == 150
        assert texts == [f"Title {version}\n10.1/{version}" for version in range(1, 151)]
        of_late = [row for row in rows if row[-2] == late[0]]
        assert [row[1] for row in of_late] == late[1]["dataset_version_id"].to_list()


def test_damaged_chunk_is_left_as_it_is(
    storage: Storage, filling: Callable[[str, int], Filled]
) -> None:
    soil = filling("Soil", 1)
    for _ in range(7):
        soil.add(5)
    batch_id, rows = soil.begin(5)
    chunks = [type(each)(each.row_count, each.input_hash, b"no") for each in assessed_chunks(rows)]
    with storage.work() as work:
        work.assessments.add(soil.collection_id, batch_id, RUBRIC, chunks)
        work.batches.finish(batch_id, BatchState.READY)
        work.assessments.join_small(soil.collection_id, "r")
        assert joined_chunks(work) == (0, 0)


@pytest.mark.parametrize("size", [1, 1_160])
def test_rows_are_written_again_a_few_times_only(size: int) -> None:
    groups: list[tuple[int, int]] = []
    written = 0
    for key in range(3_000):
        groups.append((key, size))
        for run in _runs(groups):
            if len(run) >= 8:
                at = [first for first, _ in groups].index(run[0])
                rows = sum(count for _, count in groups[at : at + len(run)])
                groups[at : at + len(run)] = [(run[0], rows)]
                written += rows
                assert rows <= ROWS_PER_CHUNK
    assert sum(rows for _, rows in groups) == 3_000 * size
    assert written <= 3_000 * size * 8
    assert len(groups) <= 3_000 * size / ROWS_PER_CHUNK * 2 + 16
