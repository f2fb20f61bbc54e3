"""Checks by groups, worked out by hand."""

import polars as pl
import pytest

from fairdb_core import records
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.repositories.chunk_layout import compact
from fairdb_core.rubrics import load_rubrics
from fairdb_core.scoring.assess import assess
from fairdb_core.services.heatmaps import heatmap
from fairdb_core.services.methods import method_of
from fairdb_core.services.narrowing import Scope
from fairdb_core.services.score_frames import judged_by, nothing_standing
from fairdb_core.services.standing import Standing

RUBRIC = load_rubrics()["fsf_v0_8"]
LICENCE = "FsF-R1.1-01M-1"


def standing_of(*given: records.Record) -> tuple[Standing, Scope]:
    rows = compact(assess(records.frame_of(given), RUBRIC)).with_columns(
        dataset_id=pl.int_range(pl.len()), collection_id=pl.lit(1), batch_id=pl.lit(1)
    )
    standing = Standing(*judged_by(RUBRIC, rows))
    method = method_of(RUBRIC)
    return standing, Scope(
        {1: "Soil"}, method.checks, method.dimensions, patterns=standing.patterns
    )


def test_cells_count_who_fails_and_who_could_be_judged() -> None:
    standing, scope = standing_of(
        {"title": "Rain", "publisher": "Zenodo"},
        {"title": "Snow", "publisher": "Zenodo", "license": "CC0-1.0"},
        {"title": "Hail", "license": "MIT"},
    )
    found = heatmap(standing, Filters(), scope, RUBRIC, Facet.PUBLISHER)
    assert [(group.label, group.count) for group in found.groups] == [
        ("Zenodo", 2),
        ("(not given)", 1),
    ]
    licence = next(check for check in found.checks if check.check_id == LICENCE)
    assert (licence.failed, licence.judged) == ((1, 0), (2, 1))
    gains = [check.gain for check in found.checks]
    assert gains == sorted(gains, reverse=True)
    assert found.check_count == len(found.checks)


def test_filters_narrow_the_cells_down() -> None:
    standing, scope = standing_of({"title": "Rain"}, {"title": "Snow"})
    one = Filters(ids=(1,))
    found = heatmap(standing, one, scope, RUBRIC, Facet.COLLECTION)
    assert (found.count, found.groups[0].label, found.groups[0].count) == (1, "Soil", 1)
    assert all(check.judged == (1,) for check in found.checks)


@pytest.mark.parametrize("filters", [Filters(ids=(99,)), Filters()])
def test_nothing_makes_an_empty_heatmap(filters: Filters) -> None:
    standing, scope = standing_of({"title": "Rain"})
    if filters.is_empty:
        standing = nothing_standing(RUBRIC)
    found = heatmap(standing, filters, scope, RUBRIC, Facet.YEAR)
    assert (found.groups, found.checks) == ((), ())
