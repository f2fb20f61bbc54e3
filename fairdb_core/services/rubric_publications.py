"""Rubrics of one's own: seeing who would move by a draft, and publishing it."""

import polars as pl

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.permissions import Action, require
from fairdb_core.domain.rubric_drafts import DraftPreview, MovedDataset, PublishedRubric
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Storage
from fairdb_core.rubrics import Rubric
from fairdb_core.rubrics.writing import read_draft
from fairdb_core.services.explore import with_titles
from fairdb_core.services.rubric_catalogue import RubricCatalogue
from fairdb_core.services.rubric_drafts import chosen_rubric, held_draft
from fairdb_core.services.score_frames import ScoreFrames
from fairdb_core.services.standing import Standing

MOST_SHOWN = 5
_LEAST = 1e-9
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
            now = self._frames.standing(work, seen, base)
            then = self._frames.judge(work, seen, rubric).standing
        return preview_of(now, then, base, rubric)

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


def preview_of(now: Standing, then: Standing, base: Rubric, rubric: Rubric) -> DraftPreview:
    """Return who would move among assessed datasets.

    Args:
        now: The datasets that stand, with their percents by ``base``.
        then: The same in the same order, with their percents by ``rubric``.
        base: By which they are held now.
        rubric: By which they would be.
    """
    if not now.height:
        return DraftPreview(base.title, rubric.title, 0, 0, 0, None, None, ())
    both = pl.DataFrame(
        {
            "dataset_id": now.rows["dataset_id"],
            "place": pl.int_range(now.height, eager=True),
            "before": now.rows["percent"],
            "after": then.rows["percent"],
        }
    )
    judged = both.drop_nulls().with_columns(moved=pl.col("after") - pl.col("before"))
    means = judged.select(pl.col("before").mean(), pl.col("after").mean()).row(0)
    most = (
        judged.filter(pl.col("moved").abs() > _LEAST)
        .with_columns(size=-pl.col("moved").abs())
        .bottom_k(MOST_SHOWN, by=["size", "dataset_id"])
        .sort("size", "dataset_id")
    )
    most = most.with_columns(now.texts_at(most["place"].to_numpy()))
    return DraftPreview(
        base_title=f"{base.title} {base.version}",
        title=f"{rubric.title} {rubric.version}",
        count=judged.height,
        risen=int((judged["moved"] > _LEAST).sum()),
        fallen=int((judged["moved"] < -_LEAST).sum()),
        mean_before=means[0],
        mean_after=means[1],
        most=tuple(
            MovedDataset(row["dataset_id"], row["title"] or "", row["before"], row["after"])
            for row in with_titles(most).iter_rows(named=True)
        ),
    )
