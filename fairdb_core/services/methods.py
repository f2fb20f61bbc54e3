"""What a rubric measures and how, for the method page, and what meeting a check is worth."""

from functools import lru_cache

import numpy as np
import polars as pl

from fairdb_core.domain.summaries import CheckMethod, RubricMethod
from fairdb_core.indicators import Basis
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.rubrics import Rubric, Test
from fairdb_core.rubrics.writing import ADDED_PREFIX
from fairdb_core.scoring.gains import gains
from fairdb_core.services.narrowing import fails
from fairdb_core.services.standing import Matching

_DECIDED_BY = {
    Basis.RECORD: "record",
    Basis.EXTRA_COLUMN: "record*",
    Basis.NETWORK: "network",
    Basis.PERSON: "person",
}


@lru_cache(maxsize=32)
def method_of(rubric: Rubric) -> RubricMethod:
    """Return a rubric in the words of the method page."""
    return RubricMethod(
        rubric_id=rubric.rubric_id,
        title=rubric.title,
        version=rubric.version,
        digest=rubric.digest,
        source=rubric.source,
        summary=rubric.summary.strip(),
        has_total=rubric.has_total,
        dimensions=tuple(
            (
                dimension.id,
                dimension.title,
                sum(m.possible for m in rubric.metrics if m.dimension == dimension.id),
            )
            for dimension in rubric.dimensions
        ),
        checks=tuple(
            CheckMethod(
                check_id=test.id,
                indicator=test.indicator,
                dimension=metric.dimension,
                principle=metric.principle,
                question=test.fact.question,
                points=test.points,
                rule=test.rule,
                source=_source_of(test, rubric),
                decided_by=_DECIDED_BY[test.fact.basis],
                priority=test.priority,
                advice=test.fact.advice,
                fields=test.fact.fields,
                fix_fields=test.fact.fix_fields,
                example=FIELD_BY_NAME[test.fact.fields[0]].example if test.fact.fields else "",
            )
            for metric in rubric.metrics
            for test in metric.tests
        ),
    )


def _source_of(test: Test, rubric: Rubric) -> str:
    """Return where a test is published under its id; one that was added is so nowhere else."""
    if test.id.startswith(ADDED_PREFIX):
        return f"added in {rubric.title} {rubric.version}"
    return rubric.source


def gains_of_mean(found: Matching, rubric: Rubric) -> dict[str, float]:
    """Return by how much the mean rises when a check is met wherever it fails now, by check.

    Args:
        found: The datasets that the mean is of.
        rubric: By which they are judged.
    """
    patterns = found.standing.patterns
    rises = found.standing.once("rises", lambda: _rises(patterns, rubric))
    is_judged = patterns["percent"].is_not_null().to_numpy()
    counts = np.where(is_judged, found.pattern_counts, 0)
    if not counts.sum():
        return {}
    means = counts @ rises.to_numpy() / counts.sum()
    return dict(zip(rises.columns, means.tolist(), strict=True))


def _rises(patterns: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Return by how much the percent of each pattern rises when a check that fails is met."""
    facts = {test.id: f"fact:{test.indicator}" for test in rubric.tests}
    rises = gains(patterns, rubric)
    return patterns.hstack(rises).select(
        pl.when(fails(facts[name])).then(name).otherwise(0.0).alias(name) for name in rises.columns
    )
