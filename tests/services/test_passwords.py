"""Which passwords are refused, and how they are kept and compared."""

import hmac
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha384

import bcrypt
import pytest

from fairdb_core.errors import ValidationError
from fairdb_core.services.passwords import CHECKS_AT_ONCE, PasswordService

KEY = b"k" * 32
GOOD = "seven lamps hum at dusk"


@pytest.fixture(scope="module")
def passwords() -> PasswordService:
    return PasswordService(key=KEY, cost=4)


def test_stored_password_names_its_scheme_and_is_a_keyed_digest(
    passwords: PasswordService,
) -> None:
    stored = passwords.hash(GOOD)
    scheme, hashed = stored.split("$", 1)
    digest = b64encode(hmac.new(KEY, GOOD.encode(), sha384).digest())
    assert scheme == "hmac384-bcrypt"
    assert bcrypt.checkpw(digest, hashed.encode())


def test_same_password_is_stored_differently_each_time(passwords: PasswordService) -> None:
    assert passwords.hash(GOOD) != passwords.hash(GOOD)


def test_right_password_is_right_and_a_wrong_one_is_not(passwords: PasswordService) -> None:
    stored = passwords.hash(GOOD)
    assert passwords.is_right(GOOD, stored)
    assert not passwords.is_right(GOOD.upper(), stored)


def test_another_key_makes_the_right_password_wrong(passwords: PasswordService) -> None:
    other = PasswordService(key=b"o" * 32, cost=4)
    assert not other.is_right(GOOD, passwords.hash(GOOD))


def test_passwords_are_compared_whole_beyond_the_bytes_bcrypt_reads(
    passwords: PasswordService,
) -> None:
    long = "é" * 60 + "abc" * 20
    stored = passwords.hash(long + "1")
    assert passwords.is_right(long + "1", stored)
    assert not passwords.is_right(long + "2", stored)


def test_composed_and_decomposed_letters_are_the_same_password(passwords: PasswordService) -> None:
    assert passwords.is_right("cafe\u0301 au lait is fine", passwords.hash("café au lait is fine"))


@pytest.mark.parametrize("password", ["nul \x00 inside the text", "half \ud800 of a pair here", ""])
def test_odd_characters_can_be_kept_and_compared(passwords: PasswordService, password: str) -> None:
    stored = passwords.hash(password)
    assert passwords.is_right(password, stored)
    assert not passwords.is_right(password + "x", stored)


@pytest.mark.parametrize("stored", ["", "md5$abc", "hmac384"])
def test_nothing_fits_a_stored_password_that_is_not_there(
    passwords: PasswordService, stored: str
) -> None:
    assert not passwords.is_right("nobody has this password", stored)
    assert passwords.needs_upgrade(stored)


def test_hash_of_the_earlier_program_fits_and_wants_an_upgrade(passwords: PasswordService) -> None:
    stored = bcrypt.hashpw(b"old password", bcrypt.gensalt(4)).decode()
    assert passwords.is_right("old password", stored)
    assert not passwords.is_right("new password", stored)
    assert passwords.needs_upgrade(stored)


def test_hash_with_less_work_wants_an_upgrade(passwords: PasswordService) -> None:
    stored = passwords.hash(GOOD)
    assert not passwords.needs_upgrade(stored)
    assert PasswordService(key=KEY, cost=5).needs_upgrade(stored)


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "x7#Kq9!mZ2@pL4v",
        "鳥は夜明け前に三度鳴いて森へ飛び去った",
        "7391846205529174",
        "🦊🐝🐙🦉🐳🦜🐞🦔🐌🦋🐢🦆🐿🦩🦚",
        "an otter eats thirty shells, " * 4,
    ],
)
def test_long_passwords_of_any_characters_are_taken(
    passwords: PasswordService, password: str
) -> None:
    passwords.check(password, username="jdoe", email="jane@example.org")


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        ("kéa-wol-zun-pi1", True),
        ("kéa-wol-zun-pi", False),
        ("ke\u0301a-wol-zun-pi", False),
        ("kea wolf zun pi." * 8, True),
        ("kea wolf zun pi." * 8 + "!", False),
        ("kea wolf zun pi." * 100_000, False),
    ],
)
def test_length_is_counted_in_composed_characters(
    passwords: PasswordService, password: str, is_taken: bool
) -> None:
    if is_taken:
        passwords.check(password)
        return
    with pytest.raises(ValidationError, match="15 to 128"):
        passwords.check(password)


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password12345678!",
        "P@ssw0rd12345678",
        "correcthorsebatterystaple",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "abcdefghijklmnopqrstuvwxyz",
        "qwertyuiopasdfghjkl",
        "1234567890123456",
        "9876543210987654",
        "1q2w3e4r5t6y7u8i",
        "FAIRDatabase2026!",
        "jane-doe-jane-doe-1",
        "jane.roe@example.org",
        "administrator2026",
        "\uff50assword12345678",
    ],
)
def test_passwords_easy_to_guess_are_refused(passwords: PasswordService, password: str) -> None:
    with pytest.raises(ValidationError, match="too easy to guess"):
        passwords.check(password, username="Jane-Doe", email="jane.roe@example.org")


def test_only_the_strict_mode_asks_for_four_kinds_of_characters(
    passwords: PasswordService,
) -> None:
    strict = PasswordService(key=KEY, cost=4, strict=True)
    passwords.check(GOOD)
    with pytest.raises(ValidationError, match=r"add an upper-case letter, a digit$"):
        strict.check(GOOD)
    strict.check("Seven lamps hum at dusk 2")


def test_only_so_many_checks_run_at_once(passwords: PasswordService) -> None:
    stored = passwords.hash(GOOD)
    for _ in range(CHECKS_AT_ONCE):
        assert passwords._slots.acquire(timeout=1)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(passwords.is_right, GOOD, stored)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.2)
        passwords._slots.release(CHECKS_AT_ONCE)
        assert waiting.result(timeout=5)
