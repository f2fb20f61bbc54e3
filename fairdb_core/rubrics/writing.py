"""Rubrics as TOML, and what somebody changes in one: the form in which they are exchanged."""

import json
import re
from collections.abc import Mapping
from typing import Any

from fairdb_core.domain.rubric_drafts import AddedTest, DraftChange
from fairdb_core.errors import RubricError
from fairdb_core.indicators import INDICATORS
from fairdb_core.rubrics.loader import Metric, Rubric, Test, load_rubrics, parse_rubric

OWN_ID = re.compile(r"[a-z][a-z0-9_]{2,39}")
OWN_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,19}")
MOST_BYTES = 512_000
ADDED_PREFIX = "own-"


def toml_of(rubric: Rubric) -> str:
    """Return a rubric as TOML; reading it again gives the same rubric but for its digest."""
    return _toml(rubric.model_dump(exclude={"digest"}))


def changed(rubric: Rubric, change: DraftChange) -> Rubric:
    """Return a rubric with other points, fewer tests or more.

    Raises:
        RubricError: Nothing is left, or what is left does not hold together.
    """
    left_out = {test_id for test_id, points in change.points.items() if points is None}
    metrics = [_metric(metric, change.points, left_out) for metric in rubric.metrics]
    kept = [metric for metric in metrics if metric is not None]
    kept += [_added(added) for added in change.added]
    values = rubric.model_dump(exclude={"digest"}) | {
        "id": change.rubric_id,
        "title": change.title.strip(),
        "version": change.version.strip(),
        "summary": change.summary.strip(),
        "metrics": [metric.model_dump() for metric in kept],
        "dimensions": [
            dimension.model_dump()
            for dimension in rubric.dimensions
            if any(metric.dimension == dimension.id for metric in kept)
        ],
        "ratings": [
            {"title": each.title, "from_points": change.ratings.get(each.title, each.from_points)}
            for each in rubric.ratings
        ],
    }
    return read_draft(_toml(values))


def read_draft(content: str) -> Rubric:
    """Return the rubric that a draft's TOML holds.

    Raises:
        RubricError: It is unsound, or takes the name of a rubric that ships with the program.
    """
    if len(content.encode()) > MOST_BYTES:
        raise RubricError("The rubric is too large: at most 512 kB.")
    rubric = parse_rubric(content.encode(), name="draft")
    if rubric.id in load_rubrics() or not OWN_ID.fullmatch(rubric.id):
        raise RubricError(
            f"{rubric.id} cannot be the id of a rubric of your own: 3 to 40 small letters, digits "
            "and _, beginning with a letter, and none that ships with the program."
        )
    if not OWN_VERSION.fullmatch(rubric.version) or not rubric.title.strip():
        raise RubricError("A rubric needs a title, and a version such as 1.0 without blanks.")
    if not rubric.metrics or not rubric.possible:
        raise RubricError("No test of the rubric brings points: keep or add at least one.")
    points = [rating.from_points for rating in rubric.ratings]
    if points != sorted(set(points)):
        raise RubricError("The ratings have to begin at more and more points.")
    return rubric


def _metric(
    metric: Metric, points: Mapping[str, float | None], left_out: set[str]
) -> Metric | None:
    tests = tuple(
        _test(test, points.get(test.id, test.points), left_out)
        for test in metric.tests
        if test.id not in left_out
    )
    return metric.model_copy(update={"tests": tests}) if tests else None


def _test(test: Test, points: float | None, left_out: set[str]) -> Test:
    worth = test.points if points is None else points
    share = test.partly / test.points if test.points else 0.0
    return test.model_copy(
        update={
            "points": worth,
            "partly": worth * share,
            "implies": tuple(one for one in test.implies if one not in left_out),
        }
    )


def _added(added: AddedTest) -> Metric:
    if added.indicator not in INDICATORS:
        raise RubricError(f"There is no indicator named {added.indicator}.")
    test_id = ADDED_PREFIX + added.indicator
    test = Test(
        id=test_id,
        indicator=added.indicator,
        points=added.points,
        rule="Added here; the question is the rule",
    )
    return Metric(
        id=test_id,
        title=test.fact.question,
        dimension=added.dimension,
        principle=added.dimension,
        combination="cumulative",
        tests=(test,),
    )


def _toml(values: dict[str, Any]) -> str:
    tables = {name: values.pop(name) for name in ("ratings", "dimensions", "metrics")}
    parts = ["# A published version is never edited: publish the next one.\n", _pairs(values)]
    for name, rows in tables.items():
        for row in rows:
            tests = row.pop("tests", ())
            parts.append(f"[[{name}]]\n{_pairs(row)}")
            parts += [f"[[{name}.tests]]\n{_pairs(test)}" for test in tests]
    return "\n".join(parts)


def _pairs(values: Mapping[str, object]) -> str:
    return "".join(f"{name} = {_value(value)}\n" for name, value in values.items())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    if isinstance(value, str):
        # JSON's escapes are TOML's; what TOML forbids besides is written out.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
