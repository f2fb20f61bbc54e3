from datetime import UTC, datetime

import pytest
from pydantic import BaseModel

from fairdb_core.errors import DuplicateError
from fairdb_core.repositories.generic import BaseRepository
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import TeamRow


class TeamValues(BaseModel):
    name: str = ""
    name_key: str = ""
    created_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


def test_rows_are_made_read_changed_and_removed(storage: Storage) -> None:
    with storage.work() as work:
        teams = BaseRepository(TeamRow, work.session)
        soil = teams.create(TeamValues(name="Soil", name_key="soil"))
        teams.create(TeamValues(name="Water", name_key="water"))
        assert teams.get(soil.team_id) is soil
        assert [row.name for row in teams.get_multi(skip=1, limit=5)] == ["Water"]
        changed = teams.update(soil.team_id, TeamValues(name="Soils"))
        assert changed is not None
        assert (changed.name, changed.name_key) == ("Soils", "soil")
        assert teams.delete(soil.team_id)
        assert not teams.delete(soil.team_id)
        assert teams.update(soil.team_id, TeamValues(name="x")) is None


def test_clash_is_a_value_error_and_nothing_is_committed(storage: Storage) -> None:
    twice = TeamValues(name="Soil", name_key="soil")
    with pytest.raises(ValueError, match="clashes"):
        _create(storage, twice, twice)
    with storage.read() as work:
        assert BaseRepository(TeamRow, work.session).get_multi() == []
    assert issubclass(DuplicateError, ValueError)


def _create(storage: Storage, *values: TeamValues) -> None:
    with storage.work() as work:
        for each in values:
            BaseRepository(TeamRow, work.session).create(each)
