"""In which order to fix many datasets, what each fix brings, and which of them belong together."""

from dataclasses import dataclass

from fairdb_core.domain.summaries import Fix, Relief

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class FixStep:
    """One fix at its place in an order.

    Attributes:
        fix: The fix; it gains what it does after those before it.
        mean: Mean percent once it and those before it are done.
    """

    fix: Fix
    mean: float


@dataclass(frozen=True, slots=True)
class FailureSignature:
    """Datasets that fail the same checks.

    Attributes:
        check_ids: The checks, in the rubric's order.
        questions: What they ask.
        mean: Mean percent of these datasets.
        gain: Points that the mean of all datasets gains once these meet every check.
        field: The field that a bulk fix would change first, empty where it cannot.
    """

    check_ids: tuple[str, ...]
    questions: tuple[str, ...]
    count: int
    mean: float
    gain: float
    field: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """The fixes, of a certain number, that take the most datasets to the target.

    Attributes:
        titles: The fields to fill or correct, in words.
        check_ids: The failed checks that these fixes settle.
        count: Datasets below the target that reach it once these fixes are done.
        is_exact: Whether every other set of as many fixes was tried.
    """

    titles: tuple[str, ...]
    check_ids: tuple[str, ...]
    count: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class FixOrder:
    """What to fix first in some datasets.

    Attributes:
        count: Datasets that match the filters.
        judged_count: Those of which something could be judged; means are over these.
        steps: The fixes, each the one that raises the mean most after those before it.
        signatures: The groups with the largest gain; ``signature_count`` are there in all.
        below_count: Datasets below the target.
        crossings: The best set of each size that takes more datasets to the target.
    """

    sentence: str
    rubric_title: str
    count: int
    total_count: int
    judged_count: int
    mean: float | None
    target: float
    steps: tuple[FixStep, ...] = ()
    signatures: tuple[FailureSignature, ...] = ()
    signature_count: int = 0
    below_count: int = 0
    crossings: tuple[Crossing, ...] = ()
    reliefs: tuple[Relief, ...] = ()

    @property
    def steps_to_target(self) -> int | None:
        """How many fixes take the mean to the target, ``None`` where all of them do not."""
        means = [self.mean or 0.0, *(step.mean for step in self.steps)]
        return next((n for n, mean in enumerate(means) if mean >= self.target - _NOTHING), None)
