"""How long the next try has to wait, so that passwords cannot be guessed.

Tries are counted under three keys, each with its own patience:

- one account from one address: 5 free tries, then 1 s, 2 s, 4 s … up to 15 minutes;
- one address, whatever the account: the same, so that nobody tries a thousand names;
- one account from anywhere: 100 free tries, then up to a minute, so that a thousand addresses
  gain little. Addresses from which the person signed in before are not held up by it.

A stranger therefore never locks a person out: the first key is the stranger's own, the second
holds for the stranger's address, the third waits a minute at most. Every 15 minutes forgive one
failure, which is the pace of the longest wait, so patience gains nothing. A success forgives half
of them, so that people behind one address do not suffer long from each other's slips.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from math import ceil

from fairdb_core.domain.accounts import username_key
from fairdb_core.errors import TooManyAttemptsError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.login_attempts import LoginAttempts
from fairdb_core.repositories.storage import Work

FREE_TRIES = 5
FREE_TRIES_ANYWHERE = 100
MAX_WAIT = timedelta(minutes=15)
MAX_WAIT_ANYWHERE = timedelta(minutes=1)
FORGIVEN_EVERY = timedelta(minutes=15)
_FORGOTTEN_AFTER = FORGIVEN_EVERY * 2 * FREE_TRIES_ANYWHERE
_IPV6_NETWORK = 64
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Throttle:
    """A key under which tries are counted, and the patience with them."""

    key: str
    free_tries: int = FREE_TRIES
    max_wait: timedelta = MAX_WAIT

    def after_failure(self, attempts: LoginAttempts, now: datetime) -> LoginAttempts:
        """Return what is known after one more failure."""
        forgiven = max(0, (now - attempts.last_failed_at) // FORGIVEN_EVERY)
        left = max(0, attempts.failed_count - forgiven)
        # The clock of forgiveness runs on: somebody's next failure must not set it back.
        clock = attempts.last_failed_at + forgiven * FORGIVEN_EVERY if left else now
        beyond = left + 1 - self.free_tries
        if beyond < 0:
            return LoginAttempts(left + 1, clock)
        steps = ceil(self.max_wait.total_seconds()).bit_length()
        wait = min(self.max_wait, timedelta(seconds=2 ** min(beyond, steps)))
        return LoginAttempts(min(left + 1, self.free_tries + steps), clock, now + wait)


def sign_in_throttles(username: str, address: str) -> tuple[Throttle, ...]:
    """Return what slows down guessing at a sign-in: account and address, address, account."""
    # Hashed, for what is typed as a username may be a password, and of any length.
    account = sha256(username_key(username).encode("utf-8", "surrogatepass")).hexdigest()
    network = network_of(address)
    return (
        Throttle(f"account {account} at {network}"),
        Throttle(f"address {network}"),
        Throttle(f"account {account}", FREE_TRIES_ANYWHERE, MAX_WAIT_ANYWHERE),
    )


def count_try(work: Work, throttles: Iterable[Throttle]) -> None:
    """Count a try as failed before it is made, so that tries made at once cannot slip through.

    Raises:
        TooManyAttemptsError: The next try has to wait; this one is not counted.
    """
    by_key = {throttle.key: throttle for throttle in throttles}
    held = work.login_attempts.hold(by_key)
    now = datetime.now(UTC)
    waits = [tries.blocked_until - now for tries in held.values() if tries.blocked_until]
    longest = max(waits, default=timedelta())
    if longest > timedelta():
        _log.warning("try_held_up", seconds=round(longest.total_seconds()))
        raise TooManyAttemptsError(longest.total_seconds())
    for key, attempts in held.items():
        work.login_attempts.keep(key, by_key[key].after_failure(attempts, now))


def give_back_try(work: Work, throttles: Iterable[Throttle]) -> None:
    """Take back what ``count_try`` counted, for it was no failure, and half of the rest."""
    for key, attempts in work.login_attempts.hold(each.key for each in throttles).items():
        count = max(0, attempts.failed_count - 1) // 2
        work.login_attempts.keep(key, LoginAttempts(count, attempts.last_failed_at))
    work.login_attempts.forget_before(datetime.now(UTC) - _FORGOTTEN_AFTER)


def network_of(address: str) -> str:
    """Return what one attacker has at hand: an IPv4 address, or a whole IPv6 network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:40]
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(parsed), _IPV6_NETWORK), strict=False))
