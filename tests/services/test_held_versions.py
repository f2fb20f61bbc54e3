"""What is held of a collection after more was stored, against reading all of it again."""

import polars as pl
from hypothesis import given

from fairdb_core.repositories.assessments import AssessedVersions
from fairdb_core.services.held_versions import Held
from fairdb_core.services.past import told
from tests.services.test_past import STEPS, rows_of


@given(STEPS, STEPS)
def test_new_versions_join_what_is_held_as_if_all_were_read_again(
    steps: list[tuple[int, int, float | None, bool]],
    more: list[tuple[int, int, float | None, bool]],
) -> None:
    every = rows_of([*steps, *more], is_in_order=True)
    first, new = every.head(len(steps)), every.tail(len(more))
    joined = Held(frozenset([1]), *told(first)).with_new(frozenset([1, 2]), AssessedVersions(new))
    before, live = told(every)
    for found, expected in ((joined.before, before), (joined.live, live)):
        assert found.sort("dataset_version_id").equals(expected.sort("dataset_version_id"))
    versions = pl.concat([joined.before.drop("until_at"), joined.live])
    for _, of_one in versions.group_by("dataset_id"):
        ordered = versions.filter(pl.col("dataset_id") == of_one["dataset_id"][0])
        assert ordered["dataset_version_id"].is_sorted()
