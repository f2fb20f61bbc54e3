"""What a request says of itself: header values, cookies, address, and who asks."""

from starlette.requests import cookie_parser
from starlette.types import Scope

from fairdb_core.web.cookies import SESSION_COOKIE, session_cookie_of

UNSAFE_SITES = frozenset({"cross-site", "same-site"})


def header(scope: Scope, name: str) -> str:
    """Return the first value of a header, empty where there is none."""
    wanted = name.lower().encode()
    for key, value in scope["headers"]:
        if key.lower() == wanted:
            return str(value.decode("latin-1"))
    return ""


def token_of(scope: Scope) -> str | None:
    """Return the session token that a request carries.

    Cookies are taken apart as Streamlit does it for screens, so that both see the same person;
    the standard library would stop at another program's odd cookie.
    """
    cookies = cookie_parser(header(scope, "cookie"))
    if is_secure(scope):
        # A page on a sister host could have set the plain one.
        cookies.pop(SESSION_COOKIE, None)
    return session_cookie_of(cookies)


def address_of(scope: Scope) -> str:
    """Return the address from which a request comes, the same over either kind of socket."""
    client = scope.get("client")
    return str(client[0]).removeprefix("::ffff:") if client else ""


def is_secure(scope: Scope) -> bool:
    """Return whether the browser reached us over https."""
    return scope.get("scheme") in ("https", "wss")


def host_of(scope: Scope) -> str:
    """Return the name under which we are asked, without the port."""
    host = header(scope, "host").lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def is_same_origin(scope: Scope) -> bool:
    """Return whether a request comes from our own pages, by what the browser says."""
    if header(scope, "sec-fetch-site") in UNSAFE_SITES:
        return False
    origin = header(scope, "origin")
    if not origin:
        return True
    scheme, mark, rest = origin.partition("://")
    own = header(scope, "host").lower()
    return bool(mark) and scheme in ("http", "https") and rest.lower() == own
