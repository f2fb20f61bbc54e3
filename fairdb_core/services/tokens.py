"""Raw tokens, which only their owner knows, and the hashes that are kept of them."""

import secrets
from hashlib import sha256

_BYTES = 32


def new_token() -> str:
    """Return 256 random bits as text that fits into a link."""
    return secrets.token_urlsafe(_BYTES)


def token_hash(token: str) -> str:
    """Return what is kept of a token; it is random enough to need no slow hash."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
