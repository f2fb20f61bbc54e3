import pytest

from fairdb_core.errors import DuplicateError
from fairdb_core.repositories.storage import Storage


def test_team_knows_its_members(storage: Storage) -> None:
    with storage.work() as work:
        ada = work.users.add("ada", "ada@example.org").user_id
        grace = work.users.add("grace", "grace@example.org").user_id
        soil = work.teams.add("Soil").team_id
        work.teams.add("Air")
        for user_id in (ada, grace, ada):
            work.teams.add_member(soil, user_id)
        work.teams.remove_member(soil, grace)
    with storage.read() as work:
        assert [(team.name, team.member_user_ids) for team in work.teams.all()] == [
            ("Air", frozenset()),
            ("Soil", frozenset({ada})),
        ]
        assert list(work.teams.names().values()) == ["Air", "Soil"]
        assert work.teams.get(soil) == work.teams.all()[1]


def test_two_teams_never_have_the_same_name(storage: Storage) -> None:
    with storage.work() as work:
        work.teams.add("Soil")
        air = work.teams.add("Air").team_id
    with pytest.raises(DuplicateError, match="SOIL"), storage.work() as work:
        work.teams.add("SOIL")
    with pytest.raises(DuplicateError, match="soil"), storage.work() as work:
        work.teams.rename(air, "soil")
