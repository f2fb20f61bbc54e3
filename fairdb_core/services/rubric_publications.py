"""Rubrics of one's own: seeing who would move by a draft, and publishing it."""

import numpy as np

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.permissions import Action, require
from fairdb_core.domain.rubric_drafts import DraftPreview, MovedDataset, PublishedRubric
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Storage
from fairdb_core.rubrics import Rubric
from fairdb_core.rubrics.writing import read_draft
from fairdb_core.scoring.quantiles import Counts, Spread, Values
from fairdb_core.scoring.spans import total_of
from fairdb_core.services.explore import with_titles
from fairdb_core.services.rescoring import Rescored, rescored
from fairdb_core.services.rubric_catalogue import RubricCatalogue
from fairdb_core.services.rubric_drafts import chosen_rubric, held_draft
from fairdb_core.services.score_frames import ScoreFrames

MOST_SHOWN = 5
_log = get_logger(__name__)


class RubricPublicationService:
    """What an administrator sees before publishing, and publishing itself.

    Args:
        storage: The store.
        catalogue: The rubrics that may be chosen, to which publishing adds.
        frames: The stored facts, by which a draft is tried out.
    """

    def __init__(
        self, *, storage: Storage, catalogue: RubricCatalogue, frames: ScoreFrames
    ) -> None:
        self._storage = storage
        self._catalogue = catalogue
        self._frames = frames

    def preview(self, viewer: Viewer, rubric: Rubric, base_rubric_id: str) -> DraftPreview:
        """Return who would move, from the stored facts; nothing is stored or kept.

        Args:
            rubric: The draft's rubric.
            base_rubric_id: The rubric that it is held against.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        require(viewer, Action.MANAGE_RUBRICS)
        base = chosen_rubric(self._catalogue, base_rubric_id)
        with self._storage.read() as work:
            seen = work.collections.visible(viewer)
            standing = self._frames.standing(work, seen, base)
            packed = self._frames.packed(work, seen)
        return preview_of(rescored(standing, packed, base, rubric), base, rubric)

    def publish(self, viewer: Viewer, rubric_draft_id: int) -> PublishedRubric:
        """Publish a draft: from now on it is never edited, and everybody may choose it.

        Raises:
            DuplicateError: This version is published already.
            ResourceNotFoundError: There is no such draft.
            RubricError: The draft is unsound.
        """
        require(viewer, Action.MANAGE_RUBRICS)
        with self._storage.work() as work:
            draft = held_draft(work, rubric_draft_id)
            rubric = read_draft(draft.content)
            published = work.rubrics.publish(
                viewer, rubric.id, rubric.version, rubric.digest, draft.content
            )
            work.rubrics.delete_draft(rubric_draft_id)
            told = {"version": rubric.version, "digest": rubric.digest}
            work.audit.add(viewer, "rubric_published", "rubric", rubric.id, after=told)
        _log.info("rubric_published", rubric_id=rubric.id, version=rubric.version)
        self._catalogue.look_again()
        return published


def preview_of(found: Rescored, base: Rubric, rubric: Rubric) -> DraftPreview:
    """Return who would move among assessed datasets.

    Args:
        found: The datasets, with what they score by ``base`` and would score by ``rubric``.
        base: By which they are held now.
        rubric: By which they would be.
    """
    counts, moved, standing = found.counts, found.moved, found.standing
    if not standing.height:
        return DraftPreview(base.title, rubric.title, 0, 0, 0, None, None, ())
    places = found.most(MOST_SHOWN)
    most = standing.rows.select("dataset_id")[places].with_columns(standing.texts_at(places))
    percents = [each[found.numbers[places]].tolist() for each in (found.before, found.after)]
    return DraftPreview(
        base_title=f"{base.title} {base.version}",
        title=f"{rubric.title} {rubric.version}",
        count=int(counts.sum()),
        risen=int(counts[moved > 0].sum()),
        fallen=int(counts[moved < 0].sum()),
        mean_before=_mean(found.before, counts),
        mean_after=_mean(found.after, counts),
        most=tuple(
            MovedDataset(row["dataset_id"], row["title"] or "", before, after)
            for row, before, after in zip(
                with_titles(most).iter_rows(named=True), *percents, strict=True
            )
        ),
    )


def _mean(percents: Values, counts: Counts) -> float | None:
    """Return the mean of percents that come with the count of each."""
    judged = np.flatnonzero(counts)
    return total_of(Spread(percents[judged], counts[judged])).mean
