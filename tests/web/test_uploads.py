"""Large files, streamed to disk under an id of ours."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from fairdb_core import Core
from fairdb_core.domain.accounts import Viewer
from fairdb_core.web import uploads
from fairdb_core.web.uploads import MOST_ARRIVING, MOST_KEPT, Spool, spool_of

SignIn = Callable[[str], str]
Client = Callable[..., TestClient]
OWN = {"X-Requested-With": "fairdb"}
MEGABYTE = 1 << 20


@pytest.fixture(autouse=True)
def folder(core: Core) -> Iterator[Path]:
    """The spool's folder, empty before and after."""
    folder = core.settings.data_dir / "spool"
    yield folder
    spool_of(core)._forget(list(spool_of(core)._files))
    assert list(folder.glob("*")) == []


def _viewer(core: Core, token: str) -> Viewer:
    viewer = core.sessions.resolve(token)
    assert viewer is not None
    return viewer


def test_file_is_kept_for_its_owner_under_a_name_of_ours(
    core: Core, client: Client, token_of: SignIn, folder: Path
) -> None:
    token = token_of("stefan")
    body = b"title\n" * 100_000
    reply = client(token).put("/uploads/..%5Cb%22%20.csv", content=body, headers=OWN)
    assert reply.status_code == 200
    upload_id = reply.json()["upload_id"]
    assert reply.json() == {"upload_id": upload_id, "byte_count": len(body)}
    assert [path.name for path in folder.iterdir()] == [f"{upload_id}.part"]
    assert folder.stat().st_mode & 0o077 == 0
    own, foreign = _viewer(core, token), _viewer(core, token_of("anna"))
    found = spool_of(core).find(upload_id, own)
    assert found is not None
    assert found == spool_of(core).latest(own)
    assert found.file_name == '..\\b" .csv'
    assert found.path.read_bytes() == body
    assert spool_of(core).find(upload_id, foreign) is None
    assert spool_of(core).latest(foreign) is None
    assert spool_of(core).latest(Viewer(None)) is None


@pytest.mark.parametrize(
    ("name", "headers", "status"),
    [
        (None, OWN, 401),
        ("rita", OWN, 403),
        ("stefan", {}, 403),
        ("stefan", {**OWN, "Origin": "https://evil.example"}, 403),
        ("stefan", {**OWN, "Content-Length": str(MEGABYTE + 1)}, 413),
    ],
)
def test_file_is_refused_before_it_is_read(
    blocks_read: Callable[..., tuple[int, int]],
    token_of: SignIn,
    name: str | None,
    headers: dict[str, str],
    status: int,
) -> None:
    cookie = {"Cookie": f"fairdb_session={token_of(name)}"} if name else {}
    assert blocks_read("PUT", "/uploads/a.csv", {**headers, **cookie}) == (status, 0)


def test_body_beyond_the_limit_is_cut_off_and_leaves_nothing(
    blocks_read: Callable[..., tuple[int, int]], token_of: SignIn, folder: Path
) -> None:
    headers = {**OWN, "Cookie": f"fairdb_session={token_of('stefan')}"}
    status, taken = blocks_read("PUT", "/uploads/a.csv", headers)
    assert status == 413
    assert taken == MEGABYTE // 1_000 + 1
    assert list(folder.glob("*")) == []


def test_oldest_file_of_a_person_makes_room(
    core: Core, client: Client, token_of: SignIn, folder: Path
) -> None:
    other = client(token_of("anna")).put("/uploads/a.csv", content=b"a", headers=OWN).json()
    browser = client(token_of("stefan"))
    ids = [
        browser.put(f"/uploads/{number}.csv", content=b"a", headers=OWN).json()["upload_id"]
        for number in range(MOST_KEPT + 2)
    ]
    kept = {path.stem for path in folder.iterdir()}
    assert kept == {other["upload_id"], *ids[-MOST_KEPT:]}


def test_only_so_many_files_of_a_person_arrive_at_once(
    core: Core, client: Client, token_of: SignIn
) -> None:
    token = token_of("stefan")
    user_id = _viewer(core, token).user_id
    assert user_id is not None
    with spool_of(core).place(user_id), spool_of(core).place(user_id):
        assert MOST_ARRIVING == 2
        reply = client(token).put("/uploads/a.csv", content=b"a", headers=OWN)
        assert reply.status_code == 429
    assert client(token).put("/uploads/a.csv", content=b"a", headers=OWN).status_code == 200


def test_file_that_nobody_came_for_is_gone_after_an_hour(
    core: Core,
    client: Client,
    token_of: SignIn,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = token_of("stefan")
    reply = client(token).put("/uploads/a.csv", content=b"a", headers=OWN)
    viewer = _viewer(core, token)
    now = uploads.time.monotonic()
    monkeypatch.setattr(uploads.time, "monotonic", lambda: now + 3_601)
    assert spool_of(core).find(reply.json()["upload_id"], viewer) is None
    assert spool_of(core).latest(viewer) is None
    assert list(folder.iterdir()) == []


def test_what_an_earlier_process_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "left.part").write_bytes(b"a")
    (tmp_path / "other.txt").write_bytes(b"a")
    Spool(tmp_path).clear()
    assert [path.name for path in tmp_path.iterdir()] == ["other.txt"]
