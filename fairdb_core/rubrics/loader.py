"""Rubrics as files: what each fact is worth, how points add up, and where that is published."""

import hashlib
import tomllib
from functools import cache, cached_property
from importlib import resources
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic import ValidationError as PydanticValidationError

from fairdb_core.errors import RubricError
from fairdb_core.indicators import INDICATORS, Indicator

DEFAULT_RUBRIC = "fsf_v0_8"

# A published rubric never changes: another digest stops the start. New versions are new files.
PUBLISHED_DIGESTS = {
    "fsf_v0_8": "118a6e0db473b13d7e3783bb8c709c902d1a9937ce27d1fedef54c433ee533ed",
    "rda_fdmm_v1": "16665ce334ac70bdcbed83824f264ec4470fe1aa98e26f5980f98ef321f6941e",
    "mqa_405": "89bbf2a03d1c7b376a982281a762f82d5942c1ef9157911e9eede111ad50be7c",
    "datacite_v4": "697a74e831b4ad7f6d2e5c90b4c698cec8a14c8437db0de104467d828e894f2f",
}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Test(_Frozen):
    """One test: a fact, what it is worth, and the rule in the rubric's words.

    Attributes:
        partly: Points where it is partly met.
        priority: How much the rubric asks for it, where it ranks its tests.
        implies: Tests that are met whenever this one is.
    """

    __test__ = False  # not a test of ours

    id: str
    indicator: str
    points: float = Field(ge=0)
    partly: float = Field(default=0, ge=0)
    maturity: int = 0
    priority: str = ""
    rule: str
    implies: tuple[str, ...] = ()

    @property
    def fact(self) -> Indicator:
        """The indicator that the test rests on."""
        return INDICATORS[self.indicator]


class Metric(_Frozen):
    """Tests that are judged together.

    Attributes:
        combination: ``cumulative`` adds the points of the tests that are met; ``alternative``
            takes those of the last one that is met.
    """

    id: str
    title: str
    dimension: str
    principle: str
    combination: Literal["cumulative", "alternative"]
    tests: tuple[Test, ...] = Field(min_length=1)

    @cached_property
    def possible(self) -> float:
        """Points when every test is met."""
        points = [test.points for test in self.tests]
        return sum(points) if self.combination == "cumulative" else max(points)


class Dimension(_Frozen):
    """A group of metrics with a sum of its own."""

    id: str
    title: str


class Rating(_Frozen):
    """A name for everything from some points upwards."""

    title: str
    from_points: float = Field(ge=0)


class Rubric(_Frozen):
    """One version of one rubric.

    Attributes:
        digest: SHA-256 of the file, by which stored scores name it.
        has_total: Whether it is published with points and a sum of them; where it is not, a
            point is one test met, and a percent the share of the tests.
        has_maturity: Whether it has F-UJI's levels beside points.
        ratings: Names for sums, the lowest first.
    """

    id: str
    title: str
    version: str
    source: str
    licence: str
    summary: str
    has_total: bool = True
    has_maturity: bool = False
    ratings: tuple[Rating, ...] = ()
    dimensions: tuple[Dimension, ...]
    metrics: tuple[Metric, ...]
    digest: str = ""

    @property
    def rubric_id(self) -> str:
        """Its stable name."""
        return self.id

    @property
    def key(self) -> tuple[str, str, str]:
        """Id, version and digest."""
        return self.id, self.version, self.digest

    @property
    def possible(self) -> float:
        """Points when everything is met."""
        return sum(metric.possible for metric in self.metrics)

    @property
    def tests(self) -> tuple[Test, ...]:
        """All tests in their order."""
        return tuple(test for metric in self.metrics for test in metric.tests)

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """The facts that it judges by, each once."""
        return tuple(dict.fromkeys(test.indicator for test in self.tests))

    @property
    def priorities(self) -> tuple[str, ...]:
        """The ranks of its tests, the highest first; empty where it ranks none."""
        return tuple(dict.fromkeys(test.priority for test in self.tests if test.priority))

    @property
    def principles(self) -> tuple[str, ...]:
        """The principles that are judged, in their order."""
        return tuple(dict.fromkeys(metric.principle for metric in self.metrics))

    def rating_of(self, points: float) -> str:
        """Return the name of a sum of points, empty where the rubric has no names."""
        reached = [rating.title for rating in self.ratings if points >= rating.from_points]
        return reached[-1] if reached else ""

    @cached_property
    def _metrics_by_test(self) -> dict[str, Metric]:
        return {test.id: metric for metric in self.metrics for test in metric.tests}

    def metric_of(self, test_id: str) -> Metric:
        """Return the metric that a test belongs to."""
        return self._metrics_by_test[test_id]

    def __hash__(self) -> int:
        """Return the hash by which things are kept for a rubric."""
        return hash(self.key)

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        metric_ids = [metric.id for metric in self.metrics]
        ids = [test.id for test in self.tests]
        twice = sorted({one for kind in (metric_ids, ids) for one in kind if kind.count(one) > 1})
        if twice:
            raise ValueError(f"these ids stand twice: {', '.join(twice)}")
        strangers = sorted({test.indicator for test in self.tests} - INDICATORS.keys())
        if strangers:
            raise ValueError(f"there are no indicators named {', '.join(strangers)}")
        known = {dimension.id for dimension in self.dimensions}
        lost = sorted({metric.dimension for metric in self.metrics} - known)
        if lost:
            raise ValueError(f"there are no dimensions named {', '.join(lost)}")
        unknown = {one for test in self.tests for one in test.implies} - set(ids)
        if unknown:
            raise ValueError(f"there are no tests named {', '.join(sorted(unknown))}")
        return self


def parse_rubric(content: bytes, *, name: str) -> Rubric:
    """Return the rubric that a TOML file holds.

    Args:
        content: The file.
        name: What the error calls it.

    Raises:
        RubricError: It is no TOML, lacks something, or names a stranger.
    """
    try:
        values = tomllib.loads(content.decode())
        return Rubric(**values, digest=hashlib.sha256(content).hexdigest())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
        raise RubricError(f"Rubric {name} cannot be read: {error}") from error
    except PydanticValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "as a whole"
        raise RubricError(f"Rubric {name}, {place}: {first['msg']}") from error


@cache
def load_rubrics() -> dict[str, Rubric]:
    """Return the published rubrics by id, each checked against its published digest.

    Raises:
        RubricError: A file is unsound, or a published one was edited.
    """
    rubrics = {}
    for file in sorted(resources.files("fairdb_core.rubrics").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        rubric = parse_rubric(file.read_bytes(), name=file.name)
        if PUBLISHED_DIGESTS.get(rubric.id) != rubric.digest:
            raise RubricError(
                f"Rubric {file.name} is not the file that was published. A published rubric is "
                "never edited: restore it, and add the change as a new version."
            )
        rubrics[rubric.id] = rubric
    return {rubric_id: rubrics[rubric_id] for rubric_id in PUBLISHED_DIGESTS}
