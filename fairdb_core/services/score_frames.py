"""Assessments as frames in memory, kept by the data version of each collection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.summaries import RubricMethod
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.indicators.packing import PACKED
from fairdb_core.repositories.storage import Work
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.patterns import PATTERN, patterns_in
from fairdb_core.services.held_versions import held_of, laid_of
from fairdb_core.services.methods import method_of
from fairdb_core.services.narrowing import Scope
from fairdb_core.services.past import Past
from fairdb_core.services.standing import Standing
from fairdb_core.services.texts import NO_TEXTS

_TIME = pl.Datetime("us", "UTC")


@dataclass(frozen=True)
class Judged:
    """All versions of some collections' datasets, judged by one rubric.

    Attributes:
        versions: Every version, those first that stand no more; by ascending key in each dataset.
        until: The time until which each of these stood.
        standing: The datasets as they stand now.
    """

    versions: Standing
    until: pl.Series
    standing: Standing

    @cached_property
    def past(self) -> Past:
        """How the datasets stood before."""
        return Past(
            self.versions.rows, self.versions.percents.at(self.versions.numbers), self.until
        )


class ScoreFrames:
    """Frames of scores, facts and facets.

    Args:
        cache: Where frames and summaries are kept, by everything they depend on.
        rubrics: By id; the first is the one that is shown when none is chosen.
    """

    def __init__(self, *, cache: Cache, rubrics: Mapping[str, Rubric]) -> None:
        self._cache = cache
        self.rubrics = rubrics

    @property
    def methods(self) -> dict[str, RubricMethod]:
        """What every rubric measures, and how, by its id."""
        return {key: method_of(rubric) for key, rubric in self.rubrics.items()}

    def method(self, rubric: Rubric) -> RubricMethod:
        """Return what a rubric measures, and how."""
        return method_of(rubric)

    def rubric(self, rubric_id: str) -> Rubric:
        """Return a rubric, the usual one where none is named.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        rubric = self.rubrics.get(rubric_id or next(iter(self.rubrics)))
        if rubric is None:
            raise ResourceNotFoundError("Rubric", rubric_id)
        return rubric

    def scope(
        self, work: Work, owner: Viewer | None, rubric: Rubric, seen: Sequence[Collection]
    ) -> Scope:
        """Return what filters are held against, with a person's own datasets where one is given."""
        user_id = owner.user_id if owner else None
        own_ids = work.owners.assigned_to(user_id) if user_id is not None else ()
        names = {collection.collection_id: collection.name for collection in seen}
        method = self.method(rubric)
        patterns = self.standing(work, seen, rubric).patterns
        return Scope(names, method.checks, method.dimensions, own_ids, patterns)

    def standing(self, work: Work, seen: Sequence[Collection], rubric: Rubric) -> Standing:
        """Return the datasets as they stand now, ready to be counted."""
        return self.judged(work, seen, rubric).standing

    def past(self, work: Work, seen: Sequence[Collection], rubric: Rubric) -> Past:
        """Return how the datasets stood before."""
        return self.judged(work, seen, rubric).past

    def versions(self, work: Work, collection: Collection, rubric: Rubric, of: int) -> pl.DataFrame:
        """Return the assessed versions of one dataset."""
        (held,) = held_of(work, self._cache, [collection], self.rubric("").rubric_id)
        is_it = pl.col("dataset_id") == of
        found = [part.filter(is_it) for part in (held.before, held.live) if not part.is_empty()]
        return judged_by(rubric, pl.concat(found, how="diagonal"))[0] if found else held.live

    def judged(self, work: Work, seen: Sequence[Collection], rubric: Rubric) -> Judged:
        """Return all versions of the datasets of some collections."""
        ids = tuple(each.collection_id for each in seen)
        key = ("judged", rubric.key, versions_of(seen))
        return self._cache.large.compute(
            key, lambda: self._judge(work, seen, rubric), slot=("judged", rubric.key, ids)
        )

    def packed(self, work: Work, seen: Sequence[Collection]) -> pl.DataFrame:
        """Return the packed facts of the datasets as they stand, whatever judges them."""
        laid = laid_of(work, self._cache, seen, self.rubric("").rubric_id)
        held = [name for name in laid.rows.columns if name.startswith(PACKED)]
        return laid.rows[held].slice(laid.until.len())

    def _judge(self, work: Work, seen: Sequence[Collection], rubric: Rubric) -> Judged:
        laid = laid_of(work, self._cache, seen, self.rubric("").rubric_id)
        if not laid.rows.height:
            nothing = nothing_standing(rubric)
            return Judged(nothing, laid.until, nothing)
        rows, patterns = judged_by(rubric, laid.rows)
        rows = rows.drop(name for name in rows.columns if name.startswith(PACKED))
        versions = Standing(rows, patterns, laid.texts, codes=laid.codes)
        standing = Standing(rows.slice(laid.until.len()), patterns, laid.texts, among=versions)
        return Judged(versions, laid.until, standing)


def judged_by(rubric: Rubric, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return rows with pattern and percent by a rubric, and the patterns."""
    numbers, patterns = patterns_in(rows, rubric)
    percents = patterns["percent"].gather(numbers)
    return rows.with_columns(numbers.alias(PATTERN), percents.alias("percent")), patterns


def nothing_standing(rubric: Rubric) -> Standing:
    """Return what stands where nothing was assessed."""
    _, patterns = patterns_in(pl.DataFrame(), rubric)
    empty = pl.DataFrame(schema={PATTERN: pl.UInt32, "percent": pl.Float64})
    return Standing(empty, patterns, NO_TEXTS)


def versions_of(seen: Sequence[Collection]) -> tuple[tuple[int, int], ...]:
    """Return what the datasets of some collections depend on."""
    return tuple((each.collection_id, each.data_version) for each in seen)


def state_of(seen: Sequence[Collection]) -> tuple[tuple[int, int, str], ...]:
    """Return what a summary of some collections depends on."""
    return tuple((each.collection_id, each.data_version, each.name) for each in seen)
