"""One dataset: reading it, its history, and saving it from the form under the file's rules."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Collection, Dataset, DatasetVersion
from fairdb_core.domain.permissions import Action, is_allowed, require
from fairdb_core.domain.summaries import FieldChange
from fairdb_core.domain.uploads import Batch, BatchKind, ColumnMapping, Problem, Severity
from fairdb_core.errors import (
    ConflictError,
    NothingChangedError,
    ResourceNotFoundError,
    ValidationError,
)
from fairdb_core.importers.normalise import Normalised, normalise
from fairdb_core.metadata import FIELD_BY_NAME, FIELDS
from fairdb_core.records import Record
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.services.collections import visible_collection
from fairdb_core.services.commits import Committer
from fairdb_core.services.dataset_summaries import field_changes
from fairdb_core.services.form_problems import told_for_form
from fairdb_core.services.plans import Source
from fairdb_core.services.previews import PreviewService


class DatasetService:
    """Datasets one at a time.

    Args:
        storage: The store.
        previews: Plans what a save does.
        committer: Carries it out.
    """

    def __init__(self, *, storage: Storage, previews: PreviewService, committer: Committer) -> None:
        self._storage = storage
        self._previews = previews
        self._committer = committer

    def get(self, viewer: Viewer, dataset_id: int) -> Dataset:
        """Return a dataset; a foreign one answers like a missing one.

        Raises:
            ResourceNotFoundError: There is none that the viewer may read.
        """
        with self._storage.read() as work:
            return readable_dataset(work, viewer, dataset_id)[0]

    def written_by(self, viewer: Viewer, batch: Batch) -> Dataset:
        """Return the one dataset that a save wrote."""
        with self._storage.read() as work:
            written = work.dataset_versions.dataset_ids(batch.batch_id)
            return readable_dataset(work, viewer, written[0])[0]

    def history(self, viewer: Viewer, dataset_id: int) -> list[DatasetVersion]:
        """Return the versions of a dataset, the newest first.

        Raises:
            ResourceNotFoundError: There is none that the viewer may read.
        """
        with self._storage.read() as work:
            readable_dataset(work, viewer, dataset_id)
            return work.dataset_versions.of_dataset(dataset_id)

    def typed(self, dataset: Dataset | None) -> dict[str, str]:
        """Return a dataset as the form shows it: text by field name, one value to a line."""
        return typed_form(dataset.record if dataset is not None else {})

    def conflict(
        self, viewer: Viewer, dataset_id: int, typed: Mapping[str, str]
    ) -> list[FieldChange]:
        """Return the fields in which the store and a form differ, the store's value first.

        Raises:
            ResourceNotFoundError: There is none that the viewer may read.
        """
        stored = self.get(viewer, dataset_id).record
        return list(field_changes(stored, record_of_form(normalised_form(typed))))

    def save(
        self,
        viewer: Viewer,
        collection_id: int,
        typed: Mapping[str, str],
        *,
        editing: Dataset | None = None,
    ) -> Batch:
        """Save a dataset from the form.

        Args:
            typed: Text by field name; several values one to a line.
            editing: The dataset as the person saw it; ``None`` makes a new one.

        Raises:
            AuthorizationError: The viewer may not change this collection.
            ConflictError: Somebody changed it in the meantime, or it exists already.
            NothingChangedError: The dataset stands as it was typed.
            ResourceNotFoundError: There is no such collection or dataset for the viewer.
            ValidationError: It has neither an identifier nor a title.
        """
        normalised = normalised_form(typed)
        _refuse_errors(normalised.problems)
        with self._storage.read() as work:
            collection = visible_collection(work, viewer, collection_id)
            require(viewer, Action.EDIT_DATASETS, collection)
            identity = _identity(work, collection, normalised, editing)
        source = _source_of(normalised, identity)
        plan = self._previews.plan_source(collection, source)
        if plan.changes.is_empty() and plan.new_identity is None:
            raise NothingChangedError
        return self._committer.carry_out(viewer, [plan], self._committer.begin(viewer, [plan]))


def normalised_form(*typed: Mapping[str, str]) -> Normalised:
    """Return typed fields, of one form or of several, under the same rules as rows of a file."""
    cells = {name: [form.get(name, "").strip() for form in typed] for name in FIELD_BY_NAME}
    # A form has many more fields than are filled in, and each costs time while somebody types.
    cells = {name: values for name, values in cells.items() if any(values) or name == "title"}
    mapping = tuple(
        ColumnMapping(name, name, value_separator="\n" if field.is_many else None)
        for name, field in FIELD_BY_NAME.items()
    )
    found = normalise(pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String)), mapping)
    return replace(found, problems=told_for_form(found.problems))


def typed_form(record: Record) -> dict[str, str]:
    """Return a record as the form shows it: text by field name, one value to a line."""
    return {field.name: "\n".join(records.values_of(record, field.name)) for field in FIELDS}


def _source_of(normalised: Normalised, identity: str) -> Source:
    typed_identity = normalised.identity[0]
    return Source(
        kind=BatchKind.FORM,
        records=normalised.records,
        identity=pl.Series("identity", [identity], dtype=pl.String),
        refused=pl.Series("refused", [False], dtype=pl.Boolean),
        fields=frozenset(field.name for field in FIELDS),
        problems=normalised.problems,
        new_identity=typed_identity if typed_identity != identity else None,
    )


def _refuse_errors(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        if problem.severity is Severity.ERROR:
            title = FIELD_BY_NAME[problem.field].title if problem.field else "Record"
            raise ValidationError(title, f"expected {problem.expected}. {problem.remedy}")


def record_of_form(normalised: Normalised) -> Record:
    """Return the record that a form's fields mean."""
    return records.record_of(normalised.records.row(0, named=True))


