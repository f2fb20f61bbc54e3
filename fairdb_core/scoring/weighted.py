"""A plain weighted mean of four component scores, for those who judge components themselves."""

from collections.abc import Mapping

COMPONENTS = ("data_quality", "accessibility", "interoperability", "reusability")


def calculate_fair_score(
    data_quality: float,
    accessibility: float,
    interoperability: float,
    reusability: float,
    weights: Mapping[str, float] | None = None,
) -> float:
    """Return the weighted FAIR score of four components.

    The F-UJI record edition in ``fairdb_core.rubrics`` judges metadata; this function only
    averages what somebody has judged.

    Args:
        data_quality: Score of the first component, which screens call Findable, from 0 to 1.
        accessibility: Score from 0 to 1.
        interoperability: Score from 0 to 1.
        reusability: Score from 0 to 1.
        weights: Weight of each component by name; ``findability`` is accepted for the first.
            Components left out weigh nothing; without weights all weigh the same.

    Returns:
        A score from 0 to 1.

    Raises:
        TypeError: The weights are not a mapping.
        ValueError: A score is outside 0 to 1, or the weights name a stranger, are negative or
            sum to nothing.

    Example:
        >>> score = calculate_fair_score(0.8, 0.9, 0.7, 0.85)
        >>> print(f"FAIR Score: {score:.2%}")
        FAIR Score: 81.25%
    """
    scores = dict(
        zip(
            COMPONENTS,
            (data_quality, accessibility, interoperability, reusability),
            strict=True,
        )
    )
    for name, score in scores.items():
        if not 0.0 <= score <= 1.0:
            raise ValueError(f"{name} must lie between 0.0 and 1.0, found {score}")
    shares = _checked_weights(weights)
    return sum(scores[name] * share for name, share in shares.items()) / sum(shares.values())


def _checked_weights(weights: Mapping[str, float] | None) -> dict[str, float]:
    if weights is None:
        return dict.fromkeys(COMPONENTS, 1.0)
    if not isinstance(weights, Mapping):
        raise TypeError(f"weights must be a mapping, found {type(weights).__name__}")
    shares = {("data_quality" if k == "findability" else k): v for k, v in weights.items()}
    strangers = sorted(shares.keys() - set(COMPONENTS))
    if strangers or len(shares) < len(weights):
        raise ValueError(f"weights name {', '.join(strangers) or 'data_quality twice'}")
    if any(share < 0 for share in shares.values()) or not sum(shares.values()):
        raise ValueError("weights must not be negative, nor sum to nothing")
    return shares
