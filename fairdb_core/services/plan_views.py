"""What a plan looks like from near: which fields change, and the file back with its problems."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.permissions import Action, require
from fairdb_core.domain.uploads import Effect, Severity
from fairdb_core.exporters.annotated import annotate, annotate_workbook
from fairdb_core.records import Record
from fairdb_core.repositories.storage import Storage
from fairdb_core.services.collections import visible_collection
from fairdb_core.services.dataset_summaries import field_changes
from fairdb_core.services.plans import Plan

# Canonical spellings that mean the same everywhere; numbers of one's own do not.
_PERSISTENT = r"^10\.[0-9]{4,9}/|^(?:hdl|ark|urn|https?):"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changes in one row; several values are parted by semicolons.

    Attributes:
        identity: By which the dataset is known.
        title: As it will be, empty where it has none.
        percent_before: What the dataset scores as it stands, ``None`` where nothing is judged.
        percent_after: What it scores once the plan is carried out.
    """

    row: int
    field: str
    before: str
    after: str
    identity: str = ""
    title: str = ""
    percent_before: float | None = None
    percent_after: float | None = None


class PlanViewService:
    """Looks into plans.

    Args:
        storage: The store.
    """

    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage

    def differences(self, viewer: Viewer, plan: Plan, *, limit: int = 20) -> list[Difference]:
        """Return the fields that change in the first updated rows.

        Args:
            limit: How many rows to look at.

        Raises:
            AuthorizationError: The viewer may not upload to this collection.
        """
        updated = plan.rows.filter(pl.col("effect") == Effect.UPDATE.value).head(limit)
        with self._storage.read() as work:
            require(
                viewer,
                Action.IMPORT_DATASETS,
                visible_collection(work, viewer, plan.collection_id),
            )
            known = work.datasets.matching(plan.collection_id, updated["identity"].to_list())
        before = dict(known.select("identity", "metadata_json").iter_rows())
        return [
            difference
            for row in updated.iter_rows(named=True)
            for difference in _differences(row, records.from_json(before[row["identity"]]))
        ]

    def elsewhere(self, viewer: Viewer, plan: Plan) -> dict[str, int]:
        """Return how many datasets to create other collections hold already, by their names.

        Only persistent identifiers are compared, and only what the viewer may see is told.
        """
        to_create = plan.rows.filter(
            (pl.col("effect") == Effect.CREATE.value) & pl.col("identity").str.contains(_PERSISTENT)
        )
        identities = to_create["identity"].to_list()
        if not identities:
            return {}
        with self._storage.read() as work:
            counts = {
                collection.name: work.datasets.count_matching(collection.collection_id, identities)
                for collection in work.collections.visible(viewer)
                if collection.collection_id != plan.collection_id
            }
        return {name: count for name, count in counts.items() if count}

    def annotated(self, content: bytes, plan: Plan) -> bytes:
        """Return the person's own file with two columns added: problem and suggestion.

        Args:
            content: The file as it was read.
            plan: What was found in it.
        """
        if plan.report is None or plan.raw is None:
            return content
        if plan.report.separator:
            return annotate(content, plan.report, _notes(plan))
        return annotate_workbook(plan.report.header, plan.raw.iter_rows(), _notes(plan))


def _differences(row: Mapping[str, Any], before: Record) -> Iterator[Difference]:
    after = records.from_json(row["metadata_json"])
    for change in field_changes(before, after):
        yield Difference(
            row["row"],
            change.title,
            change.before,
            change.after,
            identity=row["identity"],
            title=str(after.get("title") or ""),
            percent_before=row["percent_before"],
            percent_after=row["percent_after"],
        )


def _notes(plan: Plan) -> Mapping[int, tuple[str, str]]:
    """Return the problem and the suggestion of each row that has one."""
    problems: dict[int, list[str]] = {}
    remedies: dict[int, list[str]] = {}
    for problem in plan.problems:
        where = f"{problem.column}: " if problem.column else ""
        kind = "Error" if problem.severity is Severity.ERROR else "Warning"
        for row in problem.rows:
            problems.setdefault(row, []).append(f"{kind}: {where}expected {problem.expected}")
            remedies.setdefault(row, []).append(f"{where}{problem.remedy}")
    return {row: (" | ".join(texts), " | ".join(remedies[row])) for row, texts in problems.items()}
