"""Groups too small to be drawn, named in the sentence of their chart."""

from collections.abc import Sequence

_NAMED = 12


def not_drawn(small: Sequence[tuple[str, str]], count: int = 0, why: str = "") -> str:
    """Return which groups are too small to be drawn, by name and number of datasets.

    Args:
        small: Those that can be named.
        count: How many there are, where there are more.
        why: What else is to be said of their size.
    """
    if not small:
        return ""
    named = [f"{label} (n = {size})" for label, size in small[:_NAMED]]
    more = max(count, len(small)) - len(named)
    names = ", ".join(named) + (f" and {more:,} more" if more else "")
    return f" Fewer than five datasets{f' {why}' if why else ''}, so not drawn: {names}."
