"""Rubrics as files: what each fact is worth, how points add up, and where that is published."""

import hashlib
import tomllib
from functools import cache
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
}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Test(_Frozen):
    """One test: a fact, what it is worth, and the rule in the rubric's words.

    Attributes:
        implies: Tests that are met whenever this one is.
    """

    __test__ = False  # not a test of ours

    id: str
    indicator: str
    points: float = Field(ge=0)
    maturity: int = 0
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

    @property
    def possible(self) -> float:
        """Points when every test is met."""
        points = [test.points for test in self.tests]
        return sum(points) if self.combination == "cumulative" else max(points)


class Dimension(_Frozen):
    """A group of metrics with a sum of its own."""

    id: str
    title: str


class Rubric(_Frozen):
    """One version of one rubric.

    Attributes:
        digest: SHA-256 of the file, by which stored scores name it.
        has_maturity: Whether it has levels beside points.
    """

    id: str
    title: str
    version: str
    source: str
    licence: str
    summary: str
    has_maturity: bool = False
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

    @property
    def principles(self) -> tuple[str, ...]:
        """The principles that are judged, in their order."""
        return tuple(dict.fromkeys(metric.principle for metric in self.metrics))

    def metric_of(self, test_id: str) -> Metric:
        """Return the metric that a test belongs to."""
        return next(m for m in self.metrics if any(test.id == test_id for test in m.tests))

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        ids = [metric.id for metric in self.metrics] + [test.id for test in self.tests]
        twice = sorted({one for one in ids if ids.count(one) > 1})
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
    return rubrics
