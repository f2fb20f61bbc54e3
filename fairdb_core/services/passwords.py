"""Passwords: which are good enough, how they are kept, and how long a check takes.

A stored password names its scheme. The password itself never reaches bcrypt, which stops at 72
bytes: it gets a keyed digest, so the stored hashes are worth nothing without the secret key.
"""

import hmac
import re
import unicodedata
from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha384
from importlib.resources import files
from threading import BoundedSemaphore

import bcrypt

from fairdb_core.errors import ValidationError

MIN_LENGTH = 15
MAX_LENGTH = 128
CHECKS_AT_ONCE = 4
_SCHEME = "hmac384-bcrypt$"
_PLAIN_BCRYPT = "$2"
_BCRYPT_BYTES = 72
_BCRYPT_DIGEST_LETTERS = 31
# Composing can shorten a text, but by far less than this; what is longer is not even read.
_MAX_TYPED = 8 * MAX_LENGTH
_MIN_DIFFERENT = 6
_MIN_WORD = 4
_PRODUCT_NAMES = ("fairdatabase", "fair database", "fairdb")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiopü",
    "azertyuiop",
    "yxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "!@#$%^&*()",
)
_KINDS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (str.isupper, "an upper-case letter"),
    (str.islower, "a lower-case letter"),
    (str.isdecimal, "a digit"),
    (lambda character: not character.isalnum(), "a sign"),
)


class PasswordService:
    """Judges, hashes and checks passwords.

    Args:
        key: The secret key of the installation.
        cost: The work factor of bcrypt, a power of two.
        strict: Whether a password needs all four kinds of characters.
    """

    def __init__(self, *, key: bytes, cost: int, strict: bool = False) -> None:
        self._key = key
        self._cost = cost
        self._strict = strict
        self._slots = BoundedSemaphore(CHECKS_AT_ONCE)
        # A hash of nothing, which costs as much to compare with as any other.
        self._dummy = _SCHEME + bcrypt.gensalt(cost).decode("ascii") + "." * _BCRYPT_DIGEST_LETTERS

    def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        with self._slots:
            hashed = bcrypt.hashpw(self._digest(password), bcrypt.gensalt(self._cost))
        return _SCHEME + hashed.decode("ascii")

    def is_right(self, password: str, stored: str) -> bool:
        """Return whether this is the password; nothing stored costs the same time.

        Args:
            password: What was typed.
            stored: What is kept, empty for an unknown name or an account without a password.
        """
        too_long = len(password) > _MAX_TYPED
        if stored.startswith(_PLAIN_BCRYPT):
            typed, hashed = password[:_MAX_TYPED].encode("utf-8", "replace"), stored
            typed = typed[:_BCRYPT_BYTES]
        else:
            is_known = stored.startswith(_SCHEME)
            typed = self._digest(password[:_MAX_TYPED])
            hashed = (stored if is_known else self._dummy).removeprefix(_SCHEME)
            too_long = too_long or not is_known
        with self._slots:
            is_same = bcrypt.checkpw(typed, hashed.encode("ascii"))
        return is_same and not too_long

    def needs_upgrade(self, stored: str) -> bool:
        """Return whether the password was kept in an older way or with less work."""
        cost = re.match(r"\$2[aby]\$(\d\d)\$", stored.removeprefix(_SCHEME))
        return not stored.startswith(_SCHEME) or cost is None or int(cost[1]) < self._cost

    def check(self, password: str, *, username: str = "", email: str = "") -> None:
        """Stop unless the password is good enough for this person.

        Raises:
            ValidationError: It is too short, too long or too easy to guess.
        """
        text = unicodedata.normalize("NFKC", password[:_MAX_TYPED])
        if not MIN_LENGTH <= len(text) <= MAX_LENGTH:
            raise ValidationError(
                "Password",
                f"use {MIN_LENGTH} to {MAX_LENGTH} characters; a sentence that only you know is "
                "easy to keep in mind",
            )
        if _is_easy_to_guess(text, username, email):
            raise ValidationError(
                "Password",
                "it is too easy to guess: apart from common passwords, rows of keys, names and "
                f"this program's name it needs {_MIN_DIFFERENT} different characters",
            )
        if self._strict:
            missing = [name for is_kind, name in _KINDS if not any(map(is_kind, text))]
            if missing:
                raise ValidationError("Password", "add " + ", ".join(missing))

    def _digest(self, password: str) -> bytes:
        text = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
        return b64encode(hmac.new(self._key, text, sha384).digest())


def _is_easy_to_guess(text: str, username: str, email: str) -> bool:
    folded = unicodedata.normalize("NFKC", text.casefold())
    names = {*_PRODUCT_NAMES, username, email, *re.split(r"[@.]", email)}
    words = {unicodedata.normalize("NFKC", name.casefold()) for name in names}
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= _MIN_WORD:
            folded = folded.replace(word, "")
    rest = _common_words().sub("", folded)
    return len(set(rest)) < _MIN_DIFFERENT


@lru_cache(maxsize=1)
def _common_words() -> re.Pattern[str]:
    """Match common passwords and pieces of rows of keys, the longest first."""
    listed = files("fairdb_core.services").joinpath("common_passwords.txt")
    words = {word for word in listed.read_text("utf-8").split() if len(word) >= _MIN_WORD}
    for run in _RUNS:
        for row in (run, run[::-1]):
            words.update(
                row[start:end]
                for start in range(len(row))
                for end in range(start + _MIN_WORD, len(row) + 1)
            )
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
