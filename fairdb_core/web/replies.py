"""Small replies, and the one shape of errors."""

from datetime import UTC, datetime

from starlette.responses import JSONResponse, Response

NO_STORE = {"Cache-Control": "no-store"}


def error_reply(status: int, error: str, message: str) -> Response:
    """Return an error as JSON: its kind, a sentence, and when it happened.

    Args:
        status: The HTTP status.
        error: A stable short name.
        message: What a person can make of it.
    """
    return JSONResponse(
        {"error": error, "message": message, "timestamp": datetime.now(UTC).isoformat()},
        status_code=status,
        headers=NO_STORE,
    )
