"""What typed fields would score, and what a change would do; nothing of it is stored."""

from collections.abc import Mapping

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.assessments import Assessment
from fairdb_core.domain.explanations import Edit, MovedCheck, RubricMove, WhatIf
from fairdb_core.domain.uploads import Problem
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.records import Record
from fairdb_core.repositories.storage import Storage
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.explain import explain
from fairdb_core.scoring.suggestions import advise, best_edits
from fairdb_core.services.datasets import (
    normalised_form,
    readable_dataset,
    record_of_form,
    typed_form,
)


class WhatIfService:
    """Changes tried out.

    Args:
        storage: The store; only read.
        rubrics: By id; the first is the one that is shown when none is chosen.
    """

    def __init__(self, *, storage: Storage, rubrics: Mapping[str, Rubric]) -> None:
        self._storage = storage
        self._rubrics = rubrics

    def try_out(
        self, viewer: Viewer, dataset_id: int, changes: Mapping[str, str], *, rubric_id: str = ""
    ) -> WhatIf:
        """Return what a change would do, under the rules of the form.

        Args:
            changes: Text by field name, several values one to a line.
            rubric_id: By which the checks are told; the usual one where none is named.

        Raises:
            ResourceNotFoundError: There is no such dataset for the viewer, or no such rubric.
        """
        rubric = self._rubric(rubric_id)
        with self._storage.read() as work:
            dataset, _ = readable_dataset(work, viewer, dataset_id)
        normalised = normalised_form({**typed_form(dataset.record), **changes})
        changed = record_of_form(normalised)
        before, after = explain(dataset.record, rubric), explain(changed, rubric)
        return WhatIf(
            before=before,
            after=after,
            problems=_of_changed(normalised.problems, changes),
            moved=_moved(before, after),
            rubrics=tuple(
                RubricMove(
                    each.title, explain(dataset.record, each).total, explain(changed, each).total
                )
                for each in self._rubrics.values()
            ),
        )

    def check(
        self, typed: Mapping[str, str], rubric_id: str = ""
    ) -> tuple[Record, tuple[Problem, ...], Assessment]:
        """Return what a form's fields mean, what is wrong with them, and what they score.

        Args:
            typed: Text by field name; several values one to a line.
            rubric_id: By which they are judged; the usual one where none is named.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        rubric = self._rubric(rubric_id)
        normalised = normalised_form(typed)
        record = record_of_form(normalised)
        return record, normalised.problems, explain(record, rubric)

    def best_edits(self, record: Record, rubric_id: str = "") -> tuple[Edit, ...]:
        """Return the edits that a dataset's page would offer for a record.

        Args:
            record: What ``check`` found a form's fields to mean.
            rubric_id: By which they are judged; the usual one where none is named.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        return best_edits(record, self._rubric(rubric_id))

    def best_together(self, typed: Mapping[str, str], rubric_id: str = "") -> Edit | None:
        """Return the edit of several fields that counts only as a whole, for a form's fields.

        Args:
            typed: Text by field name; several values one to a line.
            rubric_id: By which they are judged; the usual one where none is named.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        record = record_of_form(normalised_form(typed))
        return advise(record, self._rubric(rubric_id)).together

    def _rubric(self, rubric_id: str) -> Rubric:
        rubric = self._rubrics.get(rubric_id or next(iter(self._rubrics)))
        if rubric is None:
            raise ResourceNotFoundError("Rubric", rubric_id)
        return rubric


def _of_changed(problems: tuple[Problem, ...], changes: Mapping[str, str]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.column in {None, *changes})


def _moved(before: Assessment, after: Assessment) -> tuple[MovedCheck, ...]:
    return tuple(
        MovedCheck(old, new)
        for old, new in zip(before.checks, after.checks, strict=True)
        if old.state is not new.state
    )
