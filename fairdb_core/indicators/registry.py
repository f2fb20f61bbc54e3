"""What an indicator is, and the one list of all of them.

An indicator states a fact about a record, with the value it rests on. It says nothing of points:
rubrics do. Its function's docstring is the question on screen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

import polars as pl

from fairdb_core.records import Record


class State(IntEnum):
    """The outcome of an indicator as a frame holds it."""

    NOT_ASSESSED = 0
    UNMET = 1
    PARTLY = 2
    MET = 3


class Basis(StrEnum):
    """What it takes to decide an indicator."""

    RECORD = "record"
    EXTRA_COLUMN = "record, from a column that most files lack"
    NETWORK = "network"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One fact about a record.

    Attributes:
        key: Its stable name.
        question: What is asked, in plain words.
        fields: The fields that decide, the first being the one to fill.
        basis: What it takes to decide it.
        advice: What a steward can do to meet it.
        fix_fields: The fields that are filled or corrected together so that it is met, the one
            to begin with first.
        expression: Gives the state of every row of a record frame, as ``UInt8``.
        evidence: Gives the value judged in one record, where it is more than the fields' values.
    """

    key: str
    question: str
    fields: tuple[str, ...]
    basis: Basis
    advice: str
    fix_fields: tuple[str, ...]
    expression: Callable[[], pl.Expr]
    evidence: Callable[[Record], str] | None = None


INDICATORS: dict[str, Indicator] = {}


def indicator(
    *fields: str,
    advice: str,
    fix_fields: tuple[str, ...] = (),
    basis: Basis = Basis.RECORD,
    evidence: Callable[[Record], str] | None = None,
) -> Callable[[Callable[[], pl.Expr]], Callable[[], pl.Expr]]:
    """Register a function as an indicator under its name.

    Args:
        fields: The fields that decide, the first being the one to fill.
        advice: What a steward can do to meet it.
        fix_fields: The fields that are filled or corrected together so that it is met, the one
            to begin with first; the first of the fields where nothing is said.
        basis: What it takes to decide it.
        evidence: Gives the value judged, where it is more than the fields' values.

    Raises:
        KeyError: There is an indicator of that name.
    """

    def register(function: Callable[[], pl.Expr]) -> Callable[[], pl.Expr]:
        key = function.__name__
        if key in INDICATORS:
            raise KeyError(f"indicator {key} is registered twice")
        question = " ".join((function.__doc__ or "").split())
        fixing = fix_fields or fields[:1]
        INDICATORS[key] = Indicator(
            key, question, fields, basis, advice, fixing, function, evidence
        )
        return function

    return register
