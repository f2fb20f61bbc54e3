import doctest

import pytest

from fairdb_core.scoring import weighted
from fairdb_core.scoring.weighted import calculate_fair_score


def test_docstring_example_of_the_weighted_score_is_true() -> None:
    result = doctest.testmod(weighted)
    assert (result.attempted, result.failed) == (2, 0)


def test_weights_by_name_accept_findability_for_the_first_component() -> None:
    assert calculate_fair_score(1, 0, 0, 0, {"findability": 3, "reusability": 1}) == 0.75


def test_components_without_a_weight_or_with_none_do_not_count() -> None:
    assert calculate_fair_score(0.5, 1, 1, 1, {"data_quality": 2, "accessibility": 0}) == 0.5
    assert calculate_fair_score(0, 1, 0.25, 0.75) == 0.5


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("wrong", [-0.01, 1.01])
def test_every_component_has_to_lie_between_zero_and_one(place: int, wrong: float) -> None:
    scores = [0.0, 1.0, 0.0, 1.0]
    assert calculate_fair_score(*scores) == 0.5
    scores[place] = wrong
    with pytest.raises(ValueError, match=r"must lie between 0\.0 and 1\.0"):
        calculate_fair_score(*scores)


def test_score_outside_zero_to_one_is_refused() -> None:
    with pytest.raises(ValueError, match="accessibility must lie between"):
        calculate_fair_score(0.5, 1.1, 0.5, 0.5)


def test_weights_that_are_no_mapping_are_refused() -> None:
    with pytest.raises(TypeError, match="mapping, found list"):
        calculate_fair_score(1, 1, 1, 1, [1, 2])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ({"colour": 1.0, "age": 1.0}, "weights name age, colour"),
        ({"findability": 1.0, "data_quality": 1.0}, "weights name data_quality twice"),
        ({"reusability": -1.0}, "must not be negative"),
        ({"reusability": -1.0, "accessibility": 2.0}, "must not be negative"),
        ({"reusability": 0.0}, "nor sum to nothing"),
        ({}, "nor sum to nothing"),
    ],
)
def test_weights_that_make_no_sense_are_refused(weights: dict[str, float], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        calculate_fair_score(1, 1, 1, 1, weights)
