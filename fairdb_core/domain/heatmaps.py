"""In which groups which checks fail: how often, and what meeting them would bring."""

from dataclasses import dataclass

from fairdb_core.domain.summaries import Facet


@dataclass(frozen=True, slots=True)
class HeatGroup:
    """One group of datasets."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class HeatCheck:
    """One check over all groups.

    Attributes:
        gain: Points that the mean of all datasets gains when it is met wherever it fails.
        failed: How many datasets of each group fail it.
        judged: Of how many of each group it could be judged.
    """

    check_id: str
    question: str
    gain: float
    failed: tuple[int, ...]
    judged: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Checks by groups, the check that is worth most first, the largest group first.

    Attributes:
        group_count: How many groups there are in all.
        check_count: How many checks fail anywhere.
    """

    facet: Facet
    count: int
    groups: tuple[HeatGroup, ...]
    checks: tuple[HeatCheck, ...]
    group_count: int
    check_count: int
