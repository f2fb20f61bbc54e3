"""Bulk fixes over random histories: a plan is its effect, and an undo loses nothing of others."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairdb_core import Core, records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.fixes import BulkFix, FixAction, LookUp
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.domain.uploads import Batch, ColumnMapping
from fairdb_core.errors import ConflictError, NothingChangedError
from fairdb_core.exporters.tables import csv_of
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import Record, values_of

COUNT = 4
VALUES = {
    "license": ("MIT", "CC0-1.0", "cc by 4.0", "as agreed"),
    "publisher": ("Rhine Observatory", "NASA"),
    "description": ("Hourly soil moisture at a station of the Rhine", "Water levels"),
    "keywords": ("soil", "soil\nwater", "clay, loam", "air"),
    "creators": ("Curie, Marie 0000-0002-1825-0097", "Brandt, Ilse 0000-0002-1825-0098"),
}
State = dict[int, Record]
on_one_store = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Act:
    """A fix of some datasets, by their places."""

    fix: BulkFix
    places: frozenset[int]


@st.composite
def fixes(draw: st.DrawFn) -> BulkFix:
    field = draw(st.sampled_from(sorted(VALUES)))
    value = draw(st.sampled_from(VALUES[field]))
    actions = [each for each in FixAction if each not in (FixAction.SPLIT, FixAction.JOIN)]
    if FIELD_BY_NAME[field].is_many:
        actions = list(FixAction)
    action = draw(st.sampled_from(actions))
    pairs = [(f"R-{n}", draw(st.sampled_from(VALUES[field])).replace("\n", ";")) for n in (0, 1, 1)]
    return BulkFix(
        field,
        action,
        value=value,
        found=draw(st.sampled_from(VALUES[field])).split("\n")[0],
        source=draw(st.sampled_from(sorted(set(VALUES) - {field}))),
        separator=draw(st.sampled_from((",", " "))),
        table=LookUp("t.csv", tuple(pairs)) if action is FixAction.LOOK_UP else None,
    )


@dataclass(frozen=True)
class History:
    """A fix with what happened before it and after it."""

    earlier: list[Act]
    act: Act
    later: list[Act]
    saved: dict[int, str]


acts = st.builds(Act, fixes(), st.frozensets(st.integers(0, COUNT - 1), min_size=1))
histories = st.builds(
    History,
    earlier=st.lists(acts, max_size=2),
    act=acts,
    later=st.lists(acts, max_size=3),
    saved=st.dictionaries(
        st.integers(0, COUNT - 1), st.sampled_from(VALUES["publisher"]), max_size=2
    ),
)
rows = st.lists(
    st.fixed_dictionaries(
        {name: st.sampled_from(("", *values)) for name, values in VALUES.items()}
    ),
    min_size=COUNT,
    max_size=COUNT,
)


def begin(core: Core, steward: Viewer, cells: list[dict[str, str]]) -> tuple[int, list[int]]:
    """Store the rows in a collection of their own; return it and its datasets by place."""
    made = core.collections.create(steward, uuid4().hex, visibility=Visibility.PRIVATE)
    names = ["identifier", "title", *VALUES]
    lines = [
        [f"R-{n}", f"Dataset {n}", *(row[name].replace("\n", ";") for name in VALUES)]
        for n, row in enumerate(cells)
    ]
    table = core.previews.read(steward, csv_of(names, lines), "r.csv")
    mapping = [
        ColumnMapping(name, name, value_separator=";" if FIELD_BY_NAME[name].is_many else None)
        for name in names
    ]
    plan = core.previews.plan(steward, made.collection_id, table, mapping)
    core.uploads.commit(steward, plan)
    keys = core.assessments.matching(steward, only(made.collection_id))[made.collection_id]
    by_identity = {core.datasets.get(steward, key).identity: key for key in keys}
    return made.collection_id, [by_identity[f"R-{n}"] for n in range(COUNT)]


def only(collection_id: int) -> Filters:
    return Filters(chosen=((Facet.COLLECTION, (str(collection_id),)),))


def state(core: Core, steward: Viewer, keys: list[int]) -> State:
    return {key: core.datasets.get(steward, key).record for key in keys}


def do(core: Core, steward: Viewer, place: tuple[int, list[int]], act: Act) -> Batch | None:
    """Carry out a fix, unless it changes nothing."""
    chosen = [place[1][n] for n in sorted(act.places)]
    plan = core.bulk_fixes.plan(steward, place[0], chosen, act.fix)
    return core.uploads.commit(steward, plan) if plan.counts.changes else None


@given(cells=rows, act=acts)
@on_one_store
def test_what_a_plan_shows_is_what_a_fix_does(
    core: Core, steward: Viewer, cells: list[dict[str, str]], act: Act
) -> None:
    collection_id, keys = begin(core, steward, cells)
    before = state(core, steward, keys)
    chosen = [keys[n] for n in sorted(act.places)]
    plan = core.bulk_fixes.plan(steward, collection_id, chosen, act.fix)
    assert plan.counts.update + plan.counts.unchanged == len(chosen)
    shown = core.plan_views.differences(steward, plan)
    core.uploads.commit(steward, plan)
    after = state(core, steward, keys)
    planned = dict(plan.rows.select("dataset_id", "metadata_json").iter_rows())
    for key in keys:
        expected = records.from_json(planned[key]) if key in planned else before[key]
        assert after[key] == expected
        changed = {name for name in FIELD_BY_NAME if before[key].get(name) != after[key].get(name)}
        assert changed <= {act.fix.field}
    assert plan.counts.update == sum(before[key] != after[key] for key in keys) == len(shown)
    found = core.assessments.explore(steward, only(collection_id))
    assert found.mean == pytest.approx(plan.score_after, abs=1e-4)
    percents = {row.dataset_id: row.percent for row in found.rows}
    for key, percent in plan.rows.select("dataset_id", "percent_after").iter_rows():
        assert percents[key] == pytest.approx(percent)


def expected_after_undo(before: State, written: State, now: State) -> tuple[State, set[int]]:
    """Return what should stand after an undo, and the datasets with something left alone."""
    expected: State = {}
    left = set()
    for key, record in now.items():
        merged = dict(record)
        for name in FIELD_BY_NAME:
            was, wrote, stands = (values_of(side[key], name) for side in (before, written, now))
            if was == wrote:
                continue
            if stands == wrote:
                merged.pop(name, None)
                if was:
                    merged[name] = was if FIELD_BY_NAME[name].is_many else was[0]
            elif stands != was:
                left.add(key)
        expected[key] = merged
    return expected, left


@given(cells=rows, history=histories)
@on_one_store
def test_undo_puts_back_equal_records_and_loses_nothing_of_others(
    core: Core, steward: Viewer, cells: list[dict[str, str]], history: History
) -> None:
    place = begin(core, steward, cells)
    keys = place[1]
    for each in history.earlier:
        do(core, steward, place, each)
    before = state(core, steward, keys)
    batch = do(core, steward, place, history.act)
    if batch is None:
        return
    written = state(core, steward, keys)
    for each in history.later:
        do(core, steward, place, each)
    for number, publisher in history.saved.items():
        seen = core.datasets.get(steward, keys[number])
        typed = {**core.datasets.typed(seen), "publisher": publisher}
        with suppress(NothingChangedError):
            core.datasets.save(steward, place[0], typed, editing=seen)
    now = state(core, steward, keys)
    expected, left = expected_after_undo(before, written, now)
    shown = core.undo_plans.plan(steward, batch.batch_id)
    if expected == now:
        with pytest.raises(ConflictError, match="Nothing can be undone") as refused:
            core.batches.undo(steward, batch.batch_id, shown)
        assert shown.refusal == str(refused.value)
        return
    undo = core.batches.undo(steward, batch.batch_id, shown)
    assert (shown.put_back, shown.removed, shown.kept, shown.refusal) == (
        undo.counts.update, undo.counts.remove, undo.counts.refused, "",
    )  # fmt: skip
    assert state(core, steward, keys) == expected
    if not history.later and not history.saved:
        assert expected == before
    assert undo.counts.update == sum(expected[key] != now[key] for key in keys)
    assert undo.counts.refused == len(left)
    assert {each.dataset_id for each in core.batches.conflicts(steward, undo.batch_id)} == left
    mean = core.assessments.explore(steward, only(place[0])).mean
    assert mean == pytest.approx(undo.score_after, abs=1e-6)
    core.batches.undo(steward, undo.batch_id)
    assert state(core, steward, keys) == now


@given(cells=st.tuples(rows, rows), act=acts, later=st.lists(st.tuples(st.integers(0, 1), acts)))
@on_one_store
def test_undo_of_one_act_over_two_collections_is_what_undoing_each_would_be(
    core: Core,
    steward: Viewer,
    cells: tuple[list[dict[str, str]], ...],
    act: Act,
    later: list[tuple[int, Act]],
) -> None:
    places = [begin(core, steward, each) for each in cells]
    keys = [key for place in places for key in place[1]]
    before = state(core, steward, keys)
    plans = [
        core.bulk_fixes.plan(steward, place[0], [place[1][n] for n in sorted(act.places)], act.fix)
        for place in places
    ]
    if not any(plan.counts.changes for plan in plans):
        return
    done = core.uploads.commit(steward, *plans)
    written = state(core, steward, keys)
    for number, each in later:
        do(core, steward, places[number], each)
    now = state(core, steward, keys)
    expected, left = expected_after_undo(before, written, now)
    shown = core.undo_plans.plan(steward, done.batch_id)
    if expected == now:
        with pytest.raises(ConflictError) as refused:
            core.batches.undo(steward, done.batch_id, shown)
        assert shown.refusal == str(refused.value)
        return
    undo = core.batches.undo(steward, done.batch_id, shown)
    assert (shown.put_back, shown.kept) == (undo.counts.update, undo.counts.refused)
    assert state(core, steward, keys) == expected
    if not later:
        assert expected == before
    assert {each.dataset_id for each in core.batches.conflicts(steward, undo.batch_id)} == left
    both = Filters().with_values(Facet.COLLECTION, [str(place[0]) for place in places])
    mean = core.assessments.explore(steward, both).mean
    assert mean == pytest.approx(undo.score_after, abs=1e-6)
    core.batches.undo(steward, undo.batch_id)
    assert state(core, steward, keys) == now
