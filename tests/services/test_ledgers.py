"""Gains by batch and person over real stores of either kind, undone ones left out."""

import pytest

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.fixes import BulkFix, FixAction
from fairdb_core.domain.ledgers import LedgerLine
from fairdb_core.domain.summaries import Filters
from fairdb_core.domain.uploads import Batch, BatchKind
from tests.services.people import import_text, person

FILE = """identifier,title,license
A-1,Soil moisture,CC BY 4.0
A-2,River discharge,
A-3,Air temperature,
"""


def upload(core: Core, viewer: Viewer) -> Batch:
    made = core.collections.create(viewer, "Rhine", visibility=Visibility.INSTITUTION)
    return import_text(core, viewer, made.collection_id, FILE)


def fix(core: Core, viewer: Viewer, field: str, value: str) -> Batch:
    target = core.bulk_fixes.targets(viewer, Filters())[0]
    asked = BulkFix(field, FixAction.FILL, value)
    plan = core.bulk_fixes.plan(viewer, target.collection_id, target.dataset_ids, asked)
    return core.uploads.commit(viewer, plan)


def line_of(core: Core, viewer: Viewer, batch: Batch) -> LedgerLine:
    lines = core.ledgers.ledger(viewer).lines
    return next(line for line in lines if line.batch_id == batch.batch_id)


def test_gain_is_the_rise_of_the_mean_times_the_datasets(core: Core) -> None:
    sam, ada = person(core, "sam"), person(core, "ada", Role.ADMINISTRATOR)
    first = upload(core, sam)
    licences = fix(core, sam, "license", "MIT")
    rights = fix(core, ada, "access_rights", "open access")
    for batch, count in ((licences, 2), (rights, 3)):
        line = line_of(core, sam, batch)
        assert batch.score_before is not None
        assert batch.score_after is not None
        assert (line.mean_before, line.mean_after) == (batch.score_before, batch.score_after)
        assert line.dataset_count == count
        assert line.points == pytest.approx(3 * (batch.score_after - batch.score_before), abs=0.01)
        assert line.points > 0
    assert (line_of(core, sam, first).dataset_count, line_of(core, sam, first).points) == (0, 0)
    people = {p.author_name: p for p in core.ledgers.ledger(sam).people}
    assert people["sam"].points == line_of(core, sam, licences).points
    assert (people["sam"].batch_count, people["ada"].dataset_count) == (2, 3)


def test_what_was_undone_does_not_count_until_it_is_redone(core: Core) -> None:
    sam = person(core, "sam")
    upload(core, sam)
    batch = fix(core, sam, "license", "MIT")
    gained = core.ledgers.ledger(sam).people[0].points
    undo = core.batches.undo(sam, batch.batch_id)
    assert line_of(core, sam, batch).is_undone
    assert core.ledgers.ledger(sam).people[0].points == 0
    assert all(line.kind is not BatchKind.UNDO for line in core.ledgers.ledger(sam).lines)
    core.batches.undo(sam, undo.batch_id)
    assert core.ledgers.ledger(sam).people[0].points == gained > 0


def test_ledger_tells_nothing_of_collections_that_somebody_may_not_change(core: Core) -> None:
    upload(core, person(core, "sam"))
    for name, role in (("eve", Role.STEWARD), ("rosa", Role.RESEARCHER)):
        assert core.ledgers.ledger(person(core, name, role)).lines == ()
