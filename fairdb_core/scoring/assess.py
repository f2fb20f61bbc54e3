"""Facts, percents and facets of records side by side: what is stored, and what charts read."""

import polars as pl

from fairdb_core.indicators import INDICATORS
from fairdb_core.indicators.packing import packed
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.facets import facets
from fairdb_core.scoring.kernel import BATCH_ROWS, compute_facts, score


def assess(records: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Return everything that is kept of some records, in their order.

    Args:
        records: A normalised record frame.
        rubric: What the facts are worth.

    Returns:
        The ``percent`` of ``score``, ``facets``, and the columns of ``compute_facts`` as ``packed``
        gives them, since a column each takes several times the memory.
    """
    parts = [
        _assess(records.slice(start, BATCH_ROWS), rubric)
        for start in range(0, max(records.height, 1), BATCH_ROWS)
    ]
    return pl.concat(parts)


def _assess(records: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    facts = compute_facts(records)
    percent = score(facts, rubric).select("percent")
    return packed(pl.concat([facts, percent, facets(records)], how="horizontal"), list(INDICATORS))
