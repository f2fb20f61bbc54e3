"""Sums as they are printed: what is shown adds up, to the last digit.

A difference is that of the two figures as they stand there, and parts are rounded so that they add
up to the whole as it stands there: none of them is off by more than one in the last digit.
"""

from collections.abc import Sequence
from math import floor

_NOTHING = 1e-9


def shown_difference(before: float, after: float, digits: int = 1) -> float:
    """Return by how much one printed figure differs from another."""
    return round(round(after, digits) - round(before, digits), digits)


def shown_parts(parts: Sequence[float], total: float, digits: int = 1) -> tuple[float, ...]:
    """Return the parts of a sum rounded so that they add up to the sum as it is printed.

    Each is rounded down, and what then lacks goes to those that lost the most. A part that is
    nothing stays nothing.

    Args:
        parts: What adds up to the total, but for the rounding of that.
        total: The sum as it is printed.
        digits: How many decimals are printed.
    """
    units = {place: part * 10**digits for place, part in enumerate(parts) if abs(part) > _NOTHING}
    if not units:
        return tuple(0.0 for _ in parts)
    shown = {place: floor(round(unit, 6)) for place, unit in units.items()}
    each, some = divmod(round(total * 10**digits) - sum(shown.values()), len(shown))
    by_loss = sorted(shown, key=lambda place: shown[place] - units[place])
    for rank, place in enumerate(by_loss):
        shown[place] += each + (rank < some)
    return tuple(shown.get(place, 0) / 10**digits for place in range(len(parts)))
