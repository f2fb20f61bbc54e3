"""The session cookie: set by a route, read by screens, never by a script in the browser."""

from collections.abc import Mapping
from typing import Any

SESSION_COOKIE = "fairdb_session"
SECURE_SESSION_COOKIE = "__Host-fairdb_session"
_LONGEST = 200


def session_cookie_of(cookies: Mapping[str, Any]) -> str | None:
    """Return the session token among some cookies; anything but a plausible text is none."""
    for name in (SECURE_SESSION_COOKIE, SESSION_COOKIE):
        value = cookies.get(name)
        if isinstance(value, str) and 0 < len(value) <= _LONGEST:
            return value
    return None


def cookie_header(token: str, *, is_secure: bool) -> str:
    """Return the header value that keeps a token in the browser until it closes."""
    return _header(token, is_secure=is_secure)


def clearing_header(*, is_secure: bool) -> str:
    """Return the header value that makes the browser forget its token."""
    return _header("", is_secure=is_secure) + "; Max-Age=0"


def _header(value: str, *, is_secure: bool) -> str:
    name = SECURE_SESSION_COOKIE if is_secure else SESSION_COOKIE
    secure = "; Secure" if is_secure else ""
    return f"{name}={value}; HttpOnly; SameSite=Lax; Path=/{secure}"
