"""From a file to a plan: read it, map its columns, and see what it would do; nothing is stored."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import orjson
import polars as pl

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Collection, Visibility
from fairdb_core.domain.permissions import Action, require
from fairdb_core.domain.uploads import BatchKind, ColumnMapping, Correction, LeftOut
from fairdb_core.importers.corrections import correct, rows_left_out
from fairdb_core.importers.mapping import not_a_dataset_list, suggest_mapping
from fairdb_core.importers.normalise import normalise
from fairdb_core.importers.reader import ReadLimits, Table, read_table
from fairdb_core.repositories.storage import Storage
from fairdb_core.rubrics import Rubric
from fairdb_core.services.collections import visible_collection
from fairdb_core.services.plans import Plan, Source, make_plan


class PreviewService:
    """Previews of uploads.

    Args:
        storage: The store.
        rubric: By which effects are shown.
        limits: What a file may be.
    """

    def __init__(self, *, storage: Storage, rubric: Rubric, limits: ReadLimits) -> None:
        self._storage = storage
        self._rubric = rubric
        self._limits = limits

    def read(
        self,
        viewer: Viewer,
        source: Path | bytes,
        file_name: str,
        *,
        encoding: str | None = None,
        separator: str | None = None,
        sheet: str | None = None,
    ) -> Table:
        """Read a file strictly.

        Args:
            encoding: What the person says it is, else what the bytes prove.
            separator: The same for the separator.
            sheet: The sheet of a workbook, else its first.

        Raises:
            AuthorizationError: The viewer may not upload anything.
            UnreadableFileError: The file is refused, with place and remedy.
        """
        require(viewer, Action.CREATE_COLLECTION)
        return read_table(
            source,
            file_name=file_name,
            limits=self._limits,
            encoding=encoding,
            separator=separator,
            sheet=sheet,
        )

    def suggest(self, viewer: Viewer, table: Table) -> tuple[ColumnMapping, ...]:
        """Return where each column goes: what was chosen for these headers before, else a guess."""
        suggested = suggest_mapping(table.frame)
        if viewer.user_id is None:
            return suggested
        with self._storage.read() as work:
            chosen = work.mappings.recall(viewer.user_id, hash_of_header(table.report.header)) or {}
        return in_turn(with_choices(suggested, chosen, "chosen last time"), chosen)

    def plan(
        self,
        viewer: Viewer,
        collection_id: int,
        table: Table,
        mapping: Iterable[ColumnMapping],
        corrections: Iterable[Correction | LeftOut] = (),
    ) -> Plan:
        """Work out what a file will do to a collection.

        Args:
            mapping: Where each column goes.
            corrections: Cells that were corrected, whose text as read is kept, and rows left out.

        Raises:
            AuthorizationError: The viewer may not upload to this collection.
            ResourceNotFoundError: There is no such collection for the viewer.
        """
        with self._storage.read() as work:
            collection = visible_collection(work, viewer, collection_id)
        require(viewer, Action.IMPORT_DATASETS, collection)
        return self.plan_source(collection, _source_of(table, tuple(mapping), tuple(corrections)))

    def plan_new(
        self, viewer: Viewer, name: str, table: Table, mapping: Iterable[ColumnMapping]
    ) -> Plan:
        """Work out what a file would do to a collection that does not exist yet.

        Raises:
            AuthorizationError: The viewer may not make collections.
        """
        require(viewer, Action.CREATE_COLLECTION)
        collection = _collection_to_be(viewer, name)
        return self.plan_source(collection, _source_of(table, tuple(mapping), ()))

    def plan_source(self, collection: Collection, source: Source) -> Plan:
        """Work out what a source will do to a collection, for which permission was checked."""
        identities: list[str] = []
        # A collection that never changed holds nothing that could match.
        if collection.data_version:
            identities = source.identity.filter(~source.refused).drop_nulls().to_list()
        with self._storage.read() as work:
            known = work.datasets.matching(collection.collection_id, identities)
            before = work.assessments.read([collection.collection_id], self._rubric.rubric_id)
        return make_plan(collection, source, known, before.rows, self._rubric)


def _collection_to_be(viewer: Viewer, name: str) -> Collection:
    return Collection(
        collection_id=0,
        name=name,
        owner_user_id=viewer.user_id or 0,
        team_id=None,
        visibility=Visibility.PRIVATE,
        data_version=0,
        created_at=datetime.now(UTC),
    )


def with_choices(
    suggested: Iterable[ColumnMapping], chosen: Mapping[str, str | None], reason: str
) -> tuple[ColumnMapping, ...]:
    """Return a mapping in which some columns go where a person says.

    Args:
        suggested: Where every column would go.
        chosen: The field of some columns by header, ``None`` to leave a column out.
        reason: What the screen says about them.
    """
    return tuple(
        replace(column, field=chosen[column.column], confidence=1.0, reason=reason)
        if column.column in chosen and chosen[column.column] != column.field
        else column
        for column in suggested
    )


def in_turn(mapping: Iterable[ColumnMapping], order: Iterable[str]) -> tuple[ColumnMapping, ...]:
    """Return a mapping in which the columns that go to one field stand in an order of their own.

    Args:
        mapping: Where each column goes; of columns for one value the first that is filled counts.
        order: The columns that have a turn; others come after them.
    """
    mapping = tuple(mapping)
    places = {column: place for place, column in enumerate(order)}
    by_turn = sorted(mapping, key=lambda column: places.get(column.column, len(places)))
    fields = {column.field for column in mapping if column.field}
    waiting = {name: iter([each for each in by_turn if each.field == name]) for name in fields}
    return tuple(
        next(waiting[column.field]) if column.field in waiting else column for column in mapping
    )


def hash_of_header(header: Iterable[str]) -> str:
    """Return the key under which a mapping is remembered for a set of headers."""
    return hashlib.sha256(orjson.dumps(sorted(header))).hexdigest()


def _source_of(
    table: Table,
    mapping: tuple[ColumnMapping, ...],
    corrections: tuple[Correction | LeftOut, ...],
) -> Source:
    objection = not_a_dataset_list(table.frame, mapping)
    left_out = rows_left_out(table.frame.height, corrections)
    normalised = normalise(correct(table.frame, corrections), mapping, left_out)
    refused = normalised.refused
    problems = normalised.problems
    if objection is not None:
        refused = pl.Series("refused", [True] * table.frame.height, dtype=pl.Boolean)
        problems = (objection, *problems)
    return Source(
        kind=BatchKind.UPLOAD,
        records=normalised.records,
        identity=normalised.identity,
        refused=refused,
        left_out=left_out,
        raw=table.frame,
        fields=frozenset(column.field for column in mapping if column.field),
        problems=problems,
        report=table.report,
        mapping=mapping,
    )