def _identity(
    work: Work, collection: Collection, normalised: Normalised, editing: Dataset | None
) -> str:
    """Return by which identity a save is stored, once nothing stands against it."""
    identity: str = normalised.identity[0]
    known = work.datasets.matching(collection.collection_id, [identity])
    if editing is None:
        if not known.filter(~known["is_deleted"]).is_empty():
            raise _taken(identity)
        return identity
    current = work.datasets.get(editing.dataset_id)
    if current is None or current.collection_id != collection.collection_id:
        raise ResourceNotFoundError("Dataset", editing.dataset_id)
    if current.row_version != editing.row_version:
        raise ConflictError(
            "Somebody changed this dataset while you were editing. "
            "Nothing was stored; your text still stands in the form. Compare and decide."
        )
    if not known.filter(known["dataset_id"] != current.dataset_id).is_empty():
        raise _taken(identity, is_deleted=known["is_deleted"].item())
    return current.identity


def _taken(identity: str, *, is_deleted: bool = False) -> ConflictError:
    shown = identity.removeprefix("title:")
    if is_deleted:
        return ConflictError(
            f"{shown} belongs to a dataset that was deleted from this collection. "
            "Choose another one, or bring that dataset back by adding it again."
        )
    return ConflictError(f"A dataset with the identifier {shown} is in this collection already.")


def readable_dataset(work: Work, viewer: Viewer, dataset_id: int) -> tuple[Dataset, Collection]:
    """Return a dataset and its collection; a foreign one answers like a missing one.

    Raises:
        ResourceNotFoundError: There is none that the viewer may read.
    """
    dataset = work.datasets.get(dataset_id)
    collection = work.collections.get(dataset.collection_id) if dataset else None
    if dataset is None or collection is None or dataset.deleted_at is not None:
        raise ResourceNotFoundError("Dataset", dataset_id)
    is_own = viewer.user_id is not None and dataset.owner_user_id == viewer.user_id
    if not (is_own or is_allowed(viewer, Action.READ_DATASETS, collection)):
        raise ResourceNotFoundError("Dataset", dataset_id)
    return dataset, collection
