"""Days as people choose them, and the moments that they stand for."""

from datetime import UTC, date, datetime, time, timedelta

LOOK_BACK = timedelta(days=90)


def end_of(day: date) -> datetime:
    """Return the last moment of a day."""
    return datetime.combine(day, time.max, UTC)


def day_of(at: object) -> date:
    """Return the day of a time as frames hold it."""
    return at.date() if isinstance(at, datetime) else datetime.now(UTC).date()


def days_between(
    asked: tuple[date | None, date | None], limits: tuple[date, date]
) -> tuple[date, date]:
    """Return the days that are meant, in order, none of them before the first batch.

    Args:
        asked: The first day, ``None`` for a quarter before the last; the last, ``None`` for that
            of the last batch.
        limits: The days of the first and of the last batch.
    """
    first, last = limits
    until = max(asked[1] or last, first)
    since = max(asked[0] or until - LOOK_BACK, first)
    return min(since, until), max(since, until)
