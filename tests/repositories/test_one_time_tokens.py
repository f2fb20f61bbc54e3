from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from fairdb_core.repositories.one_time_tokens import TokenPurpose
from fairdb_core.repositories.storage import Storage


def _soon() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=1)


def test_token_works_once_and_only_for_its_purpose(storage: Storage) -> None:
    with storage.work() as work:
        user_id = work.users.add("ada", "ada@example.org").user_id
        work.one_time_tokens.add("h", TokenPurpose.RESET, expires_at=_soon(), user_id=user_id)
    with storage.work() as work:
        assert work.one_time_tokens.claim("h", TokenPurpose.SETUP) is None
        assert work.one_time_tokens.find("h", TokenPurpose.RESET) is not None
        claimed = work.one_time_tokens.claim("h", TokenPurpose.RESET)
        assert claimed is not None
        assert claimed.user_id == user_id
        assert work.one_time_tokens.claim("h", TokenPurpose.RESET) is None
        assert work.one_time_tokens.find("h", TokenPurpose.RESET) is None


def test_token_that_is_too_old_is_worthless_and_can_be_forgotten(storage: Storage) -> None:
    with storage.work() as work:
        work.one_time_tokens.add(
            "h", TokenPurpose.SETUP, expires_at=datetime.now(UTC) - timedelta(seconds=1)
        )
    with storage.work() as work:
        assert work.one_time_tokens.claim("h", TokenPurpose.SETUP) is None
        work.one_time_tokens.forget_expired(TokenPurpose.SETUP)
        work.one_time_tokens.add("h", TokenPurpose.SETUP, expires_at=_soon())
        assert work.one_time_tokens.claim("h", TokenPurpose.SETUP) is not None


def test_tokens_of_a_person_end_for_one_purpose_or_all(storage: Storage) -> None:
    with storage.work() as work:
        user_id = work.users.add("ada", "ada@example.org").user_id
        for purpose in (TokenPurpose.RESET, TokenPurpose.SIGN_IN):
            work.one_time_tokens.add(purpose, purpose, expires_at=_soon(), user_id=user_id)
        work.one_time_tokens.end_of_user(user_id, TokenPurpose.RESET)
        assert work.one_time_tokens.find(TokenPurpose.RESET, TokenPurpose.RESET) is None
        assert work.one_time_tokens.find(TokenPurpose.SIGN_IN, TokenPurpose.SIGN_IN) is not None
        work.one_time_tokens.end_of_user(user_id)
        assert work.one_time_tokens.find(TokenPurpose.SIGN_IN, TokenPurpose.SIGN_IN) is None


def test_of_many_who_claim_a_token_at_once_one_gets_it(storage: Storage) -> None:
    with storage.work() as work:
        work.one_time_tokens.add("h", TokenPurpose.SETUP, expires_at=_soon())

    def claim(_: int) -> bool:
        with storage.work() as work:
            return work.one_time_tokens.claim("h", TokenPurpose.SETUP) is not None

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(claim, range(8))) == 1
