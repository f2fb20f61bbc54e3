"""What one attacker has at hand is one key."""

import pytest

from fairdb_core.services.throttles import network_of, sign_in_throttles


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_addresses_are_counted_by_what_one_attacker_has(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize("text", ["", "nonsense" * 100, "\ud800"])
def test_keys_are_short_and_plain_whatever_comes_in(text: str) -> None:
    for throttle in sign_in_throttles(text, text):
        assert len(throttle.key) <= 200
        assert throttle.key.isascii()


def test_look_alike_names_share_one_key() -> None:
    assert sign_in_throttles("ADA", "::1") == sign_in_throttles("\uff21da", "::1")
