"""Which character parts the cells, found on records and not on lines."""

import csv
import io
from collections import Counter
from dataclasses import dataclass

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_RECORDS = 300


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a separator fits.

    Attributes:
        width: Cells of the header.
        share: Share of the records with as many cells as most records.
        agrees: Whether the header has as many cells as most records.
    """

    separator: str
    width: int
    share: float
    agrees: bool

    @property
    def rank(self) -> tuple[bool, float, int]:
        """What makes one separator better than another."""
        return self.width > 1 and self.agrees, self.share if self.width > 1 else 0.0, self.width


def decide_separator(sample: str, asked: str | None) -> tuple[str, bool]:
    """Return the separator, and whether it is certain.

    Args:
        sample: The beginning of the text; its last record may be cut off.
        asked: What the person says.
    """
    if asked is not None:
        return asked, True
    fits = sorted((_fit(sample, mark) for mark in SEPARATORS), key=lambda f: f.rank, reverse=True)
    best, second = fits[0], fits[1]
    if best.width <= 1:
        return ",", True
    is_rivalled = second.width > 1 and second.agrees and second.share >= best.share
    return best.separator, not is_rivalled


def _fit(sample: str, separator: str) -> Fit:
    widths: list[int] = []
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    try:
        for record in reader:
            if record:
                widths.append(len(record))
            if len(widths) > _SAMPLE_RECORDS:
                break
    except csv.Error:
        pass
    if 2 < len(widths) <= _SAMPLE_RECORDS:  # noqa: PLR2004 - the last one may be cut off
        widths.pop()
    if not widths:
        return Fit(separator, 0, 0.0, agrees=False)
    header, rest = widths[0], widths[1:] or widths
    usual, count = Counter(rest).most_common(1)[0]
    return Fit(separator, max(header, usual), count / len(rest), agrees=header == usual)
