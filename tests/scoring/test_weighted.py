import doctest

import pytest

from fairdb_core.scoring import weighted
from fairdb_core.scoring.weighted import calculate_fair_score


def test_docstring_example_of_the_weighted_score_is_true() -> None:
    result = doctest.testmod(weighted)
    assert (result.attempted, result.failed) == (2, 0)


def test_weights_by_name_accept_findability_for_the_first_component() -> None:
    assert calculate_fair_score(1, 0, 0, 0, {"findability": 3, "reusability": 1}) == 0.75


def test_score_outside_zero_to_one_is_refused() -> None:
    with pytest.raises(ValueError, match="accessibility must lie between"):
        calculate_fair_score(0.5, 1.1, 0.5, 0.5)


def test_weights_that_are_no_mapping_are_refused() -> None:
    with pytest.raises(TypeError, match="mapping, found list"):
        calculate_fair_score(1, 1, 1, 1, [1, 2])  # type: ignore[arg-type]


@pytest.mark.parametrize("weights", [{"colour": 1.0}, {"reusability": -1.0}, {"reusability": 0.0}])
def test_weights_that_make_no_sense_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        calculate_fair_score(1, 1, 1, 1, weights)
