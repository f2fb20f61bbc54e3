"""Published rubrics as files that say what each fact is worth."""

from fairdb_core.rubrics.loader import (
    DEFAULT_RUBRIC,
    Dimension,
    Metric,
    Rubric,
    Test,
    load_rubrics,
    parse_rubric,
)

__all__ = [
    "DEFAULT_RUBRIC",
    "Dimension",
    "Metric",
    "Rubric",
    "Test",
    "load_rubrics",
    "parse_rubric",
]
