"""Proposed fixes in a real store of either kind, those from before proposals were kept together."""

from alembic import command
from sqlalchemy import text

from fairdb_core.domain.fixes import BulkFix, FixAction
from fairdb_core.domain.proposed_fixes import ProposalState
from fairdb_core.domain.uploads import MeanScore
from fairdb_core.repositories.schema import _config, migrate
from fairdb_core.repositories.storage import Storage

OLD = """
    INSERT INTO fix_proposals (collection_id, author_user_id, author_name, fix, dataset_ids,
        effect_digest, update_count, score_before, score_after, note, state, decided_by_name,
        decision_note, created_at)
    VALUES (:collection_id, :user_id, 'ada', :fix, '[1, 2]', 'd', 2, 40.0, 45.5, '', 'open', '',
        '', '2026-01-02 03:04:05')
"""
FIX = """{"field": "license", "action": "fill", "value": "MIT", "found": "", "source": "",
    "separator": "", "table": null}"""


def test_proposals_from_before_they_were_kept_together_stand_for_themselves(
    storage_url: str,
) -> None:
    store = Storage(storage_url)
    with store.work() as work:
        command.upgrade(_config(work.session.connection()), "0014")
        user_id = work.users.add("ada", "ada@example.org").user_id
        keys = [work.collections.add(name, user_id).collection_id for name in ("Elbe", "Rhine")]
        for key in keys:
            work.session.execute(text(OLD), {"collection_id": key, "user_id": user_id, "fix": FIX})
    assert migrate(store)[0] == "0014"
    with store.work() as work:
        (second,), (first,) = work.proposed_fixes.of_collections(keys)
        assert work.proposed_fixes.of_act(first.proposal_id, lock=True) == [first]
        assert work.proposed_fixes.of_act(second.proposal_id + 1) == []
        work.proposed_fixes.decide(first, ProposalState.DECLINED, by_name="eve", note="no")
    assert (first.fix, first.act_id) == (BulkFix("license", FixAction.FILL, "MIT"), None)
    assert (first.before, first.after) == (MeanScore(40.0, None), MeanScore(45.5, None))
    with store.read() as work:
        states = [part.state for (part,) in work.proposed_fixes.of_collections(keys)]
    assert states == [ProposalState.OPEN, ProposalState.DECLINED]
    store.close()
