"""Why one dataset has its score, which edits are worth most, and how it became what it is."""

from collections.abc import Mapping, Sequence

from fairdb_core import records
from fairdb_core.cache import Cache
from fairdb_core.domain.datasets import Collection, Dataset, DatasetVersion
from fairdb_core.domain.summaries import DatasetSummary, FieldChange, VersionSummary
from fairdb_core.domain.uploads import BatchKind
from fairdb_core.metadata import FIELDS
from fairdb_core.records import Record
from fairdb_core.repositories.storage import Work
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.added_up import added_up
from fairdb_core.scoring.explain import explain
from fairdb_core.scoring.suggestions import advise
from fairdb_core.services.methods import method_of

_ORIGINS = {
    BatchKind.UPLOAD: "Upload",
    BatchKind.FORM: "Form",
    BatchKind.FIX: "Bulk fix",
    BatchKind.UNDO: "Undo",
}


def summarise(
    work: Work,
    dataset: Dataset,
    collection: Collection,
    rubric: Rubric,
    *,
    percents: Mapping[int, float | None],
    cache: Cache,
    may_edit: bool,
) -> DatasetSummary:
    """Return one dataset explained.

    Args:
        work: The open unit of work.
        dataset: The dataset as it stands.
        collection: Where it is.
        rubric: By which it is judged.
        percents: The percent of its versions, by version.
        cache: Keeps what was worked out of a version, which never changes.
        may_edit: Whether the viewer may change it.
    """
    assessment = explain(dataset.record, rubric)
    method = method_of(rubric)
    titles = records.values_of(dataset.record, "title")
    return DatasetSummary(
        dataset=dataset,
        title=titles[0] if titles else dataset.identity,
        collection_name=collection.name,
        rubric_title=f"{method.title} {method.version}",
        assessment=assessment,
        added_up=added_up(assessment, rubric),
        advice=cache.compute(
            ("advice", rubric.key, dataset.dataset_version_id),
            lambda: advise(dataset.record, rubric),
        ),
        history=_history(work, work.dataset_versions.of_dataset(dataset.dataset_id), percents),
        may_edit=may_edit,
    )


def field_changes(before: Record, after: Record) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the order of the table of fields."""
    changes = []
    for field in FIELDS:
        old, new = (records.values_of(record, field.name) for record in (before, after))
        if old != new:
            changes.append(FieldChange(field.title, "; ".join(old), "; ".join(new)))
    return tuple(changes)


def _history(
    work: Work, versions: Sequence[DatasetVersion], percents: Mapping[int, float | None]
) -> tuple[VersionSummary, ...]:
    earlier = [version.record for version in versions[1:]] + [{}]
    return tuple(
        VersionSummary(
            dataset_version_id=version.dataset_version_id,
            at=version.created_at,
            author_name=version.author_name,
            origin=_origin(work, version),
            percent=percents.get(version.dataset_version_id),
            changes=field_changes(before, version.record),
        )
        for version, before in zip(versions, earlier, strict=True)
    )


def _origin(work: Work, version: DatasetVersion) -> str:
    batch = work.batches.get(version.batch_id)
    if batch is None:
        return ""
    name = _ORIGINS[batch.kind]
    return f"{name} of {batch.file_name}" if batch.file_name else batch.name or name
